import {writeFile} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {OptionError, type RootView} from 'koa-inertia';
import {createAssets, type Manifest, type TagOptions} from 'koa-inertia/assets';
import {ManifestEntryError} from 'koa-inertia/errors';
import nunjucks from 'nunjucks';
import {createApp, getDocument, type RunningApp} from '../../helpers/app.ts';
import {createDirectory, createManifest} from '../../helpers/build.ts';
import {countKept} from '../../helpers/count-kept.ts';
import {listSnapshotTags, type Snapshot, type SnapshotTags, takeSnapshot} from '../../helpers/snapshot-tags.ts';
import {describeTags, listTags} from '../../helpers/tags.ts';
import {ViteBuilds} from '../../helpers/vite-builds.ts';
import {oddEntry} from '../../helpers/vite-project.ts';

const builds = new ViteBuilds();
test.after.always('remove the builds', () => builds.remove());

const manifest: Manifest = {
	'_shared.js': {file: 'shared.js', css: ['shared.css']},
	'a.ts': {file: 'a.js', isEntry: true, imports: ['_shared.js', 'b.ts']},
	'b.ts': {file: 'b.js', isEntry: true, imports: ['_shared.js'], css: ['b.css']},
	'print.css': {file: 'print.css', isEntry: true},
	'logo.png': {file: 'logo.png', isEntry: true},
	'font.woff2': {file: 'font.woff2'},
};

/** Renders calls of `vite()` one after the other, as a template does. */
const render = async (t: ExecutionContext, calls: readonly string[], hot?: string): Promise<string> => {
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, `${calls.map(call => `{{ ${call} }}\n`).join('')}{{ inertia() }}`);
	if (hot !== undefined) await writeFile(`${views}/hot`, hot);
	const hotFile = hot === undefined ? false : `${views}/hot`;
	return getDocument(await createApp(t, {manifest, hotFile, views, template: 'app.njk'}));
};

test('each tag comes once in a document, over several calls', async t => {
	const html = await render(t, [
		"vite('print.css')",
		"vite('b.ts')",
		"vite('a.ts')",
		"vite('a.ts', 'b.ts')",
		'vite("a.ts")',
	]);
	t.deepEqual(describeTags(html), [
		'stylesheet /print.css',
		'stylesheet /shared.css',
		'stylesheet /b.css',
		'modulepreload /shared.js',
		'/b.js',
		'/a.js',
	]);
});

test('an entry that an earlier call has preloaded is a script of the later one', async t => {
	const html = await render(t, ["vite('a.ts')", "vite('b.ts')"]);
	t.deepEqual(describeTags(html), [
		'stylesheet /shared.css',
		'stylesheet /b.css',
		'modulepreload /shared.js',
		'modulepreload /b.js',
		'/a.js',
		'/b.js',
	]);
});

test('a file comes once also where the later call has other attributes', async t => {
	const attributes = "script={async: true}, stylesheet={media: 'screen'}, preload={id: 'x'}";
	const html = await render(t, ["vite('b.ts')", `vite('a.ts', 'b.ts', ${attributes})`]);
	const urls = listTags(html).map(({attributes: {src, href}}) => src ?? href);
	t.deepEqual(urls, ['/shared.css', '/b.css', '/shared.js', '/b.js', '/a.js']);
	t.deepEqual(listTags(html).at(-1)?.attributes, {type: 'module', src: '/a.js', async: ''});
});

test('documents have no influence on each other', async t => {
	const app = await createApp(t, {
		manifest,
		hotFile: false,
		rootView: (_page, ctx, tags) =>
			String(ctx.query.e)
				.split(',')
				.map(name => tags.vite(name))
				.join('\n'),
	});
	const get = async (names: string): Promise<string[]> =>
		describeTags((await app.agent.get(`/?e=${names}`).expect(200)).text);
	const first = await get('a.ts,b.ts');
	await Promise.all(['b.ts', 'b.ts,a.ts', 'print.css'].map(get));
	t.deepEqual(await get('a.ts,b.ts'), first);
	t.deepEqual(await get('b.ts'), describeTags(createAssets({manifest, hotFile: false}).tags('b.ts')));
});

test('`viteReactRefresh()` gives its script once, and only while the dev server runs', async t => {
	t.is(describeTags(await render(t, ['viteReactRefresh()', "vite('b.ts')"])).length, 4);
	const html = await render(
		t,
		['viteReactRefresh()', 'viteReactRefresh()', "vite('b.ts')", "vite('a.ts')"],
		'http://localhost:5173\n',
	);
	t.is(html.match(/injectIntoGlobalHook/g)?.length, 1);
	t.deepEqual(describeTags(html), [
		'http://localhost:5173/@vite/client',
		'http://localhost:5173/b.ts',
		'http://localhost:5173/a.ts',
	]);
	t.true(html.indexOf('injectIntoGlobalHook') < html.indexOf('/@vite/client'));
});

