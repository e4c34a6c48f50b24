import {createHash} from 'node:crypto';
import {mkdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {type InertiaOptions, OptionError, type VersionFunction} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {ManifestMissingError} from 'koa-inertia/errors';
import {createApp} from '../../helpers/app.ts';
import {createBuild, createDirectory, createManifest} from '../../helpers/build.ts';
import {listUrls, parsePage, readElements} from '../../helpers/document.ts';
import {runModule} from '../../helpers/run-module.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const origin = 'http://localhost:5173';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const developmentVersion = hash(`dev:${origin}`);
const builtVersion = createAssets({manifest: createManifest(), hotFile: false}).version;
const rootView: InertiaOptions['rootView'] = (_page, _ctx, tags) =>
	`<meta content="${tags.inertiaVersion()}">${tags.vite('source/main.ts')}${tags.inertia()}`;

/** A build and a hot file beside it, which isn't there yet. */
const createProject = async (t: ExecutionContext) => {
	const build = await createBuild(t);
	const hotFile = path.join(await createDirectory(t), 'hot');
	return {build, hotFile, options: {manifest: build.manifest, hotFile, rootView} satisfies InertiaOptions};
};

test('while the dev server runs, documents load its client and the entry, and no visit is refused', async t => {
	const {hotFile, options} = await createProject(t);
	await writeFile(hotFile, origin);
	const app = await createApp(t, options);
	const {text, headers} = await app.agent.get('/').expect(200);
	t.is(headers['x-inertia-version'], developmentVersion);
	t.deepEqual(listUrls(text), [`${origin}/@vite/client`, `${origin}/source/main.ts`]);
	t.is(text.match(/<script type="module"/g)?.length, 2);
	t.is(readElements(text).find(({name}) => name === 'meta')?.attributes.content, developmentVersion);
	t.like(parsePage(text), {version: developmentVersion});
	t.is(app.assets.version, developmentVersion);
	t.is(app.assets.manifest, undefined);
	t.is(app.assets.url('source/logo.svg'), `${origin}/source/logo.svg`);

	for (const version of [builtVersion, 'whatever "<else>', developmentVersion, 'x'.repeat(64)]) {
		const {body} = await app.visit('/', version).expect(200).expect('X-Inertia-Version', version);
		t.is(body.version, version);
	}

	for (const version of [undefined, '', 'x'.repeat(65)]) {
		const {body} = await app.visit('/', version).expect(200).expect('X-Inertia-Version', '');
		t.is(body.version, '');
	}
});

test('a hot file that appears, changes and disappears is followed within about a second', async t => {
	const {hotFile, options} = await createProject(t);
	const app = await createApp(t, options);
	const follow = async (version: string): Promise<string[]> => {
		const started = performance.now();
		let urls: string[] = [];
		await waitFor(async () => {
			const {headers, text} = await app.agent.get('/').expect(200);
			urls = listUrls(text);
			return headers['x-inertia-version'] === version;
		});
		t.true(performance.now() - started < 2500);
		return urls;
	};

	t.is((await follow(builtVersion)).at(-1), '/assets/main-a.js');
	await writeFile(hotFile, origin);
	t.is((await follow(developmentVersion)).at(-1), `${origin}/source/main.ts`);
	await writeFile(hotFile, 'https://[::1]:3000/base');
	t.is((await follow(hash('dev:https://[::1]:3000/base'))).at(-1), 'https://[::1]:3000/base/source/main.ts');
	await rm(hotFile);
	t.is((await follow(builtVersion)).at(-1), '/assets/main-a.js');
	await app.visit('/', 'old').expect(409);
	await writeFile(hotFile, origin);
	await follow(developmentVersion);
	await app.visit('/', 'old').expect(200);
});

test('while a dev server runs its version is the same with a slash, a line end, white space or a mark in front', async t => {
	const {hotFile, options} = await createProject(t);
	for (const text of [
		origin,
		`${origin}/`,
		`${origin}//\n`,
		`${origin}\r\nmore\n`,
		`  ${origin}\t\n`,
		`\uFEFF${origin}`,
	]) {
		await writeFile(hotFile, text);
		const assets = createAssets({manifest: options.manifest, hotFile});
		t.is(assets.version, developmentVersion, JSON.stringify(text));
		t.is(assets.url('a.png'), `${origin}/a.png`);
	}
});

const noServers = [
	'',
	'\n',
	'garbage',
	'//localhost:5173',
	'localhost:5173',
	'5173',
	'ftp://localhost/',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'http://',
	'http://localhost:99999',
	'\u0000\u0001',
	`\n${origin}`,
];

for (const text of noServers) {
	test(`a hot file with ${JSON.stringify(text)} is no dev server`, async t => {
		const {hotFile, options} = await createProject(t);
		await writeFile(hotFile, text);
		t.is(createAssets({manifest: options.manifest, hotFile}).version, builtVersion);
		t.throws(() => createAssets({manifest: `${hotFile}/manifest.json`, hotFile}), {instanceOf: ManifestMissingError});
	});
}

test('a hot file that is a directory is no dev server', async t => {
	const {hotFile, options} = await createProject(t);
	await mkdir(hotFile);
	t.is(createAssets({manifest: options.manifest, hotFile}).version, builtVersion);
});

test('markup in a hot file stays inside of the attribute', async t => {
	const {hotFile, options} = await createProject(t);
	const hostile = `${origin}/"><script>alert(1)</script>`;
	await writeFile(hotFile, hostile);
	const {agent} = await createApp(t, options);
	const {text} = await agent.get('/').expect(200);
	t.deepEqual(listUrls(text), [`${hostile}/@vite/client`, `${hostile}/source/main.ts`]);
});

test('`vite()` without an entry says while the dev server runs what to write', async t => {
	const {hotFile} = await createProject(t);
	await writeFile(hotFile, origin);
	const assets = createAssets({manifest: `${hotFile}.none`, hotFile});
	t.throws(() => assets.tags(), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message: /vite\("source\/main/});
	t.regex(assets.tags('a.css', 'b.scss'), /stylesheet.*a\.css.*\n.*stylesheet.*b\.scss/);
});

test('the root template of the package works while the dev server runs', async t => {
	const {hotFile, build} = await createProject(t);
	await writeFile(hotFile, origin);
	const app = await createApp(t, {manifest: build.manifest, hotFile});
	const {text, status} = await app.agent.get('/');
	t.is(status, 200, String(app.errors[0]));
	t.true(listUrls(text).includes(`${origin}/source/main.ts`));
});

test('a hot file left behind is ignored when `app.env` is `production`', async t => {
	const {hotFile, options} = await createProject(t);
	await writeFile(hotFile, origin);
	const app = await createApp(t, options);
	app.app.env = 'production';
	const {text} = await app.agent.get('/').expect(200).expect('X-Inertia-Version', builtVersion);
	t.is(listUrls(text).at(-1), '/assets/main-a.js');
	await app.visit('/', developmentVersion).expect(409);
	await delay(1100);
	await app.visit('/', developmentVersion).expect(409);
	await app.visit('/', builtVersion).expect(200);
});

test('a hot file left behind is ignored when `NODE_ENV` is `production`, and a manifest is demanded', async t => {
	const {hotFile, options} = await createProject(t);
	await writeFile(hotFile, origin);
	const code = `
		import {createAssets} from 'koa-inertia/assets';
		const [manifest, hotFile] = ${JSON.stringify([options.manifest, hotFile])};
		console.log(createAssets({manifest, hotFile}).version);
		try {
			createAssets({manifest: manifest + '.none', hotFile});
		} catch (error) {
			console.log(error.code);
		}
	`;
	const run = (NODE_ENV: string) => runModule(code, {cwd: path.dirname(hotFile), env: {NODE_ENV}});
	t.is((await run('production')).stdout, `${builtVersion}\nERR_INERTIA_MANIFEST_MISSING\n`);
	t.is((await run('development')).stdout, `${developmentVersion}\n`);
});

test('`hotFile: false` knows no dev server, and `public/hot` is the default', async t => {
	const {options} = await createProject(t);
	const directory = await createDirectory(t);
	await mkdir(path.join(directory, 'public'));
	await writeFile(path.join(directory, 'public/hot'), origin);
	const code = `
		import {createAssets} from 'koa-inertia/assets';
		const manifest = ${JSON.stringify(options.manifest)};
		console.log(createAssets({manifest, hotFile: false}).version, createAssets({manifest}).version);
	`;
	const {stdout} = await runModule(code, {cwd: directory});
	t.is(stdout, `${builtVersion} ${developmentVersion}\n`);
});

test('a relative hot file stays where it was when the process changes its directory', async t => {
	const {options} = await createProject(t);
	const directory = await createDirectory(t);
	await writeFile(path.join(directory, 'hot'), origin);
	const code = `
		import {createAssets} from 'koa-inertia/assets';
		const assets = createAssets({manifest: ${JSON.stringify(options.manifest)}, hotFile: 'hot'});
		process.chdir('/');
		await new Promise(resolve => setTimeout(resolve, 1100));
		console.log(assets.version);
	`;
	t.is((await runModule(code, {cwd: directory})).stdout, `${developmentVersion}\n`);
});

const versions: Array<[name: string, version: InertiaOptions['version'], demanded: boolean, demandedAtPath: boolean]> =
	[
		['no version', undefined, true, true],
		['a string', 'v1', false, true],
		['a number', 1, false, true],
		['a function', (() => 'v1') satisfies VersionFunction, false, true],
		['`null`', null, false, false],
		['an empty string', '', false, false],
	];

for (const [name, version, demanded, demandedAtPath] of versions) {
	test(`with ${name} as \`version\` a manifest is ${demanded ? '' : 'not '}demanded`, async t => {
		const directory = await createDirectory(t);
		const manifest = path.join(directory, 'manifest.json');
		const start = (options: InertiaOptions) => createApp(t, {hotFile: false, version, ...options});
		const expected = {instanceOf: ManifestMissingError};
		await (demanded ? t.throwsAsync(start({}), expected) : t.notThrowsAsync(start({})));
		await (demandedAtPath ? t.throwsAsync(start({manifest}), expected) : t.notThrowsAsync(start({manifest})));
	});
}

test('without versioning no visit is refused, and a document without `vite()` needs no manifest', async t => {
	const plain: InertiaOptions['rootView'] = (_page, _ctx, tags) => `[${tags.inertiaVersion()}]${tags.inertia()}`;
	for (const version of [null, '']) {
		const app = await createApp(t, {version, hotFile: false, rootView: plain});
		const {text} = await app.agent.get('/').expect(200).expect('X-Inertia-Version', '');
		t.true(text.startsWith('[]'));
		t.like(parsePage(text), {version: ''});
		for (const claimed of [undefined, '', 'anything']) {
			const {body} = await app.visit('/', claimed).expect(200);
			t.is(body.version, '');
		}
	}
});
