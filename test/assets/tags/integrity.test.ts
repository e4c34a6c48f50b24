import {createHash} from 'node:crypto';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Assets, createAssets, type Manifest} from 'koa-inertia/assets';
import {koaInertia} from 'koa-inertia/vite';
import type {InlineConfig} from 'vite';
import {createApp} from '../../helpers/app.ts';
import {runInDocument} from '../../helpers/failure-notice.ts';
import {parseLinks} from '../../helpers/links.ts';
import {describeTags, listTags} from '../../helpers/tags.ts';
import {type Build, buildWithVite, type ViteVersion} from '../../helpers/vite-builds.ts';

type ImportMap = {readonly imports?: Record<string, string>; readonly integrity?: Record<string, string>};

const entry = 'source/main.ts';
const hostile = '</script><script>alert(1)</script><!--<script>';

const build = async (t: ExecutionContext, version: ViteVersion, config: InlineConfig): Promise<Build> => {
	const made = await buildWithVite(version, {config});
	t.teardown(() => rm(made.directory, {recursive: true, force: true, maxRetries: 5}));
	return made;
};

const readMaps = (html: string): ImportMap[] =>
	listTags(html)
		.filter(({attributes}) => attributes.type === 'importmap')
		.map(({text}) => JSON.parse(text));

const hashFile = async ({outDirectory}: Build, file: string): Promise<string> => {
	const content = await readFile(path.join(outDirectory, file));
	return `sha384-${createHash('sha384').update(content).digest('base64')}`;
};

for (const version of [7, 8] as const) {
	test(`Vite ${version}: each tag has the hash of its file, and the import map that of each chunk`, async t => {
		const plugin = koaInertia({pages: {directory: 'source/pages', declaration: false}, integrity: true});
		const made = await build(t, version, {plugins: [plugin], base: 'https://cdn.example.com/app/'});
		const base = 'https://cdn.example.com/app/';
		const assets = createAssets({manifest: made.manifestPath, hotFile: false});
		for (const html of [assets.tags(entry, {page: 'Home'}), assets.tags()]) {
			const loading = listTags(html).filter(({attributes: {src, href}}) => src ?? href);
			t.true(loading.length > 4);
			for (const {attributes} of loading) {
				const url = (attributes.src ?? attributes.href)!;
				t.true(url.startsWith(base));
				t.is(attributes.integrity, await hashFile(made, url.slice(base.length)), url);
				t.is(attributes.crossorigin, '');
			}

			const [map, ...others] = readMaps(html);
			t.deepEqual(others, []);
			const scripts = made.files.filter(file => file.endsWith('.js'));
			t.deepEqual(Object.keys(map!.integrity!).toSorted(), scripts.map(file => base + file).toSorted());
			for (const file of scripts) t.is(map!.integrity![base + file], await hashFile(made, file));
		}
	});
}

test('`chunkImportMap` of Vite 8: the names that stay come before everything that loads a module', async t => {
	const plugin = koaInertia({pages: {directory: 'source/pages', declaration: false}, integrity: true});
	const made = await build(t, 8, {plugins: [plugin], base: '/build/', build: {chunkImportMap: true}});
	const written = JSON.parse(await readFile(path.join(made.outDirectory, 'importmap.json'), 'utf8')) as ImportMap;
	t.true(Object.keys(written.imports!).length > 3);
	const html = createAssets({manifest: made.manifestPath, hotFile: false}).tags(entry, {page: 'Home'});
	const [map, ...others] = readMaps(html);
	t.deepEqual(others, []);
	t.deepEqual(map!.imports, written.imports);
	t.true(Object.values(map!.imports!).every(url => made.files.includes(url.replace('/build/', ''))));
	const tags = listTags(html);
	const isModule = ({attributes: {type, rel}}: (typeof tags)[0]): boolean =>
		type === 'module' || rel === 'modulepreload';
	t.is(
		tags.findIndex(({attributes}) => attributes.type === 'importmap'),
		0,
	);
	t.true(tags.findIndex(isModule) > 0);
	for (const {attributes} of tags.filter(isModule)) {
		t.true(made.files.includes((attributes.src ?? attributes.href)!.replace('/build/', '')));
	}
});

