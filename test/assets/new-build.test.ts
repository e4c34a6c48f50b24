import {rename, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createBuild, createDirectory, createManifest, openBuild} from '../helpers/build.ts';
import {listUrls} from '../helpers/document.ts';
import {runModule} from '../helpers/run-module.ts';
import {takeSnapshot} from '../helpers/snapshot-tags.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {collectWarnings} from '../helpers/warnings.ts';

const rootView: InertiaOptions['rootView'] = (_page, _ctx, tags) => tags.vite('source/main.ts') + tags.inertia();
const versionOf = (manifest: Manifest): string => createAssets({manifest, hotFile: false}).version;
const [first, second] = [createManifest('a'), createManifest('b')];
const [firstVersion, secondVersion] = [versionOf(first), versionOf(second)];

/** Asks for documents until the app has the version, and gives the last one. */
const browseUntil = async ({agent}: RunningApp, version: string): Promise<string> => {
	let html = '';
	await waitFor(async () => {
		const {text, headers} = await agent.get('/').expect(200);
		html = text;
		return headers['x-inertia-version'] === version;
	});
	return html;
};

/** Asks for documents for some time; every one of them must be of the version. */
const browseFor = async ({agent}: RunningApp, milliseconds: number, version: string): Promise<void> => {
	const end = performance.now() + milliseconds;
	while (performance.now() < end) {
		await agent.get('/').expect(200).expect('X-Inertia-Version', version);
		await delay(20);
	}
};

test('a new build is taken over without a restart', async t => {
	const build = await createBuild(t, first);
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	await app.visit('/', firstVersion).expect(200);
	await build.deploy(second);
	const html = await browseUntil(app, secondVersion);
	t.deepEqual(listUrls(html), [
		'/assets/shared-b.css',
		'/assets/main-b.css',
		'/assets/shared-b.js',
		'/assets/main-b.js',
	]);
	await app.visit('/', firstVersion).expect(409).expect('X-Inertia-Version', secondVersion);
	await app.visit('/', secondVersion).expect(200);
	t.is(app.assets.version, secondVersion);
	t.deepEqual(app.assets.manifest, second);

	await build.deploy(first);
	await browseUntil(app, firstVersion);
	t.deepEqual(warnings, []);
	t.deepEqual(app.errors, []);
});

test('a roll-back that brings an old file back, with its old date, is taken over', async t => {
	const build = await createBuild(t, second);
	const old = `${build.manifest}.old`;
	await writeFile(old, JSON.stringify(first));
	await utimes(old, 1_000_000_000, 1_000_000_000);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	await build.writeFiles(first);
	await rename(old, build.manifest);
	await browseUntil(app, firstVersion);
	t.pass();
});

test('of a manifest in the making the last good build stays, with one warning, until it is whole', async t => {
	const build = await createBuild(t, first);
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	await build.writeFiles(second);
	const text = JSON.stringify(second, undefined, '\t');
	for (const part of [0.2, 0.5, 0.8]) {
		await writeFile(build.manifest, text.slice(0, text.length * part));
		await browseFor(app, 1300, firstVersion);
		await app.visit('/', firstVersion).expect(200);
	}

	t.like(warnings[0], {name: 'InertiaWarning', code: 'ERR_INERTIA_MANIFEST_SYNTAX'});
	t.true(warnings[0]?.message.startsWith(`The build \`${firstVersion}\` stays in service. `));
	t.is(warnings.length, 1, warnings.map(({message}) => message).join('\n'));

	await writeFile(build.manifest, text);
	await browseUntil(app, secondVersion);
	t.is(warnings.length, 1);

	await writeFile(build.manifest, '[]');
	await waitFor(async () => {
		await app.agent.get('/');
		return warnings.length === 2;
	});
	t.is(warnings[1]?.code, 'ERR_INERTIA_MANIFEST_SHAPE');
});

test('a build whose files come one by one is taken over with the last of them, after one warning', async t => {
	const build = await createBuild(t, first);
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	await build.writeManifest(JSON.stringify(second));
	await browseFor(app, 1300, firstVersion);
	t.is(warnings[0]?.code, 'ERR_INERTIA_MANIFEST_INCOMPLETE');
	t.regex(warnings[0]!.message, /names `assets\/[a-z]+-b\.[a-z]+`, which is not in `.+` yet/);

	for (const file of ['shared-b.js', 'shared-b.css', 'admin-b.js', 'logo-b.svg', 'main-b.js']) {
		await writeFile(path.join(build.directory, 'assets', file), '');
		if (file !== 'admin-b.js') await browseFor(app, 1100, firstVersion);
	}

	t.is(warnings.length, 1, warnings.map(({message}) => message).join('\n'));
	await writeFile(path.join(build.directory, 'assets/main-b.css'), '');
	await browseUntil(app, secondVersion);
	t.is(warnings.length, 1);
});

