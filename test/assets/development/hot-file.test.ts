import {createHash} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {createApp} from '../../helpers/app.ts';
import {createBuild, createDirectory} from '../../helpers/build.ts';
import {listUrls, readElements} from '../../helpers/document.ts';
import {runModule} from '../../helpers/run-module.ts';

const url = 'http://localhost:5173/build';
const rootView: InertiaOptions['rootView'] = (_page, _ctx, tags) => tags.vite() + tags.inertia();
// Of another machine, so that nothing has to run here.
/** What a hot file of this process says of it. */
const ownProcess = {
	processId: process.pid,
	hostname: hostname(),
	startedAt: Math.round(performance.timeOrigin),
};

const createText = (own: object = {}): string =>
	`${url}\n${JSON.stringify({processId: 1, hostname: `not ${hostname()}`, startedAt: 1, root: '/project', input: ['source/main.ts'], ...own})}\n`;

const createHotFile = async (t: ExecutionContext, text = createText()): Promise<string> => {
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, text);
	return hotFile;
};

test('without a build, `vite()` without names loads the entries that the hot file has', async t => {
	const input = ['source/main.ts', 'source/print.css', 'source/admin.ts'];
	const hotFile = await createHotFile(t, createText({input}));
	const app = await createApp(t, {manifest: `${hotFile}.none`, hotFile, rootView});
	const {text} = await app.agent.get('/').expect(200);
	t.deepEqual(listUrls(text), [
		`${url}/source/print.css`,
		`${url}/@koa-inertia/styles.css?entry=source%2Fmain.ts&entry=source%2Fadmin.ts`,
		`${url}/@vite/client`,
		`${url}/source/main.ts`,
		`${url}/source/admin.ts`,
		`${url}/@koa-inertia/client.js`,
	]);
});

test('the entries of the hot file count before those of the last build', async t => {
	const {manifest} = await createBuild(t);
	const hotFile = await createHotFile(t, createText({input: ['source/new.ts']}));
	const urls = listUrls(createAssets({manifest, hotFile}).tags());
	t.true(urls.includes(`${url}/source/new.ts`));
	t.false(urls.some(each => each.includes('source/main.ts')));
});

test('styles come before the scripts, and what removes them after', async t => {
	const hotFile = await createHotFile(t, createText({hasReactRefresh: true}));
	const tags = readElements(createAssets({manifest: `${hotFile}.none`, hotFile}).tags()).filter(({name}) =>
		['link', 'script'].includes(name),
	);
	t.deepEqual(
		tags.map(({attributes: {href, src}, text}) => href ?? src ?? text.slice(0, 27)),
		[
			`${url}/@koa-inertia/styles.css?entry=source%2Fmain.ts`,
			'import{injectIntoGlobalHook',
			`${url}/@vite/client`,
			`${url}/source/main.ts`,
			`${url}/@koa-inertia/client.js`,
		],
	);
	t.is(tags[0]!.attributes['data-koa-inertia'], 'styles');
	t.is(tags[0]!.attributes.rel, 'stylesheet');
});

test('with the hot file of another tool nothing is asked for that only the plugin serves', async t => {
	const hotFile = await createHotFile(t, url);
	const urls = listUrls(createAssets({manifest: `${hotFile}.none`, hotFile}).tags('source/main.ts'));
	t.deepEqual(urls, [`${url}/@vite/client`, `${url}/source/main.ts`]);
});

test('a dev server inside of the application has a path as URL', async t => {
	for (const [line, prefix] of [
		['/build', '/build'],
		['/', ''],
	] as const) {
		const hotFile = await createHotFile(t, createText(ownProcess).replace(url, line));
		const urls = listUrls(createAssets({manifest: `${hotFile}.none`, hotFile}).tags());
		t.true(urls.includes(`${prefix}/source/main.ts`), String(urls));
	}

	// Left behind by a process that had the same number, or one on another machine.
	for (const other of [{processId: 1}, {startedAt: 1}, {hostname: 'another'}]) {
		const hotFile = await createHotFile(t, createText({...ownProcess, ...other}).replace(url, '/build'));
		t.throws(() => createAssets({manifest: `${hotFile}.none`, hotFile}), {code: 'ERR_INERTIA_MANIFEST_MISSING'});
	}

	// Also where only this process writes, and with a whole URL, which `server.origin` of Vite makes.
	for (const line of ['/build', url]) {
		const own = await createHotFile(t, '');
		const options = {manifest: `${own}.none`, hotFile: own};
		await writeFile(`${own}.${process.pid}`, createText({...ownProcess, startedAt: 1}).replace(url, line));
		t.throws(() => createAssets(options), {code: 'ERR_INERTIA_MANIFEST_MISSING'});
		await writeFile(`${own}.${process.pid}`, createText(ownProcess).replace(url, line));
		t.notThrows(() => createAssets(options));
	}

	for (const line of ['//evil.test', 'build', 'javascript:alert(1)']) {
		const hotFile = await createHotFile(t, createText(ownProcess).replace(url, line));
		t.throws(() => createAssets({manifest: `${hotFile}.none`, hotFile}), {code: 'ERR_INERTIA_MANIFEST_MISSING'});
	}
});