const manifest: Manifest = {
	'_shared.js': {file: 'shared.js', integrity: 'sha384-shared', css: ['shared.css']},
	'source/main.ts': {
		file: 'main.js',
		isEntry: true,
		imports: ['_shared.js'],
		css: ['main.css'],
		integrity: 'sha384-main',
		cssIntegrity: ['sha384-css'],
	},
	'source/admin.ts': {file: 'admin.js', isEntry: true, imports: ['_shared.js'], integrity: 'sha384-admin'},
	'source/lazy.ts': {file: 'lazy.js', integrity: 'sha384-lazy'},
};
const create = (own: Manifest = manifest, base = '/'): Assets => createAssets({manifest: own, base, hotFile: false});

test('a manifest of another plugin, with hashes of `file` alone, leaves its other stylesheets without', t => {
	const tags = listTags(create().tags(entry)).filter(({attributes: {src, href}}) => src ?? href);
	t.deepEqual(
		tags.map(({attributes: {src, href, integrity}}) => [src ?? href, integrity]),
		[
			['/shared.css', undefined],
			['/main.css', 'sha384-css'],
			['/shared.js', 'sha384-shared'],
			['/main.js', 'sha384-main'],
		],
	);
	t.deepEqual(readMaps(create().tags(entry)), [
		{
			integrity: {
				'/shared.js': 'sha384-shared',
				'/main.js': 'sha384-main',
				'/admin.js': 'sha384-admin',
				'/lazy.js': 'sha384-lazy',
			},
		},
	]);
});

test('the import map comes once in a document, in front of all calls', async t => {
	const app = await createApp(t, {
		manifest,
		hotFile: false,
		rootView: (_page, _ctx, tags) =>
			[tags.viteReactRefresh(), tags.vite('source/admin.ts'), tags.vite(entry), tags.vite(entry), tags.inertia()].join(
				'',
			),
	});
	const {text, headers} = await app.agent.get('/').expect(200);
	const tags = listTags(text);
	t.is(tags.filter(({attributes}) => attributes.type === 'importmap').length, 1);
	t.is(tags[0]?.attributes.type, 'importmap');
	t.is(tags.filter(({text: code}) => code.includes('addEventListener')).length, 1);
	t.deepEqual(describeTags(text), [
		'stylesheet /shared.css',
		'modulepreload /shared.js',
		'/admin.js',
		'stylesheet /main.css',
		'/main.js',
	]);
	t.deepEqual(parseLinks(headers.link!), [
		{target: '/shared.css', parameters: {rel: 'preload', as: 'style'}},
		{target: '/main.css', parameters: {rel: 'preload', as: 'style', integrity: 'sha384-css'}},
	]);
});

test('hostile names and hashes stay inside of the import map', t => {
	const hashed = {
		[`${hostile}.ts`]: {
			file: `${hostile}\u2028.js`,
			isEntry: true,
			integrity: hostile,
			importMap: {[hostile]: hostile, __proto__: 'x'},
		},
	};
	const base = 'https://cdn.example.com/"><b>/';
	const html = create(hashed, base).tags();
	t.deepEqual(readMaps(html), [{imports: {[hostile]: hostile}, integrity: {[`${base}${hostile}\u2028.js`]: hostile}}]);
	t.is(listTags(html).length, 3);
	t.is(listTags(html).at(-1)?.attributes.integrity, hostile);
});

test('a build without hashes has neither an import map nor the script that tells of a refused file', t => {
	const plain = {'source/main.ts': {file: 'main.js', isEntry: true}};
	t.is(create(plain).tags(), '<script type="module" src="/main.js"></script>');
});