test('an image as an entry says to use `viteAsset()`', t => {
	const assets = createAssets({manifest, hotFile: false});
	for (const ask of [
		() => assets.tags('logo.png'),
		() => assets.tags('a.ts', 'logo.png', {page: 'Home'}),
		() => assets.tags('font.woff2'),
	]) {
		t.throws(ask, {instanceOf: ManifestEntryError, message: /neither a script nor a stylesheet.*`viteAsset\(\)`/});
	}

	t.notRegex(assets.tags(), /logo|font/);
	t.is(assets.url('logo.png'), '/logo.png');
});

for (const version of [7, 8] as const) {
	test(`Vite ${version}: an odd entry, its image and its font have URLs that a browser finds`, async t => {
		const {manifestPath, files, manifest: built} = await builds.get(version, 'plain');
		const assets = createAssets({manifest: manifestPath, hotFile: false});
		const urls = [
			...listTags(assets.tags(oddEntry)).map(({attributes: {src, href}}) => (src ?? href)!),
			assets.url('source/logo.png'),
			assets.url('source/font.woff2'),
			assets.url(oddEntry),
		];
		t.is(urls.length, 5);
		for (const url of urls) {
			const {pathname} = new URL(url, 'https://example.com');
			t.true(files.includes(decodeURIComponent(pathname).slice(1)), url);
		}

		t.is(assets.url('source/print.css'), `/${built['source/print.css']!.file}`);
	});
}

test('`viteAsset()` of the dev server escapes what a URL takes for something else', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173/\n');
	const assets = createAssets({manifest, hotFile: `${directory}/hot`});
	for (const name of [
		"it's <odd>.png",
		'a b.woff2',
		'100%.png',
		'a%20b.png',
		'a#b.png',
		'a?b.png',
		'ü😀.png',
		'/source/logo.png',
		'\ud800.png',
	]) {
		const {origin, pathname, search, hash} = new URL(assets.url(name));
		t.is(origin + search + hash, 'http://localhost:5173', name);
		t.is(decodeURIComponent(pathname), `/${name.replace(/^\//, '').replace('\ud800', '\ufffd')}`);
		const [tag] = listTags(assets.tags(name)).slice(-1);
		t.is(new URL(tag!.attributes.src ?? tag!.attributes.href!).pathname, pathname);
	}
});

test('a name that a template marks as safe is refused as any other object', t => {
	const safe = new nunjucks.runtime.SafeString('a.ts') as unknown as string;
	const assets = createAssets({manifest, hotFile: false});
	t.throws(() => assets.tags(safe), {instanceOf: OptionError, message: /take paths.*received/});
});

test('a call with the text of another one’s key is another call', t => {
	const assets = createAssets({manifest, hotFile: false});
	assets.tags('a.ts');
	assets.tags('a.ts', 'b.ts');
	assets.tags('a.ts', {});
	for (const name of ['["a.ts"]', '["a.ts","b.ts"]', '"a.ts', 'a.ts\nb.ts', '[["a.ts"],{}]']) {
		t.throws(() => assets.tags(name), {instanceOf: ManifestEntryError}, name);
	}
});

test('the same calls in another order give what is right for that order, also the second time', async t => {
	const rootView: RootView = (_page, {query}, tags) =>
		String(query.calls)
			.split(',')
			.map(name => (name === 'refresh' ? tags.viteReactRefresh() : tags.vite(name)))
			.join('\n');
	const shared = await createApp(t, {manifest, hotFile: false, rootView});
	const get = async ({agent}: RunningApp, calls: string): Promise<string> =>
		(await agent.get(`/?calls=${calls}`).expect(200)).text;
	for (const calls of [
		'a.ts,b.ts',
		'b.ts,a.ts',
		'print.css,b.ts',
		'a.ts,print.css,b.ts',
		'print.css,a.ts,b.ts',
		'b.ts',
		'refresh,b.ts,refresh,a.ts',
		'b.ts,b.ts',
		'a.ts,b.ts,print.css',
	]) {
		const expected = await get(await createApp(t, {manifest, hotFile: false, rootView}), calls);
		for (let round = 0; round < 2; round += 1) t.is(await get(shared, calls), expected, calls);
	}
});

