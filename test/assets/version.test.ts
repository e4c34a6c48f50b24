import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {OptionError} from 'koa-inertia';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {VersionError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {createBuild, createDirectory, createManifest} from '../helpers/build.ts';
import {parsePage, readElements} from '../helpers/document.ts';
import {serve} from '../helpers/serve.ts';

// The pinned versions were computed without this package, for `createManifest()` by Python:
// hashlib.sha256(json.dumps(manifest, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()).hexdigest()[:16]
const pinnedVersion = 'c54fc8d1ca718ca3';

/** Every kind of key and value that writers of JSON disagree about; in Python sorted by `key.encode('utf-16-be')`. */
const awkwardText = String.raw`{
	"ä.ts": {"css": [], "file": "ä.js"},
	"2": {"file": "two.js"},
	"～.ts": {"file": "wide \"quoted\" \\ \u2028 \u007f \u0001.js"},
	"10": {"file": "ten.js"},
	"😀.ts": {"file": "astral.js"},
	"__proto__": {"file": "prototype.js"}
}`;
const pinnedAwkwardVersion = '2f95345adeac7db5';

const versionOf = (manifest: Manifest): string => createAssets({manifest, hotFile: false}).version;

test('the version is the same for a path, `file:` and http addresses and an object', async t => {
	const build = await createBuild(t);
	const url = await serve(t, (_request, response) => response.end(JSON.stringify(createManifest())));
	const fileUrl = pathToFileURL(build.manifest);
	const relative = path.relative(process.cwd(), build.manifest);
	for (const manifest of [build.manifest, relative, fileUrl, fileUrl.href, createManifest()]) {
		const assets = createAssets({manifest, hotFile: false});
		await assets.ready();
		t.is(assets.version, pinnedVersion, String(manifest));
	}

	for (const manifest of [url, new URL(url), `${url}/deep/manifest.json?of=today`]) {
		const assets = createAssets({manifest, hotFile: false});
		await assets.ready();
		t.is(assets.version, pinnedVersion, String(manifest));
	}
});

test('the version does not depend on white space, line ends and the order of keys', async t => {
	const manifest = createManifest();
	const reverse = (value: unknown): unknown => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
		return Object.fromEntries(
			Object.entries(value)
				.toReversed()
				.map(([key, member]) => [key, reverse(member)]),
		);
	};

	const pretty = JSON.stringify(manifest, undefined, 4);
	const build = await createBuild(t);
	for (const text of [
		pretty,
		pretty.replaceAll('\n', '\r\n'),
		`\r\n ${pretty}\n\n`,
		JSON.stringify(manifest),
		JSON.stringify(reverse(manifest)),
		JSON.stringify(manifest).replaceAll('/', String.raw`\/`).replaceAll('s', String.raw`\u0073`),
	]) {
		await build.writeManifest(text);
		t.is(createAssets({manifest: build.manifest, hotFile: false}).version, pinnedVersion, text);
	}
});

test('the version survives integer-like keys, `__proto__` keys and unicode in any order', async t => {
	const lines = awkwardText.split('\n').slice(1, -1);
	const shuffled = `{${[4, 0, 5, 2, 3, 1].map(index => lines[index]!.replace(/,$/, '')).join(',')}}`;
	const build = await createBuild(t);
	for (const text of [awkwardText, shuffled]) {
		await build.writeManifest(text);
		t.is(createAssets({manifest: build.manifest, hotFile: false}).version, pinnedAwkwardVersion);
		t.is(versionOf(JSON.parse(text)), pinnedAwkwardVersion);
	}
});

test('a member that is `undefined` in an object counts as absent, as in a file', t => {
	const chunk = createManifest()['source/logo.svg']!;
	const manifest = {...createManifest(), 'source/logo.svg': {...chunk, css: undefined}};
	t.is(versionOf(manifest as unknown as Manifest), pinnedVersion);
});

test('the version changes with every file name, list order and key', t => {
	const versions = [
		createManifest(),
		createManifest('b'),
		{...createManifest(), 'source/logo.svg': {file: 'assets/logo-b.svg', src: 'source/logo.svg'}},
		{...createManifest(), 'source/Logo.svg': createManifest()['source/logo.svg']!},
		JSON.parse('{"__proto__": {"file": "assets/prototype.js"}}') as Manifest,
		{'a.ts': {file: 'a.js', css: ['1.css', '2.css']}},
		{'a.ts': {file: 'a.js', css: ['2.css', '1.css']}},
		{'a.ts': {file: 'a.js', css: ['1.css,2.css']}},
		{'a.ts': {file: 'ä.js'}},
		{'a.ts': {file: 'a\u0308.js'}},
		{},
	].map(manifest => versionOf(manifest));
	t.is(versions[0], pinnedVersion);
	t.is(new Set(versions).size, versions.length);
	for (const version of versions) t.regex(version, /^[\da-f]{16}$/);
});

