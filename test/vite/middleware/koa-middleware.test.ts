import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {createServer as createHttpServer, type Server} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {type AddressInfo, connect} from 'node:net';
import {hostname, networkInterfaces} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import type {ViteMiddleware} from 'koa-inertia/vite';
import mount from 'koa-mount';
import {createLogger, type InlineConfig} from 'vite';
import {createCertificate} from '../../helpers/certificate.ts';
import {listUrls} from '../../helpers/document.ts';
import {listHotFiles, writeFiles} from '../../helpers/files.ts';
import {linkPackages, startModule, startProcess} from '../../helpers/vite-process.ts';
import {
	connectSocket,
	createConfig,
	createProject,
	get,
	type HotSocket,
	loadTools,
	plainFiles,
	readHot,
	readToken,
	toOwnHotFile,
} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const isConnected = ({messages}: HotSocket): boolean => messages.some(({type}) => type === 'connected');

/** Addresses of this machine by which it is another one to itself. */
const otherHosts = Object.values(networkInterfaces())
	.flatMap(addresses => addresses ?? [])
	.filter(({internal, address}) => !internal && !address.startsWith('fe80:'))
	.map(({family, address}) => (family === 'IPv6' ? `[${address}]` : address));

/** Where there is no such address, its connections only claim to come from one. */
const pretendOther = (server: Server): string[] => {
	server.on('connection', socket => Object.defineProperty(socket, 'remoteAddress', {value: '192.0.2.1'}));
	return ['localhost'];
};

const echo: Koa.Middleware = async (ctx, next) => {
	if (ctx.method !== 'POST') return next();
	ctx.body = `received ${(await ctx.req.setEncoding('utf8').toArray()).join('')}`;
};

const listen = async (t: ExecutionContext, server: Server, port = 0): Promise<number> => {
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		server.close();
		server.closeAllConnections();
	});
	return (server.address() as AddressInfo).port;
};