test('what a later call adds takes a fraction of the time that its tags took', t => {
	const keys = Array.from({length: 5000}, (_, index) => `_${index}.js`);
	const many: Manifest = {
		...Object.fromEntries(keys.map((key, index) => [key, {file: `chunk-${index}.js`}])),
		'a.ts': {file: 'a.js', isEntry: true, imports: keys.slice(0, 2500)},
		'b.ts': {file: 'b.js', isEntry: true, imports: keys},
		'print.css': {file: 'print.css', isEntry: true},
	};
	const getMedian = (times: number[]): number => times.toSorted((x, y) => x - y)[times.length >> 1]!;
	const measure = (run: () => void): number => {
		const started = performance.now();
		run();
		return performance.now() - started;
	};
	const listAll = (): SnapshotTags[] => {
		const snapshot = takeSnapshot(createAssets({manifest: many, hotFile: false})) as Snapshot;
		return ['a.ts', 'b.ts', 'print.css'].map(name => listSnapshotTags(snapshot, {entries: [name], key: name}));
	};
	const [a, b, print] = listAll() as [SnapshotTags, SnapshotTags, SnapshotTags];
	const first = getMedian(Array.from({length: 10}, () => measure(() => t.is(listAll().length, 3))));
	const later = getMedian(
		Array.from({length: 50}, () => measure(() => t.is(b.renderNew([a, print]).split('\n').length, 2501))),
	);
	t.true(later < first / 5, `${later} ms after ${first} ms`);
});

test('what a later call adds is not kept longer than the calls', async t => {
	const snapshot = await takeSnapshot(createAssets({manifest, hotFile: false}));
	const constant = listSnapshotTags(snapshot, {entries: ['print.css'], key: 'print'});
	const references = Array.from({length: 1000}, (_, index) => {
		const attributes = {script: {id: `${index} ${'x'.repeat(2000)}`}, stylesheet: {}, preload: {}};
		const own = listSnapshotTags(snapshot, {entries: ['b.ts'], attributes, key: JSON.stringify(attributes)});
		t.true(constant.renderNew([own]).includes('print.css'));
		t.true(own.renderNew([constant]).includes(`id="${index} x`));
		return new WeakRef(own);
	});
	const kept = await countKept(references);
	t.true(kept < 300, `${kept} of ${references.length}`);
});

test('tags are made once for a build of 5,000 chunks, and the same for pages that it does not have', async t => {
	const keys = Array.from({length: 5000}, (_, index) => `_${index}.js`);
	const chunks = Object.fromEntries(
		keys.map((key, index) => [key, {file: `chunk-${index}.js`, css: [`${index}.css`]}]),
	);
	const many = {...chunks, 'a.ts': {file: 'a.js', isEntry: true, imports: keys}};
	const snapshot = await takeSnapshot(createAssets({manifest: many, hotFile: false}));
	const list = (key: string, page?: string) => listSnapshotTags(snapshot, {entries: ['a.ts'], page, key});
	t.is(list('x'), list('x'));
	t.is(list('x'), list('x', 'Unknown'));

	const assets = createAssets({manifest: many, hotFile: false});
	const measure = (options?: TagOptions): number => {
		const started = performance.now();
		t.true((options ? assets.tags('a.ts', options) : assets.tags('a.ts')).length > 200_000);
		return performance.now() - started;
	};
	const first = measure();
	const later = Array.from({length: 1000}, (_, index) => measure({page: `Unknown${index}`}));
	const median = later.toSorted((a, b) => a - b)[500]!;
	t.true(median < first / 20, `${median} ms after ${first} ms`);
});

test('the tags of 300 pages of a real build share what they have in common', async t => {
	const {manifestPath, manifest: built} = await builds.get(8, 'manyChunks');
	const assets = createAssets({manifest: manifestPath, hotFile: false});
	const pages = Object.keys(built).flatMap(key => /^source\/pages\/(.+)\.tsx$/.exec(key)?.[1] ?? []);
	t.true(pages.length > 300);
	const entry = describeTags(assets.tags('source/main.ts'));
	for (const page of pages) {
		const tags = describeTags(assets.tags('source/main.ts', {page}));
		t.true(
			entry.every(tag => tags.includes(tag)),
			page,
		);
		t.true(tags.includes(`modulepreload /${built[`source/pages/${page}.tsx`]!.file}`), page);
		t.is(new Set(tags).size, tags.length);
	}
});

test('the last build says what `vite()` without names loads from the dev server, without what plugins added', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const built = {
		...createManifest(),
		'source/main-legacy.ts': {file: 'main-legacy.js', isEntry: true},
		'../vite/legacy-polyfills-legacy': {file: 'polyfills-legacy.js', isEntry: true},
		'../vite/legacy-polyfills': {file: 'polyfills.js', isEntry: true},
	};
	t.deepEqual(describeTags(createAssets({manifest: built, hotFile: `${directory}/hot`}).tags()), [
		'http://localhost:5173/@vite/client',
		'http://localhost:5173/source/admin.ts',
		'http://localhost:5173/source/main.ts',
	]);
});