test('a manifest object that its owner changes later changes neither the version nor the tags', t => {
	const manifest = structuredClone(createManifest()) as Record<string, {file: string}>;
	const assets = createAssets({manifest, hotFile: false});
	manifest['source/logo.svg']!.file = 'assets/changed.svg';
	t.is(assets.version, pinnedVersion);
	t.is(assets.url('source/logo.svg'), '/assets/logo-a.svg');
});

test('header, page object and template carry the same version', async t => {
	const directory = await createDirectory(t);
	await writeFile(
		path.join(directory, 'app.njk'),
		'<meta name="version" content="{{ inertiaVersion() }}">{{ inertia() }}',
	);
	const {agent, visit} = await createApp(t, {manifest: createManifest(), hotFile: false, views: directory}, ctx =>
		ctx.inertia.render('Home', {seen: ctx.inertia.version}),
	);
	const {headers, text} = await agent.get('/').expect(200);
	const meta = readElements(text).find(({name}) => name === 'meta');
	t.is(headers['x-inertia-version'], pinnedVersion);
	t.is(meta?.attributes.content, pinnedVersion);
	t.like(parsePage(text), {version: pinnedVersion, props: {seen: pinnedVersion}});

	const answer = await visit('/', pinnedVersion).expect(200);
	t.is(answer.headers['x-inertia-version'], pinnedVersion);
	t.like(answer.body, {version: pinnedVersion, props: {seen: pinnedVersion}});
});

test('a number is a version and meets the text that the client sends back', async t => {
	for (const [version, text] of [
		[42, '42'],
		[0, '0'],
		[-1.5, '-1.5'],
		[1e21, '1e+21'],
	] as const) {
		const {visit, assets} = await createApp(t, {version, hotFile: false});
		t.is(assets.version, text);
		const {body} = await visit('/', text).expect(200);
		t.is(body.version, text);
		await visit('/', `${text}0`).expect(409);
	}
});

test('a version of the application replaces the hash, and awkward characters arrive unharmed', async t => {
	const version = `"v1" <b>&'\\ ~ %0a;,`;
	const directory = await createDirectory(t);
	await writeFile(path.join(directory, 'app.njk'), '<meta content="{{ inertiaVersion() }}">{{ inertia() }}');
	const {agent, visit} = await createApp(t, {version, views: directory, manifest: createManifest(), hotFile: false});
	const {headers, text} = await agent.get('/').expect(200);
	t.is(headers['x-inertia-version'], version);
	t.is(readElements(text).find(({name}) => name === 'meta')?.attributes.content, version);
	t.like(parsePage(text), {version});
	await visit('/', version).expect(200);
});

for (const version of [
	NaN,
	Infinity,
	true,
	false,
	{},
	[],
	'\n',
	'a\r\nX-Evil: 1',
	'ä',
	'\u0000',
	' v1',
	'v1 ',
	Symbol('v'),
	1n,
]) {
	test(`\`version\` ${typeof version} ${JSON.stringify(String(version))} is refused at start`, t => {
		const create = () => createAssets({version: version as string, manifest: createManifest()});
		const error = t.throws(create, {instanceOf: VersionError, code: 'ERR_INERTIA_VERSION'});
		t.regex(error.message, /`version` must be a string .*, received ./);
	});
}

test('a version function is refused by `createAssets`, which has no request to give to it', t => {
	t.throws(() => createAssets({version: (() => 'v1') as unknown as string, manifest: createManifest()}), {
		instanceOf: VersionError,
	});
});

for (const manifest of [
	'http://',
	'https://:80/x',
	'file://host/manifest.json',
	'file:///%2Fmanifest.json',
	new URL('ftp://host/x'),
]) {
	test(`the address \`${manifest}\` of a manifest is refused at start`, t => {
		const error = t.throws(() => createAssets({manifest, hotFile: false}), {
			instanceOf: OptionError,
			code: 'ERR_INERTIA_OPTION',
		});
		t.regex(error.message, /`manifest`/);
	});
}
