import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';

const read = async (file: string): Promise<string> => readFile(path.join(import.meta.dirname, '../..', file), 'utf8');

test('the peers begin at releases without a known hole, and the guides name the same ones', async t => {
	const {peerDependencies} = JSON.parse(await read('package.json'));
	t.deepEqual(peerDependencies, {'@types/koa': '^3.0.0', koa: '^3.0.1', vite: '^7.3.5 || ^8.0.16'});
	t.true((await read('README.md')).includes('Koa from 3.0.1 on'));
	t.true((await read('docs/vite.md')).includes('Vite 7 from 7.3.5 on, and with Vite 8 from 8.0.16 on'));
});
