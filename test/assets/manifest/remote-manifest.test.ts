import {once} from 'node:events';
import {createServer, type RequestListener, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {ManifestShapeError, ManifestSyntaxError, ManifestUnreadableError} from 'koa-inertia/errors';
import {createApp} from '../../helpers/app.ts';
import {createManifest} from '../../helpers/build.ts';
import {serve} from '../../helpers/serve.ts';
import {waitFor} from '../../helpers/wait-for.ts';
import {collectWarnings} from '../../helpers/warnings.ts';

const versionOf = (manifest: Manifest): string => createAssets({manifest, hotFile: false}).version;
const [first, second] = [createManifest('a'), createManifest('b')];
const [firstVersion, secondVersion] = [versionOf(first), versionOf(second)];
const unreadable = {instanceOf: ManifestUnreadableError, code: 'ERR_INERTIA_MANIFEST_UNREADABLE'} as const;

const answer =
	(status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
	(_request, response) => {
		response.writeHead(status, headers).end(body);
	};

/** A server of a manifest with an ETag, which counts how it answered. */
const serveManifest = async (t: Parameters<typeof serve>[0]) => {
	const state = {body: JSON.stringify(first), etag: '"a"', statuses: [] as number[], times: [] as number[], url: ''};
	state.url = await serve(t, ({headers}, response) => {
		const status = headers['if-none-match'] === state.etag ? 304 : 200;
		state.statuses.push(status);
		state.times.push(performance.now());
		response.writeHead(status, {ETag: state.etag}).end(status === 200 ? state.body : undefined);
	});
	return state;
};

const failures: Array<[name: string, listener: RequestListener, expected: object, message: RegExp]> = [
	['404', answer(404, 'not here'), unreadable, /the server answered 404 Not Found/],
	['500', answer(500), unreadable, /the server answered 500 Internal Server Error/],
	['204', answer(204), {instanceOf: ManifestSyntaxError, code: 'ERR_INERTIA_MANIFEST_SYNTAX'}, /it is empty/],
	['a page of HTML', answer(200, '<!doctype html>'), {instanceOf: ManifestSyntaxError}, /line 1, column 1/],
	['an array', answer(200, '[]'), {instanceOf: ManifestShapeError}, /found an array/],
	['a redirect to itself', answer(302, '', {Location: '/'}), unreadable, /redirect/],
	['a body that breaks off', answer(200, '{}', {'Content-Length': '9'}), unreadable, /can't be read/],
	['no answer', () => {}, unreadable, /timeout/],
	[
		'an answer that stops half-way',
		(_request, response) => response.write('{"source/main.ts": '),
		unreadable,
		/timeout/,
	],
	['a closed connection', ({socket}) => socket.destroy(), unreadable, /ECONNRESET|other side closed/],
];

for (const [name, listener, expected, message] of failures) {
	test(`\`ready()\` rejects when the server of the manifest gives ${name}`, async t => {
		const url = await serve(t, listener);
		const started = performance.now();
		const error = await t.throwsAsync(createAssets({manifest: url, hotFile: false}).ready(), expected);
		t.true(performance.now() - started < 8000);
		t.true(error.message.includes(`\`${url}/\``), error.message);
		t.regex(error.message, message);
	});
}

test('a refused connection is named as such, with its cause', async t => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	const assets = createAssets({manifest: `http://127.0.0.1:${port}/manifest.json`, hotFile: false});
	const error = await t.throwsAsync(assets.ready(), unreadable);
	t.regex(error.message, /ECONNREFUSED/);
	t.truthy(error.cause);
});

test('a password in the address is kept out of messages', async t => {
	const manifest = 'http://reader:secret@127.0.0.1:1/manifest.json';
	const error = await t.throwsAsync(async () => createAssets({manifest, hotFile: false}).ready());
	t.notRegex(error.message, /secret/);
});

for (const [address, credentials] of [
	['reader:secret@', 'reader:secret'],
	['reader:100%@', 'reader:100%'],
	['r%C3%A4der:a%3Ab%40c@', 'räder:a:b@c'],
	['reader@', 'reader:'],
	[':token@', ':token'],
] as const) {
	test(`the credentials of \`${address}\` are sent with the request for the manifest`, async t => {
		const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
		const url = await serve(t, (request, response) => {
			const isAllowed = request.headers.authorization === expected;
			answer(isAllowed ? 200 : 401, JSON.stringify(first))(request, response);
		});
		const assets = createAssets({manifest: url.replace('//', `//${address}`), hotFile: false});
		await assets.ready();
		t.is(assets.version, firstVersion);
	});
}

test('a redirect to the manifest is followed', async t => {
	const {url} = await serveManifest(t);
	const redirecting = await serve(t, answer(302, '', {Location: url}));
	const assets = createAssets({manifest: redirecting, hotFile: false});
	await assets.ready();
	t.is(assets.version, firstVersion);
});

test('the manifest is fetched at start, before any request', async t => {
	const server = await serveManifest(t);
	createAssets({manifest: server.url, hotFile: false});
	await t.notThrowsAsync(waitFor(() => server.statuses.length === 1, 3000));
});

test('before the first answer `version` and `tags()` throw, and several `ready()` share one request', async t => {
	const server = await serveManifest(t);
	const assets = createAssets({manifest: server.url, hotFile: false});
	t.throws(() => assets.version, {...unreadable, message: /not fetched yet.*`assets\.ready\(\)`/});
	t.throws(() => assets.tags(), unreadable);
	await Promise.all([assets.ready(), assets.ready(), assets.ready()]);
	t.is(assets.version, firstVersion);
	t.deepEqual(server.statuses, [200]);
});

test('requests that come before the first answer wait for it', async t => {
	const held: ServerResponse[] = [];
	const url = await serve(t, (_request, response) => held.push(response));
	const app = await createApp(t, {manifest: url, hotFile: false});
	const document = app.agent.get('/').then(({status, text}) => ({status, text}));
	const visit = app.visit('/', 'old').then(({status, headers}) => ({status, headers}));
	await waitFor(() => held.length > 0);
	for (const response of held) response.end(JSON.stringify(first));
	const {status, text} = await document;
	t.is(status, 200);
	t.regex(text, /main-a\.js/);
	t.like(await visit, {status: 409, headers: {'x-inertia-version': firstVersion}});
	t.is(held.length, 1);
});

test('while the server of the manifest is down, visits are answered, documents fail, and both recover', async t => {
	let status = 503;
	const url = await serve(t, (request, response) => answer(status, JSON.stringify(first))(request, response));
	const app = await createApp(t, {manifest: url, hotFile: false});
	await app.agent.get('/').expect(500);
	t.like(app.errors[0], {code: 'ERR_INERTIA_MANIFEST_UNREADABLE'});
	const {body} = await app.visit('/', 'mine').expect(200).expect('X-Inertia-Version', 'mine');
	t.is(body.version, 'mine');
	status = 200;
	await waitFor(async () => (await app.agent.get('/')).status === 200);
	await app.visit('/', 'mine').expect(409);
});

test('an unchanged manifest is answered by 304, a new ETag is taken over', async t => {
	const server = await serveManifest(t);
	const warnings = collectWarnings(t, server.url);
	const app = await createApp(t, {manifest: server.url, hotFile: false});
	await waitFor(async () => {
		await app.visit('/', firstVersion).expect(200);
		return server.statuses.length === 3;
	});
	t.deepEqual(server.statuses, [200, 304, 304]);
	Object.assign(server, {body: JSON.stringify(second), etag: 'W/"b"'});
	await waitFor(async () => (await app.visit('/', firstVersion)).status === 409);
	const {text} = await app.agent.get('/').expect('X-Inertia-Version', secondVersion);
	t.regex(text, /main-b\.js/);
	t.deepEqual(server.statuses.slice(3), [200]);
	t.deepEqual(warnings, []);
});

test('of a broken manifest the last good one stays, with one warning, until it is whole under the same ETag', async t => {
	const server = await serveManifest(t);
	const warnings = collectWarnings(t, server.url);
	const app = await createApp(t, {manifest: server.url, hotFile: false});
	await app.agent.get('/').expect('X-Inertia-Version', firstVersion);
	Object.assign(server, {body: JSON.stringify(second).slice(0, 50), etag: '"b"'});
	await waitFor(async () => {
		await app.agent.get('/').expect('X-Inertia-Version', firstVersion);
		return server.statuses.length === 4;
	});
	t.deepEqual(server.statuses, [200, 200, 200, 200]);
	t.deepEqual(
		warnings.map(({code}) => code),
		['ERR_INERTIA_MANIFEST_SYNTAX'],
	);
	server.body = JSON.stringify(second);
	await waitFor(async () => (await app.agent.get('/')).headers['x-inertia-version'] === secondVersion);
	t.is(warnings.length, 1);
	t.deepEqual(app.errors, []);
});

test('under traffic the server of the manifest is asked at most once a second', async t => {
	const server = await serveManifest(t);
	const started = performance.now();
	const app = await createApp(t, {manifest: server.url, hotFile: false});
	let requests = 0;
	await waitFor(async () => {
		const answers = await Promise.all(Array.from({length: 10}, () => fetch(app.url)));
		requests += answers.length;
		await Promise.all(answers.map(response => response.text()));
		return server.times.length === 4;
	});
	t.true(requests > 30, `${requests} requests`);
	for (const [index, time] of server.times.entries()) {
		t.true(time - started >= index * 1000, `request ${index} of the manifest after ${time - started} ms`);
	}
});

test('a server of the manifest that stops answering holds up no request for long', async t => {
	const server = await serveManifest(t);
	let hangs = false;
	const url = await serve(t, (_request, response) => {
		if (!hangs) response.writeHead(302, {Location: server.url}).end();
	});
	const app = await createApp(t, {manifest: url, hotFile: false});
	await app.agent.get('/').expect(200);
	hangs = true;
	await delay(5200);
	for (const limit of [2000, 500, 500]) {
		const started = performance.now();
		await app.agent.get('/').expect(200).expect('X-Inertia-Version', firstVersion);
		t.true(performance.now() - started < limit);
	}
});

test('a server of the manifest that never answered holds up only the first requests', async t => {
	const url = await serve(t, () => {});
	const app = await createApp(t, {manifest: url, hotFile: false});
	await app.visit('/', 'mine').expect(200);
	for (let request = 0; request < 2; request += 1) {
		await delay(1100);
		const started = performance.now();
		await app.visit('/', 'mine').expect(200).expect('X-Inertia-Version', 'mine');
		t.true(performance.now() - started < 2000);
	}
});
