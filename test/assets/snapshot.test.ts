import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {createApp} from '../helpers/app.ts';
import {createBuild, createDirectory, createManifest} from '../helpers/build.ts';
import {listUrls, parsePage, readElements} from '../helpers/document.ts';
import {listSnapshotTags, takeSnapshot} from '../helpers/snapshot-tags.ts';
import {waitFor} from '../helpers/wait-for.ts';

const template =
	'<meta content="{{ inertiaVersion() }}">{{ vite("source/main.ts") }}<img src="{{ viteAsset("source/logo.svg") }}">{% inertia %}';
const versionOf = (manifest: Manifest): string => createAssets({manifest, hotFile: false}).version;
const [first, second] = [createManifest('a'), createManifest('b')];
const [firstVersion, secondVersion] = [versionOf(first), versionOf(second)];
const urlsOf = (label: string): string[] => [
	`/assets/shared-${label}.css`,
	`/assets/main-${label}.css`,
	`/assets/shared-${label}.js`,
	`/assets/main-${label}.js`,
	`/assets/logo-${label}.svg`,
];
/** Longer than a server may be idle before it looks ahead of a request. */
const idle = 5200;

const createViews = async (t: Parameters<typeof createDirectory>[0]): Promise<string> => {
	const views = await createDirectory(t);
	await writeFile(path.join(views, 'app.njk'), template);
	return views;
};

test('a request in flight while the build is switched stays with one build throughout', async t => {
	const build = await createBuild(t, first);
	let open = () => {};
	const gate = new Promise<void>(resolve => {
		open = resolve;
	});
	let waiting = 0;
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, views: await createViews(t)}, async ctx => {
		if (ctx.path === '/slow') {
			waiting += 1;
			await gate;
		}

		await ctx.inertia.render('Home', {
			version: ctx.inertia.version,
			late: async () => {
				await delay(1);
				return ctx.inertia.version;
			},
		});
	});

	const document = app.agent.get('/slow').then(answer => answer);
	const visit = app.visit('/slow', firstVersion).then(answer => answer);
	await waitFor(() => waiting === 2);
	await build.deploy(second);
	await waitFor(async () => {
		await app.agent.get('/');
		return app.assets.version === secondVersion;
	});
	open();

	const {text, headers} = await document;
	const props = {version: firstVersion, late: firstVersion};
	t.is(headers['x-inertia-version'], firstVersion);
	t.is(readElements(text).find(({name}) => name === 'meta')?.attributes.content, firstVersion);
	t.deepEqual(listUrls(text), urlsOf('a'));
	t.like(parsePage(text), {version: firstVersion, props});
	const answer = await visit;
	t.is(answer.headers['x-inertia-version'], firstVersion);
	t.like(answer.body, {version: firstVersion, props});

	const next = await app.agent.get('/');
	t.is(next.headers['x-inertia-version'], secondVersion);
	t.deepEqual(listUrls(next.text), urlsOf('b'));
	t.like(parsePage(next.text), {version: secondVersion, props: {version: secondVersion, late: secondVersion}});
});

test('after an idle time the very next document names the files of the new build', async t => {
	const build = await createBuild(t, first);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false, views: await createViews(t)});
	await app.agent.get('/').expect('X-Inertia-Version', firstVersion);
	await build.deploy(second);
	await delay(idle);
	const {text, headers} = await app.agent.get('/');
	t.is(headers['x-inertia-version'], secondVersion);
	t.deepEqual(listUrls(text), urlsOf('b'));
});

test('after an idle time the very next visit of an old client is refused', async t => {
	const build = await createBuild(t, first);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false});
	await build.deploy(second);
	await delay(idle);
	const {status, headers} = await app.visit('/', firstVersion);
	t.is(status, 409);
	t.is(headers['x-inertia-version'], secondVersion);
});

test('after an idle time every request of a burst gets the new build, not the first alone', async t => {
	const build = await createBuild(t, first);
	const app = await createApp(t, {manifest: build.manifest, hotFile: false});
	await build.deploy(second);
	await delay(idle);
	const answers = await Promise.all(Array.from({length: 8}, () => fetch(app.url)));
	t.deepEqual(
		answers.map(({headers}) => headers.get('x-inertia-version')),
		answers.map(() => secondVersion),
	);
});

test('under traffic a request does not wait for a look', async t => {
	const build = await createBuild(t, first);
	const assets = createAssets({manifest: build.manifest, hotFile: false});
	await delay(1100);
	t.false(takeSnapshot(assets) instanceof Promise);
	t.is(assets.version, firstVersion);
});

test('a snapshot that was taken never changes', async t => {
	const build = await createBuild(t, first);
	const assets = createAssets({manifest: build.manifest, hotFile: false});
	const snapshot = await takeSnapshot(assets);
	await build.deploy(second);
	await waitFor(() => assets.version === secondVersion);
	t.is(snapshot.version, firstVersion);
	const list = (...entries: string[]): string => listSnapshotTags(snapshot, {entries, key: entries.join(' ')}).render();
	t.regex(list(), /main-a\.js/);
	t.notRegex(list('source/admin.ts'), /-b\./);
	t.is(snapshot.url('source/logo.svg'), '/assets/logo-a.svg');
	t.regex(assets.tags('source/admin.ts'), /admin-b\.js/);
});

test('the version of the application stays while the tags follow the builds', async t => {
	const build = await createBuild(t, first);
	const app = await createApp(t, {
		version: 'v1',
		manifest: build.manifest,
		hotFile: false,
		views: await createViews(t),
	});
	await build.deploy(second);
	await waitFor(async () => listUrls((await app.agent.get('/')).text).includes('/assets/main-b.js'));
	const {text, headers} = await app.agent.get('/');
	t.is(headers['x-inertia-version'], 'v1');
	t.deepEqual(listUrls(text), urlsOf('b'));
	await app.visit('/', 'v1').expect(200);
});