test('an emptied output directory leaves the last good build, and the next build is taken over', async t => {
	const build = await createBuild(t, first);
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	for (const [next, version, current] of [
		[first, firstVersion, firstVersion],
		[second, secondVersion, firstVersion],
	] as const) {
		warnings.length = 0;
		await rm(build.directory, {recursive: true});
		await browseFor(app, 2300, current);
		t.deepEqual(
			warnings.map(({code}) => code),
			['ERR_INERTIA_MANIFEST_MISSING'],
		);
		t.regex(warnings[0]!.message, /stays in service\. The Vite manifest `.+` is gone\./);
		await build.deploy(next);
		await browseUntil(app, version);
		await browseFor(app, 1300, version);
		t.is(warnings.length, 1);
	}
});

test('a switched symlink of the release directory is taken over, though both builds have one size and date', async t => {
	const root = await createDirectory(t);
	await openBuild(path.join(root, 'releases/1')).deploy(first);
	await openBuild(path.join(root, 'releases/2')).deploy(second);
	for (const release of ['1', '2']) await utimes(openBuild(path.join(root, 'releases', release)).manifest, 1, 1);
	const current = path.join(root, 'current');
	await symlink('releases/1', current);
	const warnings = collectWarnings(t, root);
	const app = await createApp(t, {manifest: openBuild(current).manifest, hotFile: false, rootView});
	for (const [release, version] of [
		['releases/2', secondVersion],
		['releases/1', firstVersion],
		['releases/2', secondVersion],
	] as const) {
		await symlink(release, `${current}.next`);
		await rename(`${current}.next`, current);
		await browseUntil(app, version);
	}

	await rm(path.join(root, 'releases/1'), {recursive: true});
	await browseFor(app, 1300, secondVersion);
	t.deepEqual(warnings, []);
});

test('a touched manifest with the same content changes nothing', async t => {
	const build = await createBuild(t, first);
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	const {text} = await app.agent.get('/');
	for (const date of [1_000_000_000, 2_000_000_000]) {
		await utimes(build.manifest, date, date);
		await browseFor(app, 1300, firstVersion);
	}

	await build.writeManifest(JSON.stringify(first));
	await browseFor(app, 1300, firstVersion);
	t.is((await app.agent.get('/')).text, text);
	t.deepEqual(warnings, []);
});

test('a build whose files are on a CDN only is taken over by its manifest alone', async t => {
	const build = await createBuild(t, null);
	await build.writeManifest(JSON.stringify(first));
	const warnings = collectWarnings(t, build.directory);
	const base = 'https://cdn.example.com/build';
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView, base});
	await build.writeManifest(JSON.stringify(second));
	const html = await browseUntil(app, createAssets({manifest: second, hotFile: false, base}).version);
	t.true(listUrls(html).includes('https://cdn.example.com/build/assets/main-b.js'));
	t.deepEqual(warnings, []);
});

test('files that come after the start count as local: the next build waits for its own', async t => {
	const build = await createBuild(t, null);
	await build.writeManifest(JSON.stringify(first));
	const warnings = collectWarnings(t, build.directory);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, rootView});
	await build.writeFiles(first);
	await browseFor(app, 1300, firstVersion);
	await build.writeManifest(JSON.stringify(second));
	await browseFor(app, 1300, firstVersion);
	t.is(warnings[0]?.code, 'ERR_INERTIA_MANIFEST_INCOMPLETE');
	await build.writeFiles(second);
	await browseUntil(app, secondVersion);
});

test('a manifest given as an object is never looked at again', async t => {
	const assets = createAssets({manifest: first, hotFile: false});
	const snapshot = await takeSnapshot(assets);
	await delay(1100);
	t.is(takeSnapshot(assets), snapshot);
	await t.notThrowsAsync(assets.ready());
});

test('a look that had no file descriptor left is made again', async t => {
	const build = await createBuild(t, first);
	const code = `
		import {closeSync, openSync, renameSync, writeFileSync} from 'node:fs';
		import {setTimeout as delay} from 'node:timers/promises';
		import {createAssets} from 'koa-inertia/assets';
		const [path, next] = ${JSON.stringify([build.manifest, JSON.stringify(second)])};
		const assets = createAssets({manifest: path, hotFile: false});
		writeFileSync(path + '.next', next);
		renameSync(path + '.next', path);
		const files = [];
		try {
			for (;;) files.push(openSync('/dev/null'));
		} catch {}
		await delay(1100);
		await assets.take();
		assets.version;
		await delay(200);
		const before = assets.version;
		for (const file of files) closeSync(file);
		for (let look = 0; look < 30; look += 1) {
			await delay(100);
			assets.version;
		}
		console.log(before, assets.version);
	`;
	await build.writeFiles(second);
	const {stdout} = await runModule(code, {cwd: build.directory, openFiles: 64});
	t.is(stdout.trim(), `${firstVersion} ${secondVersion}`);
});
