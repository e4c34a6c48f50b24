import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {rm, writeFile} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import {hostname} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {HotFileError} from 'koa-inertia/errors';
import {createApp, type RunningApp} from '../../helpers/app.ts';
import {createBuild, createDirectory, createManifest} from '../../helpers/build.ts';
import {listUrls} from '../../helpers/document.ts';
import {runModule} from '../../helpers/run-module.ts';
import {waitFor} from '../../helpers/wait-for.ts';
import {collectWarnings} from '../../helpers/warnings.ts';

const rootView: InertiaOptions['rootView'] = (_page, _ctx, tags) => tags.vite('source/main.ts') + tags.inertia();

const details = (own: object = {}): string =>
	JSON.stringify({
		processId: process.pid,
		hostname: hostname(),
		startedAt: 1,
		root: '/project',
		input: ['source/main.ts'],
		...own,
	});

/** The number of a process that has ended. */
const getDeadProcess = async (): Promise<number> => {
	const child = spawn(process.execPath, ['--version'], {stdio: 'ignore'});
	await once(child, 'close');
	return child.pid!;
};

/** A port where somebody listens, until it is closed. */
const openPort = async (t: ExecutionContext, port = 0) => {
	const server = createServer(socket => socket.destroy()).listen(port, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const {port: own} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${own}/build`,
		port: own,
		close: () => new Promise<void>(resolve => server.close(() => resolve())),
	};
};

const start = async (t: ExecutionContext, text: string, {environment = 'development'} = {}) => {
	const build = await createBuild(t);
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, text);
	const warnings = collectWarnings(t, hotFile.split(path.sep).at(-2)!);
	const app = await createApp(t, {manifest: build.manifest, hotFile, rootView});
	app.app.env = environment;
	return {app, build, hotFile, warnings, shown: path.relative('', hotFile)};
};

const getPage = ({agent}: RunningApp) => agent.get('/').set('Accept', 'text/html');

test('after a dev server was killed, a document says so with its file, its URL and what to do', async t => {
	const url = 'http://localhost:59999/build';
	const {app, build, warnings, shown} = await start(t, `${url}\n${details({processId: await getDeadProcess()})}\n`);
	const {text} = await getPage(app).expect(500).expect('Content-Type', /html/);
	for (const part of [shown, url, 'npx vite', 'delete the file', 'its process has ended']) {
		t.true(text.includes(part), `${part} in ${text}`);
	}

	t.is(app.errors.length, 1);
	t.true(app.errors[0] instanceof HotFileError);
	t.like(app.errors[0], {code: 'ERR_INERTIA_HOT_FILE'});
	await getPage(app).expect(500);
	// A new build is news, and the dev server is gone as before.
	await build.deploy(createManifest('b'));
	await delay(1100);
	await getPage(app).expect(500);
	await delay(100);
	await waitFor(() => warnings.length > 0);
	t.deepEqual(
		warnings.map(({code}) => code),
		['ERR_INERTIA_HOT_FILE'],
	);
	t.is(app.errors.length, 3);
});

test('while a hot file is stale, visits are answered, and none is refused', async t => {
	const text = `http://localhost:59999\n${details({processId: await getDeadProcess()})}\n`;
	const {app} = await start(t, text);
	for (const version of ['old', undefined]) {
		const {body} = await app.visit('/', version).expect(200);
		t.is(body.component, 'Home');
	}

	t.deepEqual(app.errors, []);
});

test('a port that is closed is noticed while the process runs, and its opening too', async t => {
	const server = await openPort(t);
	const {app, warnings} = await start(t, `${server.url}\n${details()}\n`);
	await delay(1100);
	await getPage(app).expect(200);
	await server.close();
	await delay(1100);
	const {text} = await getPage(app).expect(500);
	t.regex(text, /nothing listens there any more/);
	t.true(text.includes(server.url));
	await openPort(t, server.port);
	await delay(1100);
	await getPage(app).expect(200);
	t.is(warnings.length, 1);
});

