import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {cpSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {request as requestHttp} from 'node:http';
import {request as requestHttps} from 'node:https';
import {createRequire} from 'node:module';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Duplex} from 'node:stream';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {ExecutionContext} from 'ava';
import type * as Plugin from 'koa-inertia/vite';
import type {InlineConfig, PluginOption, ViteDevServer} from 'vite';
import {createDirectory} from './build.ts';
import {type Files, writeFiles} from './files.ts';
import {getViteLocation} from './vite-builds.ts';

type Vite = typeof import('vite');

/** One version of Vite with what belongs to it. */
export type Tools = {
	readonly version: 7 | 8;
	readonly vite: Vite;
	readonly koaInertia: typeof Plugin.koaInertia;
	readonly viteMiddleware: typeof Plugin.viteMiddleware;
	readonly react: () => PluginOption;
	readonly legacy: (options: {targets: string}) => PluginOption;
	/** Where the package under test is installed for this version of Vite. */
	readonly own: string;
	/** Where Vite is installed. */
	readonly viteDirectory: string;
};

export type HotFileText = {readonly url: string; readonly [detail: string]: unknown};

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The versions that the plugin works with. With Vite 7 runs a copy of this package, which else would import Vite 8. */
export async function loadTools(): Promise<Tools[]> {
	// The tests of a file run side by side, and every dev server listens for the end of the process.
	process.setMaxListeners(100);
	return Promise.all([load(8, repository), load(7, createCopy())]);
}

/** A small application: a script that imports a stylesheet, an image and a module, and loads pages lazily. */
export const plainFiles: Files = {
	'source/main.ts': `import './main.css';
import logo from './logo.png';
import {name} from './name.ts';

document.body.title = name + logo;
Object.assign(window, {pages: import.meta.glob('./pages/**/*.ts')});
`,
	'source/main.css': ':root { --main: loaded; }\n',
	'source/name.ts': "export const name = 'main';\n",
	'source/logo.png': 'no image',
	'source/pages/Home.ts': "import './home.css';\n\nexport default 'Home';\n",
	'source/pages/home.css': ':root { --home: loaded; }\n',
};

/** Writes files into a directory that is removed when the test ends. */
export async function createProject(t: ExecutionContext, files: Files = plainFiles): Promise<string> {
	const directory = await createDirectory(t);
	await writeFiles(directory, {'package.json': '{"private": true, "type": "module"}\n', ...files});
	return directory;
}

/**
 * A port to start the search for a free one at. Not 0: Vite 8 then looks for a free port first and fails when somebody
 * else has taken it before it listens.
 */
export function choosePort(): number {
	return 10_000 + Math.floor(Math.random() * 20_000);
}

/** What a config in a test has beside its own: no file, no port of its own, and nothing bundled for development. */
export function createConfig(root: string, {plugins = [], server, ...config}: InlineConfig = {}): InlineConfig {
	return {
		root,
		configFile: false,
		logLevel: 'silent',
		optimizeDeps: {noDiscovery: true, include: []},
		...config,
		plugins,
		server: {port: choosePort(), ...server},
	};
}

/** Starts a dev server that ends with the test. */
export async function startServer(
	t: ExecutionContext,
	{vite, koaInertia}: Tools,
	directory: string,
	{config, options = {input: 'source/main.ts'}}: {config?: InlineConfig; options?: Plugin.KoaInertiaOptions} = {},
): Promise<ViteDevServer> {
	const server = await vite.createServer(
		createConfig(directory, {...config, plugins: [koaInertia(options), config?.plugins ?? []]}),
	);
	t.teardown(() => server.close());
	await server.listen();
	return server;
}

export function getPort({httpServer}: ViteDevServer): number {
	return (httpServer!.address() as AddressInfo).port;
}

/** Where an application with a dev server inside has its hot file. */
export function toOwnHotFile(processId: number | undefined = process.pid): string {
	return `public/hot.${processId}`;
}

/** What a hot file says, or `undefined` when there is none. */
export async function readHot(directory: string, file = 'public/hot'): Promise<HotFileText | undefined> {
	// Asked for at once: a dev server may remove it between two looks.
	const text = await readFile(path.join(directory, file), 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	const [url, details] = text.split('\n');
	return {url: url!, ...JSON.parse(details!)};
}

export type Answer = {readonly status: number; readonly headers: Headers; readonly text: string};

/** A GET, as a script of a document asks for a module; certificates are not checked. */
export async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
	const request = url.startsWith('https:') ? requestHttps : requestHttp;
	const sent = request(url, {headers, agent: false, rejectUnauthorized: false}).end();
	const [response] = await once(sent, 'response');
	response.setEncoding('utf8');
	const text = (await response.toArray()).join('');
	return {status: response.statusCode, headers: new Headers(response.headers as Record<string, string>), text};
}

