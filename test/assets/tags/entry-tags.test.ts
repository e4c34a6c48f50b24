import {readFile} from 'node:fs/promises';
import test from 'ava';
import {expectTypeOf} from 'expect-type';
import {type Assets, createAssets, type Manifest} from 'koa-inertia/assets';
import {ManifestEntryError} from 'koa-inertia/errors';
import {createManifest} from '../../helpers/build.ts';
import {listUrls, readElements} from '../../helpers/document.ts';

const create = (manifest: Manifest, base?: string): Assets =>
	createAssets({manifest, hotFile: false, ...(base !== undefined && {base})});

/** What the tags load, as `rel url` of a link and `url` of a script. */
const describe = (html: string): string[] =>
	readElements(html)
		.filter(({name}) => name === 'link' || name === 'script')
		.map(({attributes: {rel, href, src}}) => (src === undefined ? `${rel} ${href}` : src));

test('an entry gives its stylesheets and those of its imports, preloads, and its script last', t => {
	const html = create(createManifest()).tags('source/main.ts');
	t.deepEqual(describe(html), [
		'stylesheet /assets/shared-a.css',
		'stylesheet /assets/main-a.css',
		'modulepreload /assets/shared-a.js',
		'/assets/main-a.js',
	]);
	const script = readElements(html).find(({name}) => name === 'script');
	t.deepEqual(script?.attributes, {type: 'module', src: '/assets/main-a.js'});
});

test('several entries load what they share once', t => {
	const html = create(createManifest()).tags('source/admin.ts', 'source/main.ts', 'source/admin.ts');
	t.deepEqual(describe(html), [
		'stylesheet /assets/shared-a.css',
		'stylesheet /assets/main-a.css',
		'modulepreload /assets/shared-a.js',
		'/assets/admin-a.js',
		'/assets/main-a.js',
	]);
});

test('without names every entry is loaded, and nothing else', t => {
	const manifest = {...createManifest(), 'source/lazy.ts': {file: 'assets/lazy.js'}};
	const html = create(manifest).tags();
	t.deepEqual(listUrls(html).toSorted(), [
		'/assets/admin-a.js',
		'/assets/main-a.css',
		'/assets/main-a.js',
		'/assets/shared-a.css',
		'/assets/shared-a.js',
	]);
});

test('a stylesheet as an entry is a link, and stylesheets keep the order of the entries', t => {
	const manifest = {
		...createManifest(),
		'source/reset.css': {file: 'assets/reset.css', isEntry: true},
		'source/theme.scss': {file: 'assets/theme.css', isEntry: true},
	};
	const html = create(manifest).tags('source/reset.css', 'source/main.ts', 'source/theme.scss');
	t.deepEqual(describe(html), [
		'stylesheet /assets/reset.css',
		'stylesheet /assets/shared-a.css',
		'stylesheet /assets/main-a.css',
		'stylesheet /assets/theme.css',
		'modulepreload /assets/shared-a.js',
		'/assets/main-a.js',
	]);
});

test('an entry that another entry imports is a script and not a preload', t => {
	const html = create({
		'a.ts': {file: 'a.js', isEntry: true, imports: ['b.ts']},
		'b.ts': {file: 'b.js', isEntry: true},
	}).tags('a.ts', 'b.ts');
	t.deepEqual(describe(html), ['/a.js', '/b.js']);
});

test('imports come depth first, each after what it imports', t => {
	const html = create({
		'a.ts': {file: 'a.js', isEntry: true, imports: ['_b.js', '_c.js'], css: ['a.css']},
		'_b.js': {file: 'b.js', imports: ['_d.js'], css: ['b.css']},
		'_c.js': {file: 'c.js', imports: ['_d.js', '_e.js'], css: ['c.css', 'd.css']},
		'_d.js': {file: 'd.js', css: ['d.css']},
		'_e.js': {file: 'e.js', css: ['e.css']},
	}).tags('a.ts');
	t.deepEqual(describe(html), [
		...['d', 'b', 'e', 'c', 'a'].map(name => `stylesheet /${name}.css`),
		...['d', 'b', 'e', 'c'].map(name => `modulepreload /${name}.js`),
		'/a.js',
	]);
});

test('imports in a circle come once each', t => {
	const html = create({
		'a.ts': {file: 'a.js', isEntry: true, imports: ['a.ts', '_b.js'], css: ['a.css']},
		'_b.js': {file: 'b.js', imports: ['_c.js', '_b.js'], css: ['b.css']},
		'_c.js': {file: 'c.js', imports: ['a.ts', '_b.js'], css: ['c.css']},
	}).tags('a.ts');
	t.deepEqual(describe(html).toSorted(), [
		'/a.js',
		'modulepreload /b.js',
		'modulepreload /c.js',
		'stylesheet /a.css',
		'stylesheet /b.css',
		'stylesheet /c.css',
	]);
});

test('a chain of 5,000 imports is followed to its end', t => {
	const length = 5000;
	const manifest = Object.fromEntries(
		Array.from({length}, (_, index) => [
			`_${index}.js`,
			{file: `${index}.js`, css: [`${index}.css`], imports: index + 1 < length ? [`_${index + 1}.js`] : []},
		]),
	);
	const urls = listUrls(create({...manifest, 'a.ts': {file: 'a.js', isEntry: true, imports: ['_0.js']}}).tags('a.ts'));
	t.is(urls.length, 2 * length + 1);
	t.is(urls[0], `/${length - 1}.css`);
	t.is(urls.at(-2), '/0.js');
	t.is(new Set(urls).size, urls.length);
});