test('the document after the dev server came back is as before', async t => {
	const dead = `http://localhost:59999\n${details({processId: await getDeadProcess()})}\n`;
	const {app, hotFile, warnings} = await start(t, dead);
	await getPage(app).expect(500);
	const server = await openPort(t);
	await writeFile(hotFile, `${server.url}\n${details()}\n`);
	await delay(1100);
	const {text} = await getPage(app).expect(200);
	t.true(listUrls(text).includes(`${server.url}/source/main.ts`));

	await writeFile(hotFile, dead);
	await delay(1100);
	await getPage(app).expect(500);
	t.is(warnings.length, 2);
	await rm(hotFile);
	await delay(1100);
	t.deepEqual(listUrls((await getPage(app).expect(200)).text).at(-1), '/assets/main-a.js');
});

test('a stale hot file is not looked at when `app.env` is `production`', async t => {
	const server = await openPort(t);
	const {app, warnings} = await start(t, `${server.url}\n${details()}\n`, {environment: 'production'});
	await server.close();
	await getPage(app).expect(200);
	await delay(1100);
	t.is(listUrls((await getPage(app).expect(200)).text).at(-1), '/assets/main-a.js');
	await delay(700);
	t.deepEqual(warnings, []);
	t.deepEqual(app.errors, []);
});

test('a stale hot file is not looked at when `NODE_ENV` is `production`', async t => {
	const build = await createBuild(t);
	const directory = await createDirectory(t);
	const hotFile = path.join(directory, 'hot');
	await writeFile(hotFile, `http://localhost:59999\n${details({processId: await getDeadProcess()})}\n`);
	const code = `
		import {createAssets} from 'koa-inertia/assets';
		const assets = createAssets(${JSON.stringify({manifest: build.manifest, hotFile})});
		console.log(assets.tags('source/main.ts').includes('/assets/main-a.js'));
	`;
	const {stdout, stderr} = await runModule(code, {cwd: directory, env: {NODE_ENV: 'production'}});
	t.is(stdout, 'true\n');
	t.is(stderr, '');
});

const trusted: Array<[name: string, second: string]> = [
	['of another machine or container', details({hostname: 'another', processId: 2 ** 22 + 1})],
	['of another tool, with the URL alone', ''],
	['of another tool, with a line of its own', 'anything'],
];
for (const [name, second] of trusted) {
	test(`a hot file ${name} is taken as it is`, async t => {
		const server = await openPort(t);
		await server.close();
		const {app, warnings} = await start(t, `${server.url}\n${second}\n`);
		await delay(1100);
		const {text} = await getPage(app).expect(200);
		t.true(listUrls(text).includes(`${server.url}/source/main.ts`));
		t.deepEqual(warnings, []);
	});
}

test('a host that has no address here is taken as it is', async t => {
	const {app, warnings} = await start(t, `http://vite.invalid:5173\n${details()}\n`);
	await delay(1100);
	const {text} = await getPage(app).expect(200);
	t.true(listUrls(text).includes('http://vite.invalid:5173/source/main.ts'));
	t.deepEqual(warnings, []);
});

const hostile: Array<[name: string, second: string]> = [
	...[0, -1, 1e99, 2 ** 53, 1.5, '1', null, {}, true].map((processId): [string, string] => [
		`the process ${JSON.stringify(processId)}`,
		details({processId}),
	]),
	['the process Infinity', details().replace(/"processId":\d+/, '"processId":1e999')],
	['the last safe number', details({processId: Number.MAX_SAFE_INTEGER})],
	['a host that is no text', details({hostname: 1})],
	['an input that is no list', details({input: 'source/main.ts'})],
	['an input of numbers', details({input: [1]})],
	['a list', '[1]'],
	['a number', '1'],
	['`null`', 'null'],
	['half of it', details().slice(0, 20)],
	['a prototype', '{"__proto__": {"processId": 1}}'],
	['a megabyte', JSON.stringify('x'.repeat(1_000_000))],
];
for (const [name, second] of hostile) {
	test(`a hot file whose second line has ${name} is no crash`, async t => {
		const hotFile = path.join(await createDirectory(t), 'hot');
		await writeFile(hotFile, `http://localhost:59999/build\n${second}\n`);
		const assets = createAssets({manifest: `${hotFile}.none`, hotFile});
		t.true(listUrls(assets.tags('source/main.ts')).includes('http://localhost:59999/build/source/main.ts'));
	});
}