export type HotSocket = {
	/** What came, in order. */
	readonly messages: Array<{readonly type: string; readonly [key: string]: unknown}>;
	/** Whether the other side has gone. */
	isClosed(): boolean;
	close(): void;
};

/**
 * Connects to Vite's WebSocket as its client does; `undefined` when the server doesn't speak it. Node 20 has no client
 * for it, and of the protocol only short texts from the server are needed.
 */
export async function connectSocket(
	t: ExecutionContext,
	url: string,
	{protocol = 'vite-hmr', token = ''}: {protocol?: string; token?: string} = {},
): Promise<HotSocket | undefined> {
	const {origin} = new URL(url);
	const request = url.startsWith('https:') ? requestHttps : requestHttp;
	const sent = request(`${url}?token=${token}`, {
		agent: false,
		rejectUnauthorized: false,
		headers: {
			origin,
			connection: 'Upgrade',
			upgrade: 'websocket',
			'sec-websocket-version': '13',
			'sec-websocket-key': randomBytes(16).toString('base64'),
			'sec-websocket-protocol': protocol,
		},
	}).end();
	const socket = await new Promise<Duplex | undefined>(resolve => {
		sent.once('upgrade', (_, duplex, head) => {
			duplex.unshift(head);
			resolve(duplex);
		});
		sent.once('response', response => resolve(void response.resume()));
		sent.once('error', () => resolve(undefined));
	});
	if (!socket) return undefined;
	const messages: HotSocket['messages'] = [];
	let rest = Buffer.alloc(0);
	let isClosed = false;
	socket.on('data', (data: Buffer) => {
		rest = Buffer.concat([rest, data]);
		for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
			if (frame.isText) messages.push(JSON.parse(frame.text));
			rest = rest.subarray(frame.length);
		}
	});
	socket.on('error', () => undefined);
	socket.on('close', () => {
		isClosed = true;
	});
	t.teardown(() => socket.destroy());
	return {messages, isClosed: () => isClosed, close: () => socket.destroy()};
}

/** The token that Vite's client has, without which its server takes nobody. */
export async function readToken(base: string): Promise<string> {
	const {text} = await get(`${base}/@vite/client`);
	return /wsToken = "([^"]+)"/.exec(text)![1]!;
}

function readFrame(data: Buffer): {isText: boolean; text: string; length: number} | undefined {
	if (data.length < 2) return undefined;
	const short = data[1]! & 0x7f;
	const start = short < 126 ? 2 : short === 126 ? 4 : 10;
	if (data.length < start) return undefined;
	const size = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
	const length = start + size;
	if (data.length < length) return undefined;
	return {isText: (data[0]! & 0x0f) === 1, text: data.toString('utf8', start, length), length};
}

async function load(version: 7 | 8, own: string): Promise<Tools> {
	const importFrom = (name: string) => import(pathToFileURL(name).href);
	const {resolve} = createRequire(path.join(getViteLocation(version), 'package.json'));
	const viteDirectory = path.dirname(resolve('vite/package.json'));
	const vite: Vite = await importFrom(path.join(viteDirectory, 'dist/node/index.js'));
	const {koaInertia, viteMiddleware} = await importFrom(path.join(own, 'distribution/code/vite.js'));
	const {default: react} = await importFrom(resolve('@vitejs/plugin-react'));
	const {default: legacy} = await importFrom(resolve('@vitejs/plugin-legacy'));
	return {version, vite, koaInertia, viteMiddleware, react, legacy, own, viteDirectory};
}

/** Removed with the process, since it may be in use by the tests of any file. */
function createCopy(): string {
	const home = mkdtempSync(path.join(tmpdir(), 'koa-inertia-vite-7-'));
	process.once('exit', () => rmSync(home, {recursive: true, force: true, maxRetries: 5}));
	const own = path.join(home, 'node_modules/koa-inertia');
	for (const name of ['package.json', 'distribution']) {
		cpSync(path.join(repository, name), path.join(own, name), {recursive: true});
	}

	const link = (name: string, from: string): void =>
		symlinkSync(path.join(repository, from, 'node_modules', name), path.join(home, 'node_modules', name), 'junction');
	link('vite', 'test/vite-7');
	for (const name of ['koa', 'nunjucks']) link(name, '.');
	return own;
}