test('10,000 entries that import each other densely are walked in reasonable time', t => {
	const keys = Array.from({length: 10_000}, (_, index) => `_${index}.js`);
	const manifest = Object.fromEntries(
		keys.map((key, index) => [key, {file: `${index}.js`, imports: keys.slice(index + 1, index + 50)}]),
	);
	const assets = create(manifest);
	const started = performance.now();
	t.is(listUrls(assets.tags('_0.js')).length, 10_000);
	t.true(performance.now() - started < 10_000);
});

test('hostile file names stay inside of their attributes', t => {
	const names = [`"><script>alert('1')</script>`, `' onload='x`, 'a&amp;b&copy', '$&$1', '{{ 7*7 }}', '<!--', 'ä 😀'];
	const manifest = Object.fromEntries(
		names.map(name => [name, {file: `${name}.js`, isEntry: true, css: [`${name}.css`], imports: []}]),
	);
	const assets = create(manifest, 'https://cdn.example.com/?"><b>=');
	const base = 'https://cdn.example.com/?"><b>=/';
	const elements = readElements(assets.tags(...names)).filter(({name}) => name === 'link' || name === 'script');
	t.deepEqual(
		elements.map(({attributes: {src, href}}) => src ?? href),
		[...names.map(name => `${base}${name}.css`), ...names.map(name => `${base}${name}.js`)],
	);
	t.true(
		elements.every(
			({attributes, text}) => Object.keys(attributes).length === 3 && text === '' && attributes.crossorigin === '',
		),
	);
	for (const name of names) t.is(assets.url(name), `${base}${name}.js`);
});

test('the base gets a slash at its end, once', t => {
	for (const [base, url] of [
		['/', '/assets/logo-a.svg'],
		['/static', '/static/assets/logo-a.svg'],
		['/static/', '/static/assets/logo-a.svg'],
		['https://cdn.example.com', 'https://cdn.example.com/assets/logo-a.svg'],
		['//cdn.example.com/x/', '//cdn.example.com/x/assets/logo-a.svg'],
		['./', './assets/logo-a.svg'],
	] as const) {
		t.is(create(createManifest(), base).url('source/logo.svg'), url);
	}
});

test('an unknown entry names the nearest one and all entries', t => {
	const assets = create(createManifest());
	for (const ask of [() => assets.tags('source/main.tsx'), () => assets.url('source/mian.ts')]) {
		const error = t.throws(ask, {instanceOf: ManifestEntryError, code: 'ERR_INERTIA_MANIFEST_ENTRY'});
		t.regex(error.message, /^`source\/(?:main\.tsx|mian\.ts)` is not in the Vite manifest\./);
		t.regex(error.message, /Did you mean `source\/main\.ts`\?/);
		t.regex(error.message, /source\/admin\.ts, source\/main\.ts/);
	}

	t.notRegex(t.throws(() => assets.tags('zzz'))!.message, /Did you mean/);
});

for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', '/source/main.ts']) {
	test(`\`${name}\` is no entry of a manifest that lacks it`, t => {
		const assets = create(createManifest());
		const expected = {instanceOf: ManifestEntryError};
		t.throws(() => assets.tags(name), expected);
		t.throws(() => assets.url(name), expected);
		t.throws(() => assets.tags('source/main.ts', name), expected);
	});
}

test('what was rendered before has no influence: an empty name and a joined name stay unknown', t => {
	const assets = create(createManifest());
	assets.tags();
	assets.tags('source/main.ts', 'source/admin.ts');
	t.throws(() => assets.tags(''), {instanceOf: ManifestEntryError});
	t.throws(() => assets.tags('source/main.ts\nsource/admin.ts'), {instanceOf: ManifestEntryError});
});

for (const [name, value] of [
	['`undefined`', undefined],
	['`null`', null],
	['a number', 1],
	['a list', ['source/main.ts', 'source/admin.ts']],
	['an object', {entry: 'source/main.ts'}],
] as const) {
	test(`${name} as the name of an entry is refused with an error of the package`, t => {
		const assets = create(createManifest());
		assets.tags();
		for (const ask of [() => assets.tags(value as unknown as string), () => assets.url(value as unknown as string)]) {
			const error = t.throws(ask) as Error & {code?: string};
			t.regex(String(error.code), /^ERR_INERTIA_/, error.message);
			t.regex(error.message, /received|not in the Vite manifest|has no option `entry`/);
		}
	});
}

test('a manifest without any entry gives an error instead of no tags, which would be a blank page', t => {
	for (const manifest of [{}, {'_a.js': {file: 'a.js'}}]) {
		const error = t.throws(() => create(manifest).tags(), {instanceOf: ManifestEntryError});
		t.regex(error.message, /entr/);
	}
});

test('the types of assets show what users need, and nothing of the inside', async t => {
	expectTypeOf<keyof Assets>().toEqualTypeOf<'version' | 'manifest' | 'tags' | 'url' | 'ready'>();
	const types = await readFile(new URL('../../../distribution/types/assets/assets.d.ts', import.meta.url), 'utf8');
	t.notRegex(types, /constructor|@internal|TagList|TagRequest|HotFile|NormalizedAssetsOptions|list[A-Z]/);
});