for (const tools of await loadTools()) {
	const {version, koaInertia, viteMiddleware} = tools;
	const title = `Vite ${version}`;
	const createMiddleware = async (
		t: ExecutionContext,
		root: string,
		{plugins = [], ...config}: InlineConfig = {},
		options = {},
	): Promise<ViteMiddleware> => {
		const own = koaInertia({input: 'source/main.ts', ...options});
		// Without a port: there is none.
		const {server, ...rest} = createConfig(root, {...config, plugins: [own, plugins]});
		const middleware = await viteMiddleware({...rest, ...(config.server && {server: config.server})});
		t.teardown(() => middleware.close());
		return middleware;
	};
	const createApp = (root: string, ...middleware: Koa.Middleware[]): Koa => {
		const app = new Koa();
		app.silent = true;
		for (const each of middleware) app.use(each);
		app.use(
			inertia({
				manifest: path.join(root, 'public/build/.vite/manifest.json'),
				hotFile: path.join(root, 'public/hot'),
				rootView: (_page, _ctx, tags) => tags.vite() + tags.inertia(),
			}),
		);
		app.use(ctx => {
			if (ctx.path === '/') return ctx.inertia.render('Home');
			if (!ctx.path.startsWith('/build/')) ctx.body = `application ${ctx.method} ${ctx.url}`;
			return undefined;
		});
		return app;
	};
	const start = async (t: ExecutionContext, config: InlineConfig = {}, options = {}) => {
		const root = await createProject(t);
		const middleware = await createMiddleware(t, root, config, options);
		const server = createHttpServer(createApp(root, middleware).callback());
		const port = await listen(t, server);
		return {root, middleware, server, url: `http://127.0.0.1:${port}`};
	};

	test(`${title}: one port serves the document and everything that it loads`, async t => {
		const {url, root} = await start(t);
		const hot = (await readHot(root, toOwnHotFile()))!;
		t.is(hot.url, '/build');
		const {status, text} = await get(`${url}/`);
		t.is(status, 200);
		const urls = listUrls(text);
		t.deepEqual(urls, [
			'/build/@koa-inertia/styles.css?entry=source%2Fmain.ts',
			'/build/@vite/client',
			'/build/source/main.ts',
			'/build/@koa-inertia/client.js',
		]);
		for (const each of urls) t.is((await get(url + each)).status, 200, each);
		const module = await get(`${url}/build/source/main.ts`);
		t.regex(module.headers.get('content-type')!, /javascript/);
		t.true(module.text.includes('"/build/source/main.css"'));
		t.is((await get(`${url}/build/source/logo.png`)).text, 'no image');
		t.regex((await get(`${url}${urls[0]}`)).text, /--main/);
		t.false(existsSync(path.join(root, 'public/build')));
	});

	test(`${title}: routes of the application are its own`, async t => {
		const {url, root} = await start(t);
		await writeFiles(root, {'index.html': 'no page', '.env': 'A=1'});
		for (const route of [
			'/package.json',
			'/source/main.ts',
			'/@vite/client',
			'/index.html',
			'/.env',
			'/build',
			'/builds/',
		]) {
			const {status, text} = await get(url + route);
			t.is(status, 200);
			t.is(text, `application GET ${route}`);
		}

		const {status, headers} = await get(`${url}/build/none.js`);
		t.is(status, 404);
		t.is(headers.get('content-type'), 'text/plain; charset=utf-8');
	});

	test(`${title}: with \`/\` as base the documents are the application's still`, async t => {
		const {url} = await start(t, {}, {buildDirectory: ''});
		t.deepEqual(listUrls((await get(`${url}/`)).text).slice(1, 3), ['/@vite/client', '/source/main.ts']);
		t.is((await get(`${url}/source/main.ts`)).status, 200);
		t.is((await get(`${url}/users`)).text, 'application GET /users');
	});

	test(`${title}: with \`/\` as base the application has its requests and responses as without Vite`, async t => {
		const root = await createProject(t);
		const middleware = await createMiddleware(t, root, {server: {headers: {'x-vite': '1'}}}, {buildDirectory: ''});
		const before: Koa.Middleware = (ctx, next) => {
			ctx.set({'x-before': 'one', 'set-cookie': ['a=1', 'b=2']});
			return next();
		};
		const listener = createApp(root, before, middleware, echo).callback();
		const url = `http://127.0.0.1:${await listen(t, createHttpServer(listener))}`;
		const headers = {origin: 'http://localhost:9', 'access-control-request-method': 'PUT'};
		for (const [method, text] of [
			['GET', 'application GET /users'],
			['OPTIONS', 'application OPTIONS /users'],
			['POST', 'received body'],
		] as const) {
			const answer = await fetch(`${url}/users`, {method, headers, ...(method === 'POST' && {body: 'body'})});
			t.is(answer.status, 200);
			t.is(await answer.text(), text);
			t.is(answer.headers.get('x-before'), 'one');
			t.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2']);
			t.notRegex(answer.headers.get('vary') ?? '', /origin/i);
			t.deepEqual(
				[...answer.headers.keys()].filter(name => name.startsWith('access-control-') || name === 'x-vite'),
				[],
			);
		}

		t.is(await (await fetch(`${url}/source/main.ts`, {method: 'POST', body: 'form'})).text(), 'received form');
		const module = await fetch(`${url}/source/main.ts`, {headers});
		t.is(module.headers.get('access-control-allow-origin'), 'http://localhost:9');
		t.is(module.headers.get('x-vite'), '1');
	});

	test(`${title}: nothing of Vite goes to another machine without \`server.host\`, and the first request is reported`, async t => {
		const start = async (host?: string | boolean) => {
			const root = await createProject(t);
			const customLogger = createLogger('warn');
			const warnings: string[] = [];
			customLogger.warn = text => void warnings.push(text);
			customLogger.warnOnce = customLogger.warn;
			const middleware = await createMiddleware(t, root, {customLogger, ...(host !== undefined && {server: {host}})});
			const server = createHttpServer(createApp(root, middleware).callback()).listen(0);
			await once(server, 'listening');
			t.teardown(() => {
				server.close();
				server.closeAllConnections();
			});
			const {port} = server.address() as AddressInfo;
			const hosts = otherHosts.length > 0 ? otherHosts : pretendOther(server);
			return {warnings, own: `http://localhost:${port}`, others: hosts.map(each => `http://${each}:${port}`)};
		};
		const paths = ['source/main.ts', '@vite/client', '@koa-inertia/styles.css?entry=source/main.ts', 'source/logo.png'];
		for (const host of [undefined, false, 'localhost', '127.0.0.1', '::1']) {
			const {own, others, warnings} = await start(host);
			const token = await readToken(`${own}/build`);
			t.deepEqual(warnings, []);
			for (const other of others) {
				for (const each of paths) {
					const {status, text} = await get(`${other}/build/${each}`);
					t.is(status, 404, `${other} ${each}`);
					t.is(text, 'Not Found');
				}

				t.is(await connectSocket(t, `${other}/build/`, {token}), undefined);
				t.is(await connectSocket(t, `${other}/build/`, {protocol: 'vite-ping'}), undefined);
				t.is((await get(`${other}/`)).status, 200);
				t.is((await get(`${other}/users`)).text, 'application GET /users');
			}

			t.is(warnings.length, 1);
			t.regex(warnings[0]!, /`server\.host: true`/);
			if (otherHosts.length === 0) continue;
			for (const each of paths) t.is((await get(`${own}/build/${each}`)).status, 200);
			t.truthy(await connectSocket(t, `${own}/build/`, {token}));
		}

		const {others, warnings} = await start(true);
		for (const other of others) {
			for (const each of paths) t.is((await get(`${other}/build/${each}`)).status, 200);
			t.truthy(await connectSocket(t, `${other}/build/`, {token: await readToken(`${other}/build`)}));
		}

		t.deepEqual(warnings, []);
	});

	test(`${title}: a request for another protocol is answered as without it`, async t => {
		const root = await createProject(t);
		const server = createHttpServer(createApp(root, await createMiddleware(t, root), echo).callback());
		const port = await listen(t, server);
		await get(`http://127.0.0.1:${port}/`);
		const h2c = 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
		const webSocket =
			'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
		for (const upgrade of ['', h2c, webSocket]) {
			for (const isKept of [true, false]) {
				const connection = `Connection: ${isKept ? 'keep-alive' : 'close'}${upgrade && ', Upgrade, HTTP2-Settings'}`;
				const socket = connect(port, '127.0.0.1').setEncoding('utf8');
				let text = '';
				socket.on('data', data => {
					text += data;
				});
				const ended = once(socket, 'end');
				const head = (line: string): string => `${line} HTTP/1.1\r\nHost: localhost\r\n${connection}\r\n${upgrade}`;
				socket.write(`${head('POST /users')}Content-Length: 8\r\n\r\nbo`);
				await delay(50);
				// The rest of the body comes later.
				socket.write('dy=one');
				await waitFor(() => text.includes('received body=one'));
				t.regex(text, /^HTTP\/1\.1 200 OK\r\n/);
				t.is(/\r\nConnection: close\r\n/i.test(text), !isKept);
				if (isKept) {
					text = '';
					socket.write(`${head('GET /chat')}\r\n`);
					await waitFor(() => text.includes('application GET /chat'));
					t.regex(text, /^HTTP\/1\.1 200 OK\r\n/);
					socket.end();
				}

				await ended;
			}
		}
	});

	test(`${title}: hot updates come through the server that the application listens with`, async t => {
		const {url, root} = await start(t);
		const token = await readToken(`${url}/build`);
		const socket = (await connectSocket(t, `${url}/build/`, {token}))!;
		await waitFor(() => isConnected(socket));
		await get(`${url}/build/source/main.ts`);
		await get(`${url}/build/source/name.ts`);
		await writeFiles(root, {'source/name.ts': "export const name = 'changed';\n"});
		await waitFor(() => socket.messages.some(({type}) => type === 'full-reload' || type === 'update'));
		t.is(await connectSocket(t, `${url}/build/`, {token: 'wrong'}), undefined);
		// Vite's client asks the address of the document: nothing in it names another port.
		const {text} = await get(`${url}/build/@vite/client`);
		t.notRegex(text, /24678/);
	});

	test(`${title}: the client finds the application again after a restart, before any other request`, async t => {
		const {url, root, middleware, server} = await start(t);
		const socket = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(socket));
		await middleware.close();
		server.close();
		server.closeAllConnections();
		await waitFor(() => socket.isClosed());
		t.is(await connectSocket(t, `${url}/build/`, {protocol: 'vite-ping'}), undefined);

		const next = createHttpServer(createApp(root, await createMiddleware(t, root)).callback());
		await listen(t, next, Number(new URL(url).port));
		// As Vite's client does: it asks until it gets an answer, and then loads the document anew.
		await waitFor(async () => (await connectSocket(t, `${url}/build/`, {protocol: 'vite-ping'})) !== undefined);
		const again = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(again));
		t.pass();
	});

	test(`${title}: WebSockets of the application are its own`, async t => {
		const {url, server} = await start(t);
		await get(`${url}/`);
		const asked: string[] = [];
		t.is(await connectSocket(t, `${url}/chat`, {protocol: 'chat'}), undefined);
		server.on('upgrade', (request, socket) => {
			if (request.url?.startsWith('/build/')) return;
			asked.push(request.url!);
			socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
		});
		t.truthy(await connectSocket(t, `${url}/chat`, {protocol: 'chat'}));
		const socket = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(socket));
		t.deepEqual(asked, ['/chat?token=']);
	});

	test(`${title}: URLs that a middleware before rewrites are served by what the browser has asked for`, async t => {
		const root = await createProject(t);
		const vite = await createMiddleware(t, root);
		const rewrite: Koa.Middleware = (ctx, next) => {
			ctx.url = `/rewritten${ctx.url}`;
			return next();
		};
		const url = `http://127.0.0.1:${await listen(t, createHttpServer(createApp(root, rewrite, vite).callback()))}`;
		t.is((await get(`${url}/build/source/main.ts`)).status, 200);
		t.is((await get(`${url}/build/@koa-inertia/client.js`)).status, 200);
		t.is((await get(`${url}/users?a=1`)).text, 'application GET /rewritten/users?a=1');
		t.is((await get(`${url}/build/none.js`)).text, 'application GET /rewritten/build/none.js');

		const outer = new Koa();
		outer.use(mount('/admin', createApp(root, await createMiddleware(t, root, {base: '/admin/build/'}))));
		const mounted = `http://127.0.0.1:${await listen(t, createHttpServer(outer.callback()))}`;
		t.is((await get(`${mounted}/admin/build/source/main.ts`)).status, 200);
		t.is((await get(`${mounted}/admin/users`)).text, 'application GET /users');
	});

	test(`${title}: an HTTPS server serves modules and hot updates`, async t => {
		const root = await createProject(t);
		const middleware = await createMiddleware(t, root);
		const {key, cert} = createCertificate();
		const port = await listen(t, createHttpsServer({key, cert}, createApp(root, middleware).callback()));
		const url = `https://127.0.0.1:${port}`;
		t.true(listUrls((await get(`${url}/`)).text).includes('/build/source/main.ts'));
		const socket = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(socket));
		const {status, text} = await get(`${url}/users`, {connection: 'Upgrade', upgrade: 'h2c'});
		t.is(status, 200);
		t.is(text, 'application GET /users');
	});

	test(`${title}: a module that can't be transformed is a 500 and shown in the browser, and the next one works`, async t => {
		const {url, root} = await start(t);
		await writeFiles(root, {'source/broken.ts': 'export const = 1;\n'});
		const socket = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(socket));
		t.is((await get(`${url}/build/source/broken.ts`)).status, 500);
		await waitFor(() => socket.messages.some(({type}) => type === 'error'));
		t.is((await get(`${url}/build/source/main.ts`)).status, 200);
		t.is((await get(`${url}/`)).status, 200);
	});

	test(`${title}: the name of the application has to be known, as for any dev server of Vite`, async t => {
		const module = '/build/source/main.ts';
		const unknown = await start(t);
		t.is((await get(unknown.url + module, {host: 'garden.test'})).status, 403);
		const applicationOrigin = 'https://garden.test';
		for (const server of [{}, {allowedHosts: ['pond.test']}]) {
			const known = await start(t, {server}, {applicationOrigin});
			t.is((await get(known.url + module, {host: 'garden.test'})).status, 200);
			t.is((await get(known.url + module, {host: 'evil.test'})).status, 403);
			t.is((await get(known.url + module, {host: 'pond.test'})).status, server.allowedHosts ? 200 : 403);
		}

		const any = await start(t, {server: {allowedHosts: true}}, {applicationOrigin});
		t.is((await get(any.url + module, {host: 'evil.test'})).status, 200);
	});

	test(`${title}: \`close()\` removes the hot file and what listens at the server, and ends the WebSocket`, async t => {
		const {url, root, middleware, server} = await start(t);
		const socket = (await connectSocket(t, `${url}/build/`, {token: await readToken(`${url}/build`)}))!;
		await waitFor(() => isConnected(socket));
		t.is(server.listenerCount('upgrade'), 1);
		await middleware.close();
		t.deepEqual(listHotFiles(root), []);
		t.is(server.listenerCount('upgrade'), 0);
		await waitFor(() => socket.isClosed());
		t.is((await get(`${url}/build/source/main.ts`)).status, 404);
		t.is((await get(`${url}/users`)).text, 'application GET /users');
		t.is(server.listenerCount('upgrade'), 0);
	});

	test(`${title}: a restart of Vite keeps the hot file, and serves with the new config`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'vite.config.js': "export default {base: '/one/', cacheDir: '.cache'};\n",
		});
		const own = koaInertia({input: 'source/main.ts'});
		const middleware = await viteMiddleware({root, logLevel: 'silent', plugins: [own]});
		t.teardown(() => middleware.close());
		const url = `http://127.0.0.1:${await listen(t, createHttpServer(createApp(root, middleware).callback()))}`;
		t.is((await get(`${url}/one/source/main.ts`)).status, 200);
		await middleware.server.restart();
		t.is((await readHot(root, toOwnHotFile()))!.url, '/one');
		await writeFiles(root, {'vite.config.js': "export default {base: '/two/', cacheDir: '.cache'};\n"});
		await waitFor(async () => (await readHot(root, toOwnHotFile()))?.url === '/two', 20_000);
		await waitFor(async () => (await get(`${url}/two/source/main.ts`)).text.includes('/two/source/main.css'), 20_000);
		const socket = (await connectSocket(t, `${url}/two/`, {token: await readToken(`${url}/two`)}))!;
		await waitFor(() => isConnected(socket));
		await middleware.close();
		t.deepEqual(listHotFiles(root), []);
	});

	test(`${title}: a config without the plugin is refused, and its dev server ended`, async t => {
		const root = await createProject(t, {...plainFiles, 'vite.config.js': "export default {cacheDir: '.cache'};\n"});
		const message = /needs `koaInertia\(\)`.*vite\.config\.js/;
		await t.throwsAsync(viteMiddleware({root, logLevel: 'silent'}), {code: 'ERR_INERTIA_OPTION', message});
		await t.throwsAsync(viteMiddleware({root, configFile: false, logLevel: 'silent'}), {
			code: 'ERR_INERTIA_OPTION',
			message: /no config file/,
		});
		t.deepEqual(listHotFiles(root), []);
	});

	test(`${title}: the hot file of an application that ends by a signal is removed`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'vite.config.js': `import {koaInertia} from 'koa-inertia/vite';
export default {cacheDir: '.cache', server: {cors: true}, plugins: [koaInertia({input: 'source/main.ts'})]};
`,
		});
		linkPackages(root, tools);
		const code = `
			import Koa from 'koa';
			import {viteMiddleware} from 'koa-inertia/vite';
			const app = new Koa();
			app.use(await viteMiddleware());
			const server = app.listen(0, () => console.log('ready'));
		`;
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			const running = startModule(t, root, code);
			await running.waitForText('ready');
			t.is((await readHot(root, toOwnHotFile(running.child.pid)))!.processId, running.child.pid);
			running.child.kill(signal);
			t.deepEqual(await running.ended, {code: null, signal});
			t.deepEqual(listHotFiles(root), []);
			t.notRegex(running.output(), /deprecated/);
		}

		const ofTests = startModule(t, root, code, {VITEST: 'true'});
		await ofTests.waitForText('ready');
		t.deepEqual(listHotFiles(root), []);
	});

	test(`${title}: the dev server of another application is none of this one's, and one that was killed leaves nothing`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'vite.config.js': `import {koaInertia} from 'koa-inertia/vite';
export default {cacheDir: '.cache', plugins: [koaInertia({input: 'source/main.ts'})]};
`,
		});
		linkPackages(root, tools);
		const code = `
			import Koa from 'koa';
			import {viteMiddleware} from 'koa-inertia/vite';
			const app = new Koa();
			app.use(await viteMiddleware());
			const server = app.listen(0, () => console.log('ready'));
		`;
		const other = startModule(t, root, code);
		await other.waitForText('ready');
		const options = {hotFile: path.join(root, 'public/hot'), manifest: path.join(root, 'none.json')};
		t.throws(() => inertia(options), {code: 'ERR_INERTIA_MANIFEST_MISSING'});
		other.child.kill('SIGKILL');
		await other.ended;
		t.deepEqual(listHotFiles(root), [`hot.${other.child.pid}`]);
		const middleware = await createMiddleware(t, root);
		t.deepEqual(listHotFiles(root), [`hot.${process.pid}`]);
		t.notThrows(() => inertia(options));
		await middleware.close();
		t.deepEqual(listHotFiles(root), []);
	});

	test(`${title}: what an earlier process with the same number left is neither believed nor kept`, async t => {
		const root = await createProject(t);
		const details = {processId: process.pid, hostname: hostname(), startedAt: 1, root, input: ['source/main.ts']};
		const leave = (url: string) => writeFiles(root, {[toOwnHotFile()]: `${url}\n${JSON.stringify(details)}\n`});
		const options = {hotFile: path.join(root, 'public/hot'), manifest: path.join(root, 'none.json')};
		for (const url of ['/build', 'https://garden.test/build']) {
			await leave(url);
			t.throws(() => inertia(options), {code: 'ERR_INERTIA_MANIFEST_MISSING'});
			const middleware = await createMiddleware(t, root);
			t.not((await readHot(root, toOwnHotFile()))!.startedAt, 1);
			t.notThrows(() => inertia(options));
			await middleware.close();
			t.deepEqual(listHotFiles(root), []);
		}

		await leave('/build');
		const config = {
			server: {middlewareMode: true, ws: false} as const,
			plugins: [koaInertia({input: 'source/main.ts'})],
		};
		const server = await tools.vite.createServer(createConfig(root, config));
		t.teardown(() => server.close());
		t.deepEqual(listHotFiles(root), []);
	});

	const application = (given = '') => `
		import Koa from 'koa';
		import {viteMiddleware} from 'koa-inertia/vite';
		const app = new Koa();
		app.use(await viteMiddleware(${given}));
		const server = app.listen(0, () => console.log('ready'));
	`;
	const configWith = (directory: string) => `import {koaInertia} from 'koa-inertia/vite';
export default {cacheDir: ${directory} + '/.cache', plugins: [koaInertia({input: 'source/main.ts'})]};
`;

	test(`${title}: only under \`node --watch\` the config runs as a module, and one that can't says what to write`, async t => {
		const root = await createProject(t, {...plainFiles, 'vite.config.js': configWith('__dirname')});
		linkPackages(root, tools);
		const watched = {WATCH_REPORT_DEPENDENCIES: '1'};
		await startModule(t, root, application()).waitForText('ready');
		await startModule(t, root, application("{configLoader: 'bundle'}"), watched).waitForText('ready');
		const failing = startModule(t, root, application(), watched);
		t.is((await failing.ended).code, 1);
		t.regex(failing.output(), /ERR_INERTIA_OPTION/);
		t.regex(failing.output(), /under `node --watch`: __dirname is not defined.*`import\.meta\.dirname`/);

		await writeFiles(root, {'vite.config.js': configWith('import.meta.dirname')});
		for (const env of [{}, watched]) await startModule(t, root, application(), env).waitForText('ready');
	});

	test(`${title}: \`node --watch\` starts the application once, and again when one of its files changes`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'vite.config.js': configWith('import.meta.dirname'),
			'server.js': application(),
		});
		linkPackages(root, tools);
		const running = startProcess(t, root, ['--watch', 'server.js']);
		// The process that it watches too.
		t.teardown(() => process.kill(-running.child.pid!, 'SIGKILL'));
		const count = (): number => running.output().split('ready').length - 1;
		await waitFor(() => count() > 0, 30_000);
		await delay(2000);
		t.is(count(), 1, running.output());
		await writeFiles(root, {'server.js': `${application()}\n`});
		await waitFor(() => count() > 1, 30_000);
	});

	test(`${title}: Vite in middleware mode without \`viteMiddleware()\` writes no hot file`, async t => {
		const root = await createProject(t);
		const server = await tools.vite.createServer(
			createConfig(root, {
				server: {middlewareMode: true, ws: false},
				plugins: [koaInertia({input: 'source/main.ts'})],
			}),
		);
		t.teardown(() => server.close());
		t.deepEqual(listHotFiles(root), []);
	});
}
