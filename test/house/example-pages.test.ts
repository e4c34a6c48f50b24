import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {findPages} from '../../source/assets/development/find-pages.ts';
import {createPagesDeclaration} from '../../source/vite/pages/pages-declaration.ts';

test('the example has the declaration of its pages as the plugin writes it', async t => {
	const directory = path.join(import.meta.dirname, '../../example/source');
	const file = path.join(directory, 'inertia-pages.d.ts');
	t.is(await readFile(file, 'utf8'), createPagesDeclaration(file, findPages(path.join(directory, 'pages'))));
});
