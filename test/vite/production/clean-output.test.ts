import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdir, readdir, utimes, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import type {Manifest} from 'koa-inertia/assets';
import type {KoaInertiaOptions} from 'koa-inertia/vite';
import type {InlineConfig} from 'vite';
import {writeFiles} from '../../helpers/files.ts';
import {createConfig, createProject, loadTools, plainFiles} from '../../helpers/vite-server.ts';

const directory = 'public/build';

/** The files that a manifest in place names, and whether each is there. */
const findMissing = (root: string): string[] => {
	const manifest: Manifest = JSON.parse(readFileSync(path.join(root, directory, '.vite/manifest.json'), 'utf8'));
	const files = Object.values(manifest).flatMap(({file, css = [], assets = []}) => [file, ...css, ...assets]);
	return files.filter(file => !existsSync(path.join(root, directory, file)));
};

for (const {version, vite, koaInertia} of await loadTools()) {
	const title = `Vite ${version}`;
	const build = async (root: string, config: InlineConfig = {}, options: KoaInertiaOptions = {}): Promise<unknown> =>
		vite.build(
			createConfig(root, {
				...config,
				plugins: [koaInertia({input: 'source/main.ts', ...options}), config.plugins ?? []],
			}),
		);
	const change = async (root: string, label: string): Promise<void> =>
		writeFiles(root, {'source/main.ts': `import './main.css';\n\nconsole.log('${label}');\n`});
	const listScripts = async (root: string): Promise<string[]> =>
		(await readdir(path.join(root, directory, 'assets'))).filter(name => /^main.*\.js(?:\.map)?$/.test(name)).sort();

	test(`${title}: files of the build before stay, with their maps, and older ones go`, async t => {
		const root = await createProject(t, plainFiles);
		const lists: string[][] = [];
		for (const label of ['one', 'two', 'three']) {
			await change(root, label);
			await build(root, {build: {sourcemap: true}});
			lists.push(await listScripts(root));
		}

		const [first, second, third] = lists as [string[], string[], string[]];
		t.is(first.length, 2);
		t.true(first.every(name => second.includes(name)));
		t.is(second.length, 4);
		t.is(third.length, 4);
		t.false(third.some(name => first.includes(name)));
		t.deepEqual(findMissing(root), []);
	});

	test(`${title}: while a build runs, every file that the manifest in place names is there`, async t => {
		const root = await createProject(t, plainFiles);
		await build(root);
		for (const label of ['two', 'three']) {
			await change(root, label);
			const running = {isOver: false};
			const building = build(root).finally(() => {
				running.isOver = true;
			});
			let looks = 0;
			while (!running.isOver) {
				t.deepEqual(findMissing(root), []);
				looks += 1;
				await nextTurn();
			}

			await building;
			t.true(looks > 10, String(looks));
		}
	});

	test(`${title}: what a plugin writes by itself stays, and what nobody knows of goes`, async t => {
		const root = await createProject(t, plainFiles);
		await build(root);
		const [unknown, own] = ['leftover.js', 'sitemap.xml'].map(name => path.join(root, directory, name)) as [
			string,
			string,
		];
		await writeFile(unknown, '');
		await utimes(unknown, 1, 1);
		await build(root, {plugins: [{name: 'sitemap', writeBundle: () => writeFile(own, '<urlset/>')}]});
		t.false(existsSync(unknown));
		t.true(existsSync(own));
	});

	test(`${title}: only a directory that is the build's alone is cleaned`, async t => {
		for (const [config, options, place] of [
			[{}, {buildDirectory: ''}, 'public'],
			[{build: {outDir: 'out'}}, {}, 'out'],
			[{build: {emptyOutDir: false}}, {}, directory],
		] as const) {
			const root = await createProject(t, plainFiles);
			const upload = path.join(root, place, 'upload.jpg');
			await mkdir(path.dirname(upload), {recursive: true});
			await writeFile(upload, '');
			await utimes(upload, 1, 1);
			await build(root, config, options);
			t.is(existsSync(upload), place !== 'out', `${place}: ${readdirSync(path.dirname(upload))}`);
		}
	});
}
