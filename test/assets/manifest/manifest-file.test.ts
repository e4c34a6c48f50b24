import {mkdir, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {InertiaError, type RootView} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {ManifestError, ManifestMissingError, ManifestUnreadableError} from 'koa-inertia/errors';
import {createApp} from '../../helpers/app.ts';
import {createBuild, createDirectory, createManifest} from '../../helpers/build.ts';
import {runModule} from '../../helpers/run-module.ts';
import {takeSnapshot} from '../../helpers/snapshot-tags.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const missing = {instanceOf: ManifestMissingError, code: 'ERR_INERTIA_MANIFEST_MISSING'} as const;
const unreadable = {instanceOf: ManifestUnreadableError, code: 'ERR_INERTIA_MANIFEST_UNREADABLE'} as const;

const createFrom = (manifest: string) => () => createAssets({manifest, hotFile: false});

test('a missing manifest names the absolute path, the build command and the setting of Vite', async t => {
	const {manifest} = await createBuild(t, null);
	const error = t.throws(createFrom(path.relative(process.cwd(), manifest)), missing);
	t.true(error instanceof ManifestError && error instanceof InertiaError);
	t.is(error.name, 'ManifestMissingError');
	for (const part of [`\`${manifest}\``, '`npx vite build`', '`build.manifest: true`', '`manifest`', 'no dev server']) {
		t.true(error.message.includes(part), `${part} is not in: ${error.message}`);
	}
});

test('without the option `manifest` the error names all four places', t => {
	const error = t.throws(() => createAssets({hotFile: false}), missing);
	const positions = [
		'public/build/.vite/manifest.json',
		'public/build/manifest.json',
		'dist/.vite/manifest.json',
		'dist/manifest.json',
	].map(place => error.message.indexOf(`\`${path.resolve(place)}\``));
	t.false(positions.includes(-1), error.message);
	t.deepEqual(
		positions,
		positions.toSorted((one, other) => one - other),
	);
});

test('a manifest below a file instead of a directory is missing', async t => {
	const {manifest} = await createBuild(t);
	t.throws(createFrom(path.join(manifest, 'manifest.json')), missing);
});

test('a directory in place of the manifest is not readable, and the path and the reason are told', async t => {
	const {directory} = await createBuild(t);
	const error = t.throws(createFrom(directory), unreadable);
	t.true(error.message.includes(`\`${directory}\``));
	t.regex(error.message, /EISDIR/);
	t.like(error.cause, {code: 'EISDIR'});
});

test('without a manifest and after the dev server, documents fail with the reason and visits are answered', async t => {
	const build = await createBuild(t, null);
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, 'http://localhost:5173');
	const rootView: RootView = (_page, _ctx, tags) => tags.inertia();
	const app = await createApp(t, {manifest: build.manifest, hotFile, rootView});
	await app.agent.get('/').expect(200);
	await rename(hotFile, `${hotFile}.gone`);
	await waitFor(async () => (await app.agent.get('/')).status === 500);

	const document = await app.agent.get('/');
	t.is(document.status, 500);
	t.is(document.text, 'Internal Server Error');
	const error = app.errors.at(-1);
	t.true(error instanceof ManifestMissingError, String(error));
	t.true((error as Error).message.includes(`\`${build.manifest}\``));
	t.throws(() => app.assets.version, missing);
	await t.throwsAsync(app.assets.ready(), missing);

	for (const version of [undefined, 'old', 'new']) {
		const {status, body, headers} = await app.visit('/', version);
		t.is(status, 200);
		t.is(body.version, version ?? '');
		t.is(headers['x-inertia-version'], version ?? '');
	}

	await build.deploy(createManifest());
	await waitFor(async () => (await app.agent.get('/')).status === 200);
	await app.visit('/', 'old').expect(409);
});

test('a broken manifest does not end the start while the dev server runs', async t => {
	const build = await createBuild(t, null);
	await build.writeManifest('{');
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, 'http://localhost:5173');
	const assets = createAssets({manifest: build.manifest, hotFile});
	t.is((await takeSnapshot(assets)).kind, 'development');
	await t.notThrowsAsync(assets.ready());
});

test('of the default places the first that exists counts, and a broken one there is not passed over', async t => {
	const directory = await createDirectory(t);
	const code = `
		import {createAssets} from 'koa-inertia/assets';
		try {
			console.log(createAssets().url('a.ts'));
		} catch (error) {
			console.log(error.code, error.message);
		}
	`;
	const outcomes: string[] = [];
	const places = ['dist', 'dist/.vite', 'public/build', 'public/build/.vite'];
	for (const place of places) {
		const file = path.join(directory, place, 'manifest.json');
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, JSON.stringify({'a.ts': {file: `${place}.js`}}));
		outcomes.push((await runModule(code, {cwd: directory})).stdout.trim());
	}

	t.deepEqual(outcomes, ['/dist.js', '/dist/.vite.js', '/build/public/build.js', '/build/public/build/.vite.js']);

	const first = path.join(directory, 'public/build/.vite/manifest.json');
	await writeFile(first, '{');
	const {stdout} = await runModule(code, {cwd: directory});
	t.regex(stdout, /^ERR_INERTIA_MANIFEST_SYNTAX /);
	t.true(stdout.includes(`\`${first}\``));
});

test('a manifest that is not under `public/build` itself is served from `/`', async t => {
	const root = path.join(await createDirectory(t), 'public/build/workspace');
	for (const [place, url] of [
		['dist/.vite', '/a.js'],
		['public/build', '/build/a.js'],
		['site/public/build/.vite', '/build/a.js'],
		['public/builds', '/a.js'],
		['notpublic/build', '/a.js'],
	] as const) {
		const manifest = path.join(root, place, 'manifest.json');
		await mkdir(path.dirname(manifest), {recursive: true});
		await writeFile(manifest, JSON.stringify({'a.ts': {file: 'a.js'}}));
		t.is(createFrom(manifest)().url('a.ts'), url, place);
	}
});
