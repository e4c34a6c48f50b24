import {readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type InertiaOptions, inertia, OptionError} from 'koa-inertia';
import {createAssets, type Manifest, type TagOptions} from 'koa-inertia/assets';
import {koaInertia} from 'koa-inertia/vite';
import {createApp, getDocument} from '../../helpers/app.ts';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/files.ts';
import {describeTags} from '../../helpers/tags.ts';
import {type Build, buildWithVite, type ViteVersion} from '../../helpers/vite-builds.ts';

const entry = 'source/main.ts';
const versions: readonly ViteVersion[] = [7, 8];

const buildWithPlugin = async (t: ExecutionContext, version: ViteVersion): Promise<Build> => {
	const plugin = koaInertia({pages: {directory: 'source/pages', declaration: false}});
	const build = await buildWithVite(version, {config: {plugins: [plugin], base: '/build/'}});
	t.teardown(() => rm(build.directory, {recursive: true, force: true, maxRetries: 5}));
	return build;
};

for (const version of versions) {
	test(`Vite ${version}: with the plugin, the chunk that holds a page is preloaded and its CSS linked`, async t => {
		const {manifestPath, manifest, outDirectory} = await buildWithPlugin(t, version);
		const assets = createAssets({manifest: manifestPath, hotFile: false});
		const without = describeTags(assets.tags(entry));
		for (const [page, mark] of [
			['Home', '"Home"'],
			['Users/Index', 'Grace'],
			['Users/Show', 'User '],
		] as const) {
			const holders = Object.values(manifest).filter(chunk => chunk.pages?.includes(page));
			t.is(holders.length, 1, page);
			const {file, css = []} = holders[0]!;
			t.true((await readFile(path.join(outDirectory, file), 'utf8')).replaceAll(/[`']/g, '"').includes(mark), page);
			const tags = describeTags(assets.tags(entry, {page}));
			t.true(tags.includes(`modulepreload /build/${file}`), page);
			t.true(css.length > 0);
			for (const stylesheet of css) t.true(tags.includes(`stylesheet /build/${stylesheet}`), page);
			t.deepEqual(tags, [...new Set(tags)]);
			t.true(without.every(tag => tags.includes(tag)));
			t.is(tags.at(-1), without.at(-1));
			t.deepEqual(describeTags(assets.tags(entry, {page: {component: page}})), tags);
		}

		for (const page of ['users/show', 'Unknown', 'constructor', '__proto__', '../main', 'Home.tsx']) {
			t.deepEqual(describeTags(assets.tags(entry, {page})), without, page);
		}
	});

	test(`Vite ${version}: a page that is in the entry adds nothing`, async t => {
		const directory = await createDirectory(t);
		const files = {
			'source/main.js': "const pages = import.meta.glob('./pages/*.js', {eager: true});\nconsole.log(pages);\n",
			'source/pages/Home.js': "import './home.css';\nexport default () => 'Home';\n",
			'source/pages/home.css': 'body { color: red; }\n',
		};
		await writeFiles(directory, files);
		const plugin = koaInertia({input: 'source/main.js', pages: {directory: 'source/pages', declaration: false}});
		const {manifestPath, manifest} = await buildWithVite(version, {directory, config: {plugins: [plugin]}});
		t.deepEqual(manifest['source/main.js']?.pages, ['Home']);
		const assets = createAssets({manifest: manifestPath, hotFile: false});
		t.is(describeTags(assets.tags('source/main.js')).length, 2);
		t.is(assets.tags('source/main.js', {page: 'Home'}), assets.tags('source/main.js'));
	});
}

const manifest: Manifest = {
	'_card.js': {file: 'card.js', css: ['card.css']},
	'_vendor.js': {file: 'vendor.js'},
	'source/main.ts': {file: 'main.js', isEntry: true, imports: ['_vendor.js'], css: ['main.css']},
	'source/print.css': {file: 'print.css', isEntry: true},
	'source/pages/Users/Index.tsx': {
		file: 'index.js',
		css: ['index.css'],
		imports: ['source/main.ts', '_vendor.js', '_card.js'],
	},
};
const expected = [
	'stylesheet /main.css',
	'stylesheet /card.css',
	'stylesheet /index.css',
	'modulepreload /vendor.js',
	'modulepreload /card.js',
	'modulepreload /index.js',
	'/main.js',
];

test('without the plugin, a page is found by the path of its file', t => {
	const assets = createAssets({manifest, hotFile: false});
	t.deepEqual(describeTags(assets.tags(entry, {page: 'Users/Index'})), expected);
});

test('without the plugin, a name that two directories of pages have is nobody’s', t => {
	const twice = {
		...manifest,
		'admin/pages/Users/Index.tsx': {file: 'admin-index.js', css: ['admin.css']},
		'admin/Pages/Home.vue': {file: 'home.js'},
	};
	const assets = createAssets({manifest: twice, hotFile: false});
	t.is(assets.tags(entry, {page: 'Users/Index'}), assets.tags(entry));
	t.true(describeTags(assets.tags(entry, {page: 'Home'})).includes('modulepreload /home.js'));
});

const render = async (t: ExecutionContext, call: string, options: InertiaOptions = {}): Promise<string[]> => {
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, `{{ ${call} }}{{ inertia() }}`);
	const app = await createApp(t, {manifest, hotFile: false, views, template: 'app.njk', ...options}, ctx =>
		ctx.inertia.render('Users/Index'),
	);
	return describeTags(await getDocument(app));
};

for (const call of [
	"vite('source/main.ts', {page: page})",
	"vite('source/main.ts', {page: page.component})",
	"vite('source/main.ts', {page: 'Users/Index'})",
	"vite('source/main.ts', page=page)",
	"vite('source/main.ts', page='Users/Index')",
]) {
	test(`a template preloads its page by \`${call}\``, async t => {
		t.deepEqual(await render(t, call), expected);
	});
}

test('without names, `vite(page=page)` loads every entry and the page', async t => {
	const tags = await render(t, 'vite(page=page)');
	t.deepEqual(tags.toSorted(), [...expected, 'stylesheet /print.css'].toSorted());
});

test('a variable that is not there is no page', async t => {
	const without = await render(t, "vite('source/main.ts')");
	t.deepEqual(await render(t, "vite('source/main.ts', {page: pgae})"), without);
	const assets = createAssets({manifest, hotFile: false});
	t.is(assets.tags({page: undefined} as object), assets.tags());
	t.is(assets.tags({}), assets.tags());
});

test('a `rootView` preloads its page', async t => {
	const app = await createApp(
		t,
		{manifest, hotFile: false, rootView: (page, _ctx, tags) => tags.vite(entry, {page}) + tags.inertia()},
		ctx => ctx.inertia.render('Users/Index'),
	);
	t.deepEqual(describeTags(await getDocument(app)), expected);
});

test('while the dev server runs a page adds nothing', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const assets = createAssets({manifest, hotFile: `${directory}/hot`});
	t.is(assets.tags(entry, {page: 'Users/Index'}), assets.tags(entry));
});

for (const [title, given] of [
	['`null`', [entry, 'source/print.css', {page: null}]],
	['a number', [entry, {page: 1}]],
	['empty text', [entry, {page: ''}]],
	['a page without a component', [entry, {page: {props: {}}}]],
	['a list', [entry, {page: ['Home']}]],
	['`__proto__`', [entry, {page: JSON.parse('{"__proto__": "x"}')}]],
] as const) {
	test(`${title} is no page`, t => {
		const assets = createAssets({manifest, hotFile: false});
		const error = t.throws(() => assets.tags(...(given as unknown as [string, TagOptions])), {instanceOf: OptionError});
		t.regex(error.message, /`vite\(\)`.*`page` must be the page or the name of its component, received/);
	});
}

test('options that are not last, unknown ones and a mistake in a name are errors that say so', t => {
	const assets = createAssets({manifest, hotFile: false});
	const ask = (...given: readonly unknown[]) =>
		t.throws(() => assets.tags(...(given as [string])), {instanceOf: OptionError});
	t.regex(ask({page: 'Home'}, entry).message, /options last/);
	t.regex(ask(entry, {pages: 'Home'}).message, /no option `pages`.*Did you mean `page`\?/);
	t.regex(ask(entry, {page: 'Home'}, {page: 'Home'}).message, /received/);
});

test('the `base` of the build counts where the option names none, but not a relative one', t => {
	const withBase = (base: string, options: {base?: string} = {}): string =>
		createAssets({
			manifest: {'main.ts': {file: 'main.js', isEntry: true, base}},
			hotFile: false,
			...options,
		}).tags();
	for (const [base, src] of [
		['/app/', '/app/main.js'],
		['/app', '/app/main.js'],
		['https://cdn.example.com/x/', 'https://cdn.example.com/x/main.js'],
		['//cdn.example.com', '//cdn.example.com/main.js'],
		['./', '/main.js'],
		['', '/main.js'],
		['../x/', '/main.js'],
		['x/', '/main.js'],
	] as const) {
		t.deepEqual(describeTags(withBase(base)), [src], base);
	}

	t.deepEqual(describeTags(withBase('/app/', {base: '/own/'})), ['/own/main.js']);
	t.deepEqual(describeTags(inertia({manifest, hotFile: false, base: '/own/'}).assets.tags('source/print.css')), [
		'stylesheet /own/print.css',
	]);
});
