import {readFile} from 'node:fs/promises';
import test from 'ava';
import {createAssets} from 'koa-inertia/assets';
import {createBrowserScripts, targetFile} from '../../build/browser-scripts.ts';
import {listTags} from '../helpers/tags.ts';

test('the library has the scripts that `npm run build:browser` makes now', async t => {
	t.is(await readFile(targetFile, 'utf8'), await createBrowserScripts());
});

test('the scripts that older browsers parse keep to the syntax of ES5', t => {
	const manifest = {
		'main.ts': {file: 'main.js', isEntry: true, integrity: 'sha384-main'},
		'main-legacy.ts': {file: 'main-legacy.js', isEntry: true},
		'vite/legacy-polyfills-legacy': {file: 'polyfills-legacy.js', isEntry: true},
	};
	const tags = listTags(createAssets({manifest, hotFile: false}).tags('main.ts'));
	const scripts = tags.filter(({attributes: {type}, text}) => type === undefined && text !== '');
	t.is(scripts.length, 2);
	for (const {text} of scripts) {
		const code = text.replace(/"[^"]*"/g, '""');
		t.notRegex(code, /=>|`|\?\.|\?\?|\.{3}|\b(?:async|await|class|const|let|of)\b/);
	}
});
