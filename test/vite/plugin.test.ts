import {readFile} from 'node:fs/promises';
import path from 'node:path';
import inertiaVite from '@inertiajs/vite';
import test from 'ava';
import {OptionError} from 'koa-inertia';
import type {KoaInertiaOptions} from 'koa-inertia/vite';
import type {InlineConfig, PluginOption, ResolvedConfig} from 'vite';
import {createConfig, createProject, get, loadTools, readHot, startServer} from '../helpers/vite-server.ts';

const allTools = await loadTools();

for (const tools of allTools) {
	const {version, vite, koaInertia, react} = tools;
	const title = `Vite ${version}`;
	const resolve = (
		options: KoaInertiaOptions,
		config: InlineConfig = {},
		command: 'build' | 'serve' = 'build',
	): Promise<ResolvedConfig> => {
		const plugins = [koaInertia(options), config.plugins ?? []];
		return vite.resolveConfig(createConfig(config.root ?? '/nowhere', {...config, plugins}), command);
	};
	const getInput = ({build}: ResolvedConfig): unknown => build.rollupOptions.input;

	test(`${title}: a build goes where the application looks for it`, async t => {
		for (const command of ['build', 'serve'] as const) {
			const {base, build, publicDir, appType} = await resolve({input: 'source/main.ts'}, {}, command);
			t.is(base, '/build/');
			t.like(build, {manifest: true, outDir: 'public/build', emptyOutDir: false, assetsInlineLimit: 0});
			t.is(publicDir, '');
			t.is(appType, 'custom');
		}

		const other = await resolve({input: 'a.ts', publicDirectory: './www/', buildDirectory: '/assets/app/'});
		t.is(other.base, '/assets/app/');
		t.is(other.build.outDir, 'www/assets/app');
		t.false(other.build.emptyOutDir);
		// What Vite copies there is in no manifest, so the plugin leaves the cleaning to Vite.
		t.true((await resolve({input: 'a.ts'}, {publicDir: 'static'})).build.emptyOutDir);
		const shared = await resolve({input: 'a.ts', buildDirectory: ''});
		t.is(shared.base, '/');
		t.like(shared.build, {outDir: 'public', emptyOutDir: false});
	});

	test(`${title}: what the config says itself stays`, async t => {
		const build = {manifest: 'assets.json', outDir: 'out', emptyOutDir: false};
		const cors = {origin: ['https://a.test', 'https://b.test']};
		const config = await resolve(
			{input: 'source/main.ts'},
			{
				base: 'https://cdn.test/app/',
				build: {...build},
				publicDir: 'static',
				appType: 'mpa',
				server: {cors, origin: 'https://o.test'},
			},
		);
		t.like(config.build, build);
		t.is(config.base, 'https://cdn.test/app/');
		t.is(config.publicDir, '/nowhere/static');
		t.is(config.appType, 'mpa');
		t.deepEqual(config.server.cors, cors);
		t.is(config.server.origin, 'https://o.test');
		t.false((await resolve({input: 'a.ts'}, {server: {cors: false}})).server.cors);
		t.true((await resolve({input: 'a.ts'}, {server: {cors: true}})).server.cors);
		t.is((await resolve({input: 'a.ts'}, {build: {manifest: false}})).build.manifest, false);
	});

	test(`${title}: of a directory that the config names it leaves the URL and the emptying to Vite`, async t => {
		for (const own of [{build: {outDir: 'dist'}}, {environments: {client: {build: {outDir: 'dist'}}}}]) {
			const {base, environments} = await resolve({input: 'a.ts'}, own);
			t.is(base, '/');
			const {outDir, emptyOutDir} = environments.client!.build;
			t.is(outDir, 'dist');
			t.is(emptyOutDir, null);
		}
	});

	test(`${title}: entries are relative to Vite's root`, async t => {
		const root = await createProject(t);
		const main = path.join(root, 'source/main.ts');
		const style = path.join(root, 'source/main.css');
		const inputs: Array<[given: NonNullable<KoaInertiaOptions['input']>, located: unknown]> = [
			['source/main.ts', main],
			[main, main],
			[
				['source/main.ts', 'source/main.css'],
				[main, style],
			],
			[
				{app: 'source/main.ts', print: './source/main.css'},
				{app: main, print: style},
			],
			['virtual:of-a-plugin', 'virtual:of-a-plugin'],
		];
		for (const [input, located] of inputs) {
			t.deepEqual(getInput(await resolve({input}, {root})), located);
			const named = input as string | string[] | Record<string, string>;
			const before = structuredClone(named);
			for (const key of version === 7
				? (['rollupOptions'] as const)
				: (['rollupOptions', 'rolldownOptions'] as const)) {
				const config = await resolve({input: 'other.ts'}, {root, build: {[key]: {input: named}}});
				t.deepEqual(getInput(config), located);
				t.deepEqual(config.environments.client!.build.rollupOptions.input, located);
			}

			t.deepEqual(named, before);
		}
	});

	test(`${title}: entries that the config names itself are built once, from a root elsewhere`, async t => {
		const root = await createProject(t);
		const rollupOptions = {input: ['source/main.ts', 'source/main.css']};
		await vite.build(createConfig(root, {plugins: [koaInertia({})], build: {rollupOptions}}));
		const server = await startServer(t, tools, root, {options: {}, config: {build: {rollupOptions}}});
		t.deepEqual((await readHot(root))!.input, rollupOptions.input);
		t.is(path.resolve(server.config.root), root);
	});

	test(`${title}: without any entry it says what to write`, async t => {
		await t.throwsAsync(resolve({}), {code: 'ERR_INERTIA_OPTION', message: /input: "source\/main.tsx"/});
	});

	test(`${title}: a build for the server names the same URLs, and is left alone else`, async t => {
		const root = await createProject(t, {'source/ssr.ts': 'export const answer = 42;\n'});
		const build = {ssr: 'source/ssr.ts', outDir: 'server'};
		const config = await vite.resolveConfig(createConfig(root, {plugins: [koaInertia({})], build}), 'build');
		t.is(config.base, '/build/');
		t.false(config.build.manifest);
		await vite.build(createConfig(root, {plugins: [koaInertia({})], build}));
		t.is((await import(path.join(root, 'server/ssr.js'))).answer, 42);
	});

	for (const isFirst of [true, false]) {
		test(`${title}: it stands ${isFirst ? 'before' : 'after'} the plugins of Inertia and of React`, async t => {
			const root = await createProject(t, {
				'source/main.tsx': `import {createInertiaApp} from '@inertiajs/react';\n\ncreateInertiaApp();\n`,
				'source/pages/Home.tsx': 'export default function Home() {\n\treturn null;\n}\n',
			});
			const createPlugins = (): PluginOption[] => {
				const own = koaInertia({input: 'source/main.tsx'});
				const others = [react(), inertiaVite()];
				return isFirst ? [own, ...others] : [...others, own];
			};
			const build = {rollupOptions: {external: [/^react/, /^@inertiajs/]}};
			await vite.build(createConfig(root, {plugins: createPlugins(), build}));
			const manifest = JSON.parse(await readFile(path.join(root, 'public/build/.vite/manifest.json'), 'utf8'));
			t.deepEqual(manifest['source/pages/Home.tsx'].pages, ['Home']);
			t.is(manifest['source/main.tsx'].base, '/build/');
			t.is((await vite.resolveConfig(createConfig(root, {plugins: createPlugins()}), 'build')).base, '/build/');

			await startServer(t, {...tools, koaInertia: () => []}, root, {config: {plugins: createPlugins()}});
			const hot = (await readHot(root))!;
			t.true(hot.hasReactRefresh);
			t.is(hot.pages, path.join(root, 'source/pages'));
			const {status, text} = await get(`${hot.url}/source/pages/Home.tsx`);
			t.is(status, 200);
			t.regex(text, /react-refresh/);
		});
	}

	test(`${title}: without the plugin of React no preamble is asked for`, async t => {
		const root = await createProject(t);
		await startServer(t, tools, root);
		t.false((await readHot(root))!.hasReactRefresh);
	});

	test(`${title}: the hot file is where the options say`, async t => {
		const cases: Array<[options: KoaInertiaOptions, file: string]> = [
			[{}, 'public/hot'],
			[{publicDirectory: 'www'}, 'www/hot'],
			[{publicDirectory: '.'}, 'hot'],
			[{hotFile: 'storage/vite.hot'}, 'storage/vite.hot'],
		];
		for (const [options, file] of cases) {
			const root = await createProject(t);
			const server = await startServer(t, tools, root, {options: {input: 'source/main.ts', ...options}});
			t.regex((await readHot(root, file))!.url, /^http:\/\/localhost:\d+\/build$/, file);
			await server.close();
			t.is(await readHot(root, file), undefined);
		}
	});
}

test('a wrong option is refused with its name', t => {
	const {koaInertia} = allTools[0]!;
	const refuse = (options: object, message: RegExp) =>
		t.throws(() => koaInertia(options as KoaInertiaOptions), {instanceOf: OptionError, message});
	refuse({inputs: 'a.ts'}, /`inputs`.*`input`/);
	refuse({input: 1}, /input/);
	refuse({input: [1]}, /input/);
	refuse({buildDirectory: '../build'}, /below the public directory.*\.\.\/build/);
	refuse({applicationOrigin: 'garden.test'}, /http\(s\) origin/);
	refuse({applicationOrigin: ['ftp://garden.test']}, /http\(s\) origin/);
	refuse({integrity: 'yes'}, /integrity/);
	refuse({pages: true}, /pages/);
	refuse({pages: {directories: 'a'}}, /`directories`/);
});
