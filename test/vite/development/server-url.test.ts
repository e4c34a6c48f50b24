import {once} from 'node:events';
import {createServer as createHttpServer} from 'node:http';
import {type AddressInfo, createServer as createTcpServer} from 'node:net';
import {hostname} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import type {KoaInertiaOptions} from 'koa-inertia/vite';
import type {InlineConfig} from 'vite';
import {createCertificate} from '../../helpers/certificate.ts';
import {createConfig, createProject, get, getPort, loadTools, readHot, startServer} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

type Server = InlineConfig['server'];

/** Takes a port of every address until the test ends. */
const takePort = async (t: ExecutionContext): Promise<number> => {
	const server = createTcpServer().listen(0);
	await once(server, 'listening');
	t.teardown(() => server.close());
	return (server.address() as AddressInfo).port;
};

for (const tools of await loadTools()) {
	const {version, vite, koaInertia} = tools;
	const title = `Vite ${version}`;
	/** Starts a dev server and fetches a module by the URL in its hot file. */
	const start = async (
		t: ExecutionContext,
		server: Server = {},
		{options, ...config}: InlineConfig & {options?: KoaInertiaOptions} = {},
	) => {
		const root = await createProject(t);
		const running = await startServer(t, tools, root, {
			config: {...config, server: server as NonNullable<Server>},
			options: {input: 'source/main.ts', ...options},
		});
		const {url} = (await readHot(root))!;
		return {root, running, url, port: getPort(running)};
	};
	const checkUrl = async (t: ExecutionContext, url: string): Promise<void> => {
		const {status, text} = await get(`${url}/source/main.ts`);
		t.is(status, 200);
		t.true(text.includes('logo'));
		t.is((await get(`${url}/@vite/client`)).status, 200);
	};

	const hosts: Array<[name: string, host: string | boolean | undefined, expected: string]> = [
		['no host', undefined, 'localhost'],
		['`host: true`', true, 'localhost'],
		['`0.0.0.0`', '0.0.0.0', 'localhost'],
		['`::`', '::', 'localhost'],
		['`127.0.0.1`', '127.0.0.1', '127.0.0.1'],
		['`::1`', '::1', '[::1]'],
		['`localhost`', 'localhost', 'localhost'],
	];
	for (const [name, host, expected] of hosts) {
		test(`${title}: with ${name} the hot file has the host \`${expected}\``, async t => {
			const {url, port} = await start(t, host === undefined ? {} : {host});
			t.is(url, `http://${expected}:${port}/build`);
			await checkUrl(t, url);
		});
	}

	test(`${title}: a host by name is in the hot file`, async t => {
		const name = hostname();
		const {url, port} = await start(t, {host: name, allowedHosts: [name]});
		t.is(url, `http://${name}:${port}/build`);
		await checkUrl(t, url);
		const cors = async (origin: string) =>
			(await get(`${url}/source/main.ts`, {origin})).headers.get('access-control-allow-origin');
		t.is(await cors(`http://${name}:3000`), `http://${name}:3000`);
		t.is(await cors(`http://${name}.evil.test`), null);
	});

	test(`${title}: when the port is taken the next one is in the hot file`, async t => {
		const port = await takePort(t);
		const {url, port: own} = await start(t, {port});
		t.true(own > port);
		t.is(url, `http://localhost:${own}/build`);
		await checkUrl(t, url);
	});

	test(`${title}: with \`strictPort\` and a taken port there is no hot file`, async t => {
		const port = await takePort(t);
		const root = await createProject(t);
		const server = {port, strictPort: true, host: '0.0.0.0'};
		await t.throwsAsync(startServer(t, tools, root, {config: {server}}), {message: /in use/});
		t.is(await readHot(root), undefined);
	});

	test(`${title}: with a certificate the hot file has \`https:\``, async t => {
		const {key, cert} = createCertificate();
		const {url, port} = await start(t, {https: {key, cert}});
		t.is(url, `https://localhost:${port}/build`);
		await checkUrl(t, url);
	});

	for (const slash of ['', '/']) {
		test(`${title}: \`server.origin\` ${slash ? 'with' : 'without'} a slash is taken as it is`, async t => {
			// A proxy in front of the dev server, as it has such an origin.
			let target = '';
			const proxy = createHttpServer(async (request, response) => {
				const {status, headers, text} = await get(target + request.url);
				response.writeHead(status, {'content-type': headers.get('content-type') ?? ''}).end(text);
			}).listen(0, '127.0.0.1');
			await once(proxy, 'listening');
			t.teardown(() => proxy.close());
			const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
			const {url, port} = await start(t, {origin: origin + slash});
			target = `http://localhost:${port}`;
			t.is(url, `${origin}/build`);
			await checkUrl(t, url);
			t.true((await get(`${url}/source/logo.png?import`)).text.includes(`"${origin}/build/source/logo.png"`));
		});
	}

	const bases: Array<[base: string, path: string]> = [
		['/', ''],
		['', ''],
		['./', ''],
		['/app/deep/', '/app/deep'],
		['/app', '/app'],
		['https://cdn.test/static/', '/static'],
		['https://cdn.test', ''],
	];
	test(`${title}: the \`base\` is in the hot file as far as the dev server has it`, async t => {
		for (const [base, expected] of bases) {
			const {url, port} = await start(t, {}, {base});
			t.is(url, `http://localhost:${port}${expected}`, base);
			await checkUrl(t, url);
			t.is((await get(`${url}/@koa-inertia/styles.css?entry=source/main.ts`)).text.trim(), ':root { --main: loaded; }');
			t.is((await get(`${url}/@koa-inertia/client.js`)).status, 200);
		}
	});

	test(`${title}: images have URLs of the dev server, also where they were transformed before it listened`, async t => {
		const root = await createProject(t);
		const server = await vite.createServer(createConfig(root, {plugins: [koaInertia({input: 'source/main.ts'})]}));
		t.teardown(() => server.close());
		const early = await server.environments.client.transformRequest('/source/logo.png');
		t.false(early!.code.includes('http:'));
		await server.listen();
		const {url} = (await readHot(root))!;
		t.true((await get(`${url}/source/logo.png?import`)).text.includes(`"${url}/source/logo.png"`));
	});

	test(`${title}: images have URLs of the dev server with \`server.warmup\``, async t => {
		const {url} = await start(t, {warmup: {clientFiles: ['source/main.ts', 'source/logo.png']}});
		await waitFor(async () => {
			const {text} = await get(`${url}/source/logo.png?import`);
			return text.includes(`"${url}/source/logo.png"`);
		});
		t.pass();
	});

	test(`${title}: documents of localhost may load modules, and those of other origins not`, async t => {
		const {url} = await start(
			t,
			{},
			{options: {applicationOrigin: ['https://garden.test/any/path', 'http://pond.test:8080']}},
		);
		const ask = async (origin: string) =>
			(await get(`${url}/source/main.ts`, {origin})).headers.get('access-control-allow-origin');
		const allowed = [
			'http://localhost:3000',
			'https://localhost',
			'http://127.0.0.1:80',
			'http://[::1]:3000',
			'http://app.localhost:3000',
			'https://garden.test',
			'http://pond.test:8080',
		];
		for (const origin of allowed) t.is(await ask(origin), origin);
		const refused = [
			'https://evil.test',
			'http://localhost.evil.test',
			'http://evil.test:3000',
			'https://garden.test.evil.test',
			'http://garden.test',
			'http://pond.test',
			'null',
		];
		for (const origin of refused) t.is(await ask(origin), null, origin);
	});

	test(`${title}: \`server.cors\` of the config stays`, async t => {
		const ask = async (cors: NonNullable<Server>['cors'], origin: string) => {
			const {url} = await start(t, {cors: cors!}, {options: {applicationOrigin: 'https://garden.test'}});
			return (await get(`${url}/source/main.ts`, {origin})).headers.get('access-control-allow-origin');
		};
		t.is(await ask({origin: 'https://own.test'}, 'https://garden.test'), 'https://own.test');
		t.is(await ask(false, 'http://localhost:3000'), null);
		t.is(await ask(true, 'https://evil.test'), '*');
	});

	test(`${title}: whoever opens the dev server itself is told where the application is`, async t => {
		const {port} = await start(t);
		const first = await get(`http://localhost:${port}/`, {accept: 'text/html'});
		t.is(first.headers.get('location'), '/build/');
		const {status, text} = await get(`http://localhost:${port}/build/`, {accept: 'text/html'});
		t.is(status, 404);
		t.regex(text, /The application itself is a server of its own/);
		t.notRegex((await get(`http://localhost:${port}/build/none.js`)).text, /server of its own/);
	});
}