test('beside a build without any entry, a hot file of another tool serves what a template names', async t => {
	const {manifest} = await createBuild(t, {'_shared.js': {file: 'shared.js'}});
	const assets = createAssets({manifest, hotFile: await createHotFile(t, url)});
	t.true(listUrls(assets.tags('source/main.ts')).includes(`${url}/source/main.ts`));
	t.throws(() => assets.tags(), {code: 'ERR_INERTIA_MANIFEST_ENTRY'});
});

test('an entry that is no file is an error with the nearest, and not a blank page', async t => {
	const root = await createDirectory(t);
	await mkdir(path.join(root, 'source'));
	await writeFile(path.join(root, 'source/other.ts'), '');
	const hotFile = await createHotFile(t, createText({...ownProcess, root}));
	const assets = createAssets({manifest: `${hotFile}.none`, hotFile});
	t.throws(() => assets.tags('source/mian.ts'), {
		code: 'ERR_INERTIA_MANIFEST_ENTRY',
		message: /`source\/mian\.ts` is no file .* Did you mean `source\/main\.ts`\?/,
	});
	// Any file may be loaded, and what a plugin makes up; of another machine's files nothing is known.
	for (const entry of ['source/main.ts', 'source/other.ts', 'virtual:entry']) t.notThrows(() => assets.tags(entry));
	await writeFile(hotFile, createText({root}));
	const elsewhere = createAssets({manifest: `${hotFile}.none`, hotFile});
	t.notThrows(() => elsewhere.tags('source/mian.ts'));
});

test('an entry outside of the root goes by its absolute path', async t => {
	const hotFile = await createHotFile(t, createText({input: ['../shared/main.ts']}));
	const urls = listUrls(createAssets({manifest: `${hotFile}.none`, hotFile}).tags());
	t.true(urls.includes(`${url}/@fs/shared/main.ts`), String(urls));
});

test('the version is of the URL alone, and no visit is refused', async t => {
	const expected = createHash('sha256').update(`dev:${url}`).digest('hex').slice(0, 16);
	const {manifest} = await createBuild(t);
	for (const own of [{}, {processId: 2}, {input: ['other.ts']}, {hasReactRefresh: true}]) {
		const hotFile = await createHotFile(t, createText(own));
		const app = await createApp(t, {manifest, hotFile, rootView});
		const {headers} = await app.agent.get('/').expect(200);
		t.is(headers['x-inertia-version'], expected);
		for (const version of [expected, 'old', createAssets({manifest, hotFile: false}).version]) {
			await app.visit('/', version).expect(200);
		}
	}
});

const places: Array<[manifest: string, hotFile: string, isFound: boolean]> = [
	['public/build/.vite/manifest.json', 'public/hot', true],
	['www/build/.vite/manifest.json', 'www/hot', true],
	['www/assets/app/.vite/manifest.json', 'www/hot', true],
	['www/assets/app/.vite/manifest.json', 'www/assets/hot', true],
	['www/build/assets.json', 'www/hot', true],
	['www/.vite/manifest.json', 'hot', true],
	['www/.vite/manifest.json', 'www/hot', true],
	['www/build/.vite/manifest.json', 'public/hot', true],
	['www/build/.vite/manifest.json', 'elsewhere/hot', false],
	['www/build/.vite/manifest.json', 'www/build/.vite/hot', false],
];
for (const [manifest, hotFile, isFound] of places) {
	test(`beside the manifest \`${manifest}\` the hot file \`${hotFile}\` is ${isFound ? '' : 'not '}found`, async t => {
		const directory = await createDirectory(t);
		await mkdir(path.dirname(path.join(directory, hotFile)), {recursive: true});
		await writeFile(path.join(directory, hotFile), createText());
		const code = `
			import {createAssets} from 'koa-inertia/assets';
			try {
				console.log(createAssets({manifest: ${JSON.stringify(manifest)}}).tags().includes(${JSON.stringify(url)}));
			} catch (error) {
				console.log(error.code);
			}
		`;
		const {stdout} = await runModule(code, {cwd: directory});
		t.is(stdout, isFound ? 'true\n' : 'ERR_INERTIA_MANIFEST_MISSING\n');
	});
}

test('the hot file is found from any working directory, as far up as the directory of the project', async t => {
	const directory = await createDirectory(t);
	const elsewhere = await createDirectory(t);
	await mkdir(path.join(elsewhere, 'project/www'), {recursive: true});
	await writeFile(path.join(elsewhere, 'project/package.json'), '{}');
	const run = () =>
		runModule(
			`import {createAssets} from 'koa-inertia/assets';
			createAssets({manifest: ${JSON.stringify(path.join(elsewhere, 'project/www/assets/app/.vite/manifest.json'))}});
			console.log('found');`,
			{cwd: directory},
		);
	await writeFile(path.join(elsewhere, 'hot'), createText());
	t.regex((await run()).stderr, /ERR_INERTIA_MANIFEST_MISSING/);
	await writeFile(path.join(elsewhere, 'project/www/hot'), createText());
	t.is((await run()).stdout, 'found\n');
});