test('an attribute `integrity` of the application takes the place of the hash, in the header too', async t => {
	const app = await createApp(t, {
		manifest,
		hotFile: false,
		rootView: (_page, _ctx, tags) =>
			tags.vite('source/admin.ts', {
				script: {integrity: 'sha256-own'},
				preload: {integrity: false},
				stylesheet: {integrity: 'sha256-style'},
			}) + tags.inertia(),
	});
	const {text, headers} = await app.agent.get('/').expect(200);
	const read = (kind: string) => listTags(text).find(({attributes}) => (attributes.src ?? attributes.href) === kind)!;
	t.is(read('/admin.js').attributes.integrity, 'sha256-own');
	t.is(read('/shared.js').attributes.integrity, undefined);
	const links = parseLinks(headers.link!);
	t.deepEqual(
		links.map(({target, parameters: {integrity}}) => [target, integrity]),
		[['/shared.css', 'sha256-style']],
	);
});

const publicUrl = 'https://example.com/sub/page';

for (const [base, own, foreign] of [
	['/', 'https://example.com/main.js', ['https://ads.example.net/main.js', 'https://example.com.net/main.js']],
	[
		'/build/',
		'https://example.com/build/main.js',
		['https://example.com/ads.js', 'https://ads.example.net/build/x.js'],
	],
	['https://CDN.example.com/a b/', 'https://cdn.example.com/a%20b/main.js', ['https://example.com/a%20b/main.js']],
	['//cdn.example.com/', 'https://cdn.example.com/main.js', ['https://example.com/main.js']],
	['https://cdn.example.com/"</script>/', 'https://cdn.example.com/%22%3C/script%3E/main.js', ['https://example.com/']],
] as const) {
	test(`with the base ${base} a refused file of the build is told of once, one of others not at all`, t => {
		const {shown, fail, failPreload} = runInDocument(create(manifest, base).tags(entry), publicUrl);
		fail(null);
		fail({src: own, integrity: ''});
		fail({src: own});
		fail({src: '', integrity: 'sha384-x'});
		for (const src of foreign) fail({src, integrity: 'sha384-x'});
		for (const href of foreign) fail({href, integrity: 'sha384-x'});
		failPreload({defaultPrevented: true});
		t.deepEqual(shown, []);
		fail({href: own, integrity: 'sha384-x'});
		t.is(shown.length, 1);
		t.regex(shown[0]!, /Reload/);
		fail({src: own, integrity: 'sha384-x'});
		failPreload({defaultPrevented: false});
		t.is(shown.length, 1);
	});
}

test('`preventDefault()` on `koa-inertia:assetError` keeps the notice away, each time', t => {
	const asked: Event[] = [];
	let isPrevented = true;
	const {shown, fail, failPreload} = runInDocument(create().tags(entry), publicUrl, event => {
		asked.push(event);
		if (isPrevented) event.preventDefault();
	});
	const refused = {src: 'https://example.com/main.js', integrity: 'sha384-x'};
	fail({...refused, src: 'https://ads.example.net/main.js'});
	t.deepEqual(asked, []);
	fail(refused);
	failPreload({defaultPrevented: false});
	t.deepEqual(
		asked.map(({type, cancelable}) => [type, cancelable]),
		[
			['koa-inertia:assetError', true],
			['koa-inertia:assetError', true],
		],
	);
	t.deepEqual(shown, []);
	isPrevented = false;
	fail(refused);
	t.is(shown.length, 1);
	fail(refused);
	t.is(asked.length, 3);
});

test('the hashes of 5,000 chunks are put together once for a build', t => {
	const chunks = Array.from({length: 5000}, (_, index) => [
		`_${index}.js`,
		{file: `assets/chunk-${index}.js`, integrity: `sha384-${'a'.repeat(64)}`},
	]);
	const assets = create({...Object.fromEntries(chunks), ...manifest});
	const measure = (): number => {
		const started = performance.now();
		t.true(assets.tags(entry).length > 400_000);
		return performance.now() - started;
	};
	const first = measure();
	const later = Array.from({length: 50}, measure).toSorted((a, b) => a - b)[25]!;
	t.true(later < first / 5, `${later} ms after ${first} ms`);
});
