import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {readdir, readFile, symlink} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import type {Manifest} from 'koa-inertia/assets';
import type {KoaInertiaOptions} from 'koa-inertia/vite';
import type {InlineConfig, Plugin} from 'vite';
import {createDirectory} from '../../helpers/build.ts';
import {type Files, writeFiles} from '../../helpers/files.ts';
import {linkPackages, startModule} from '../../helpers/vite-process.ts';
import {createConfig, createProject, loadTools, plainFiles} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

/** Enough files that writing them takes a while. */
const manyPages: Files = {
	...plainFiles,
	...Object.fromEntries(
		Array.from({length: 150}, (_, index) => [
			`source/pages/Many/${index}.ts`,
			`import './${index}.css';\n\nexport default 'Page ${index}';\n`,
		]),
	),
	...Object.fromEntries(
		Array.from({length: 150}, (_, index) => [`source/pages/Many/${index}.css`, `:root { --page-${index}: loaded; }\n`]),
	),
};

for (const tools of await loadTools()) {
	const {version, vite, koaInertia, legacy} = tools;
	const title = `Vite ${version}`;
	const build = async (
		root: string,
		config: InlineConfig = {},
		options: KoaInertiaOptions = {input: 'source/main.ts'},
	): Promise<unknown> =>
		vite.build(createConfig(root, {...config, plugins: [koaInertia(options), config.plugins ?? []]}));
	const read = async (root: string, name = 'public/build/.vite/manifest.json'): Promise<Manifest> =>
		JSON.parse(await readFile(path.join(root, name), 'utf8'));
	const checkHashes = (t: import('ava').ExecutionContext, directory: string, manifest: Manifest): number => {
		const hash = (name: string) =>
			`sha384-${createHash('sha384')
				.update(readFileSync(path.join(directory, name)))
				.digest('base64')}`;
		let count = 0;
		for (const {file, integrity, css, cssIntegrity} of Object.values(manifest)) {
			if (/\.(?:js|css)$/.test(file)) t.is(integrity, hash(file), file);
			t.deepEqual(cssIntegrity, css?.map(hash), file);
			count += integrity === undefined ? 0 : 1;
		}

		return count;
	};

	test(`${title}: the manifest says what the server needs to know`, async t => {
		const root = await createProject(t);
		await build(root);
		const manifest = await read(root);
		t.like(manifest['source/main.ts'], {base: '/build/', isEntry: true});
		t.deepEqual(manifest['source/pages/Home.ts']!.pages, ['Home']);
		t.is(manifest['source/pages/Home.ts']!.base, undefined);
		t.true(Object.values(manifest).every(chunk => chunk.integrity === undefined && chunk.cssIntegrity === undefined));
		t.deepEqual(await readdir(path.join(root, 'public/build/.vite')), ['manifest.json']);
	});

	test(`${title}: the pages of a chunk are those whose code is in it`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'source/main.ts':
				"import './pages/Start.ts';\nObject.assign(window, {pages: import.meta.glob('./pages/**/*.ts')});\n",
			'source/pages/Start.ts': "export default 'Start';\n",
			'source/pages/Users/Index.ts': "export default 'Index';\n",
		});
		await build(root);
		const chunks = Object.values(await read(root)).filter(({pages}) => pages);
		t.deepEqual(chunks.flatMap(({pages}) => pages!).toSorted(), ['Home', 'Start', 'Users/Index']);
	});

	test(`${title}: a manifest with a name of its own, and a \`base\``, async t => {
		const root = await createProject(t);
		await build(root, {base: 'https://cdn.test/app/', build: {manifest: 'assets.json'}});
		const manifest = await read(root, 'public/build/assets.json');
		t.is(manifest['source/main.ts']!.base, 'https://cdn.test/app/');
		t.false(existsSync(path.join(root, 'public/build/.vite')));
	});

	test(`${title}: with \`integrity\` every script and stylesheet has the hash of its file`, async t => {
		const root = await createProject(t);
		const banner: Plugin = {
			name: 'banner',
			generateBundle(_, bundle) {
				for (const output of Object.values(bundle)) if (output.type === 'chunk') output.code += '\n// changed\n';
			},
		};
		await build(root, {plugins: [banner]}, {input: 'source/main.ts', integrity: true});
		t.true(checkHashes(t, path.join(root, 'public/build'), await read(root)) >= 2);
	});

	test(`${title}: hashes are right with plugin-legacy`, async t => {
		const root = await createProject(t);
		const config = {plugins: [legacy({targets: 'chrome 49'})], build: {minify: false}};
		await build(root, config, {input: 'source/main.ts', integrity: true});
		const manifest = await read(root);
		t.truthy(manifest['source/main-legacy.ts']);
		t.true(checkHashes(t, path.join(root, 'public/build'), manifest) >= 4);
		t.deepEqual(manifest['source/pages/Home.ts']!.pages, ['Home']);
		t.is(manifest['source/pages/Home-legacy.ts']!.pages, undefined);
	});

	test(`${title}: hashes are right with several outputs`, async t => {
		const root = await createProject(t);
		const output = [{}, {entryFileNames: 'second/[name].js', chunkFileNames: 'second/[name]-[hash].js'}];
		const config = {build: {rollupOptions: {output}}};
		await build(root, config, {input: 'source/main.ts', integrity: true});
		t.true(checkHashes(t, path.join(root, 'public/build'), await read(root)) >= 2);
	});

	test(`${title}: \`build.write: false\` gives the manifest as Vite makes it and writes nothing`, async t => {
		const root = await createProject(t);
		const {output} = (await build(root, {build: {write: false}})) as {output: Array<{fileName: string}>};
		t.true(output.some(({fileName}) => fileName === '.vite/manifest.json'));
		t.false(existsSync(path.join(root, 'public')));
	});

	test(`${title}: without a manifest there is none`, async t => {
		const root = await createProject(t);
		await build(root, {build: {manifest: false}});
		t.deepEqual(await readdir(path.join(root, 'public/build')), ['assets']);
	});

	test(`${title}: a build empties its directory, and never the public one`, async t => {
		const root = await createProject(t);
		const kept = {'public/robots.txt': '', 'public/build/old.js': ''};
		await writeFiles(root, kept);
		await build(root);
		t.deepEqual(
			[existsSync(path.join(root, 'public/robots.txt')), existsSync(path.join(root, 'public/build/old.js'))],
			[true, false],
		);
		await writeFiles(root, kept);
		await build(root, {}, {input: 'source/main.ts', buildDirectory: ''});
		t.true(Object.keys(kept).every(name => existsSync(path.join(root, name))));
		t.is((await read(root, 'public/.vite/manifest.json'))['source/main.ts']!.base, '/');
	});

	test(`${title}: a directory that somebody else names is not emptied`, async t => {
		const elsewhere: Plugin = {name: 'elsewhere', config: () => ({build: {outDir: '../www'}})};
		const configs: InlineConfig[] = [
			{build: {outDir: '../www'}},
			{environments: {client: {build: {outDir: '../www'}}}},
			{plugins: [elsewhere]},
			{build: {rollupOptions: {output: {dir: '../www'}}}},
		];
		for (const config of configs) {
			const shown = JSON.stringify(config);
			const project = await createDirectory(t);
			const root = path.join(project, 'app');
			await writeFiles(root, plainFiles);
			await writeFiles(project, {'www/kept.txt': '', 'www/assets/kept.js': ''});
			const {output} = config.build?.rollupOptions ?? {};
			// Rollup takes it as relative to the working directory.
			if (output && 'dir' in output) output.dir = path.join(project, 'www');
			await build(root, config);
			const files = await readdir(path.join(project, 'www'), {recursive: true});
			for (const name of ['kept.txt', 'assets/kept.js', '.vite/manifest.json']) {
				t.true(files.includes(name), `${name} with ${shown}`);
			}
		}
	});

	test(`${title}: pages behind links are in the manifest, by each of their names`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'elsewhere/Users/Index.ts': "export default 'Index';\n",
			'source/pages/About.ts': "export default 'About';\n",
		});
		await symlink('../../elsewhere', path.join(root, 'source/pages/Linked'), 'dir');
		await symlink('About.ts', path.join(root, 'source/pages/Alias.ts'));
		await build(root);
		const manifest = await read(root);
		t.deepEqual(manifest['elsewhere/Users/Index.ts']!.pages, ['Linked/Users/Index']);
		t.deepEqual(manifest['source/pages/About.ts']!.pages, ['About', 'Alias']);
		t.deepEqual(manifest['source/pages/Home.ts']!.pages, ['Home']);

		const link = path.join(await createDirectory(t), 'link');
		await symlink(root, link, 'dir');
		await build(link);
		const names = Object.values(await read(root)).flatMap(({pages = []}) => pages);
		t.deepEqual(names.toSorted(), ['About', 'Alias', 'Home', 'Linked/Users/Index']);
	});

	test(`${title}: a manifest that can't be put in place leaves no draft`, async t => {
		const root = await createProject(t, {...plainFiles, 'public/build/.vite/manifest.json/taken.txt': ''});
		await t.throwsAsync(build(root, {build: {emptyOutDir: false}}), {message: /EISDIR|EPERM/});
		t.deepEqual(await readdir(path.join(root, 'public/build/.vite')), ['manifest.json']);
	});

	test(`${title}: a build that fails leaves no manifest of its own`, async t => {
		const root = await createProject(t);
		await build(root);
		const before = await read(root);
		await writeFiles(root, {'source/name.ts': 'export const name = ;\n'});
		await t.throwsAsync(build(root));
		t.deepEqual(await read(root), before);
	});

	test(`${title}: whoever looks while it builds finds a manifest whole, with every file that it names`, async t => {
		const root = await createProject(t, manyPages);
		await build(root);
		const name = path.join(root, 'public/build/.vite/manifest.json');
		const old = readFileSync(name, 'utf8');
		await writeFiles(root, {'source/name.ts': "export const name = 'other';\n"});
		linkPackages(root, tools);
		const running = startModule(
			t,
			root,
			`import {koaInertia} from 'koa-inertia/vite';
			import {build} from 'vite';
			await build({configFile: false, logLevel: 'silent', plugins: [koaInertia({input: 'source/main.ts', integrity: true})]});`,
		);
		let looks = 0;
		let isRunning = true;
		const outcome = running.ended.finally(() => {
			isRunning = false;
		});
		while (isRunning) {
			await nextTurn();
			let text: string;
			try {
				text = readFileSync(name, 'utf8');
			} catch {
				continue;
			}

			if (text === old) continue;
			looks += 1;
			const manifest: Manifest = JSON.parse(text);
			const missing = Object.values(manifest)
				.flatMap(({file, css = [], assets = []}) => [file, ...css, ...assets])
				.filter(file => !existsSync(path.join(root, 'public/build', file)));
			t.deepEqual(missing, []);
			t.truthy(manifest['source/main.ts']!.base);
		}

		t.is((await outcome).code, 0, running.output());
		t.true(looks > 0);
		t.not(readFileSync(name, 'utf8'), old);
		t.deepEqual(await readdir(path.dirname(name)), ['manifest.json']);
	});

	test(`${title}: \`vite build --watch\` puts every build in place`, async t => {
		const root = await createProject(t);
		const watcher = (await build(root, {build: {watch: {}}}, {input: 'source/main.ts', integrity: true})) as {
			close(): Promise<void>;
		};
		t.teardown(() => watcher.close());
		const name = path.join(root, 'public/build/.vite/manifest.json');
		await waitFor(() => existsSync(name), 20_000);
		const files = ['source/main.ts', 'source/pages/Home.ts'].map(
			key => JSON.parse(readFileSync(name, 'utf8'))[key].file,
		);
		await writeFiles(root, {
			'source/name.ts': "export const name = 'another one';\n",
			'source/pages/Home.ts': "import './home.css';\n\nexport default 'another Home';\n",
		});
		const isBuilt = ([main, home]: readonly string[]): boolean => {
			const manifest: Manifest = existsSync(name) ? JSON.parse(readFileSync(name, 'utf8')) : {};
			const [newMain, newHome] = ['source/main.ts', 'source/pages/Home.ts'].map(key => manifest[key]?.file);
			return Boolean(newMain && newHome) && newMain !== main && newHome !== home;
		};
		await waitFor(() => isBuilt(files), 20_000);
		await watcher.close();
		t.deepEqual((await read(root))['source/pages/Home.ts']!.pages, ['Home']);
		t.true(checkHashes(t, path.join(root, 'public/build'), await read(root)) >= 2);
		t.deepEqual(await readdir(path.dirname(name)), ['manifest.json']);
	});
}
