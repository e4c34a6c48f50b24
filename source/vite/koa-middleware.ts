import {createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Context, Middleware, Next} from 'koa';
import {type Connect, createServer, type InlineConfig, mergeConfig, type ServerOptions, type ViteDevServer} from 'vite';
import {OptionError} from '../errors.ts';
import {middlewareMark} from './middleware-mark.ts';

/** The middleware that `viteMiddleware()` gives. */
export type ViteMiddleware = Middleware & {
	/** The dev server, for what else it can do. */
	readonly server: ViteDevServer;
	/** Ends the dev server and removes the hot file. */
	readonly close: () => Promise<void>;
};

/**
 * Runs Vite inside of the application, at its own port: one process to start, and no second address.
 *
 * For development only, before `inertia()`. It reads the Vite config of the working directory, in which `koaInertia()` has
 * to be; `config` changes it. Hot updates come through the server that the application listens with.
 *
 * @throws {OptionError} when the Vite config lacks `koaInertia()`; rejects as Vite does for a config that fails.
 * @example
 * import Koa from 'koa';
 * import {inertia} from 'koa-inertia';
 *
 * const app = new Koa();
 * if (app.env === 'development') {
 * 	const {viteMiddleware} = await import('koa-inertia/vite');
 * 	app.use(await viteMiddleware());
 * }
 * app.use(inertia());
 */
export async function viteMiddleware(config: InlineConfig = {}): Promise<ViteMiddleware> {
	const upgrades = createHttpServer();
	const failures = new WeakSet<ServerResponse>();
	const server = await createServer({
		// By default Vite writes the config into a file that it loads and deletes, and `node --watch`, which sees that,
		// would restart the application for ever.
		configLoader: 'runner',
		...mergeConfig(config, {
			server: {middlewareMode: true, ...createSocketOptions(upgrades)},
			plugins: [
				{
					name: middlewareMark,
					// Before Vite's own handler of errors, which in middleware mode hands the request on as if there were none.
					configureServer: own => () => void own.middlewares.use(noteFailure(failures)),
				},
			],
		} satisfies InlineConfig),
	});
	if (!server.config.plugins.some(({name}) => name === 'koa-inertia')) {
		await server.close();
		throw new OptionError(
			`\`viteMiddleware\` needs \`koaInertia()\` among the plugins of the Vite config, received ${server.config.configFile ? `\`${server.config.configFile}\`` : 'no config file'}. Add it, or name the config by \`viteMiddleware({configFile})\`.`,
		);
	}

	const detachments = new Map<Server, () => void>();
	let isClosed = false;
	const middleware = async function vite(ctx: Context, next: Next): Promise<void> {
		if (isClosed) return next();
		const {server: own} = ctx.req.socket as {server?: Server};
		if (own && !detachments.has(own)) detachments.set(own, forwardUpgrades(own, upgrades, server));
		if (!ctx.originalUrl.startsWith(server.config.base) || !(await isAnswered(ctx, server, failures))) return next();
		ctx.respond = false;
	};
	const close = async (): Promise<void> => {
		isClosed = true;
		for (const detach of detachments.values()) detach();
		detachments.clear();
		await server.close();
	};

	return Object.assign(middleware, {server, close});
}

/** Vite 7 has the server of its WebSocket under `hmr`, where a later one warns of it, as soon as a config has `server`. */
function createSocketOptions(server: Server): Pick<ServerOptions, 'hmr' | 'ws'> {
	const hasOption = 'ws' in (mergeConfig({server: {}}, {server: {}}).server ?? {});
	return hasOption ? {ws: {server}} : {hmr: {server}};
}

/**
 * Hands on what asks for Vite's WebSocket. The server that the application listens with is known with its first request
 * only, and Vite wants one at its start; so Vite has one that listens nowhere.
 *
 * Gives what ends it.
 */
function forwardUpgrades(own: Server, upgrades: Server, server: ViteDevServer): () => void {
	const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		const isVites = /^vite-(?:hmr|ping)$/.test(request.headers['sec-websocket-protocol'] ?? '');
		if (isVites && request.url?.startsWith(server.config.base)) upgrades.emit('upgrade', request, socket, head);
		// Without any listener Node would have answered it as an ordinary request.
		else if (own.listenerCount('upgrade') === 1)
			socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n');
	};
	own.on('upgrade', listener);
	return () => void own.off('upgrade', listener);
}

function noteFailure(failures: WeakSet<ServerResponse>): Connect.ErrorHandleFunction {
	// By their number Connect knows what takes errors.
	return (error, _request, response, next) => {
		failures.add(response);
		next(error);
	};
}

/** Lets Vite answer. Gives whether it did; if not, the request and the response are as they were. */
async function isAnswered(
	{req, res, originalUrl}: Context,
	server: ViteDevServer,
	failures: WeakSet<ServerResponse>,
): Promise<boolean> {
	const {url} = req;
	const {statusCode} = res;
	return new Promise((resolve, reject) => {
		res.once('close', () => resolve(true));
		// Koa starts with a 404, and Vite counts on Node's own start.
		res.statusCode = 200;
		// As the browser has it: whatever rewrites URLs before this is for the application.
		req.url = originalUrl;
		server.middlewares(req, res, (error?: unknown) => {
			if (error) return reject(error);
			// Vite has told the browser by the WebSocket what it was.
			if (failures.has(res)) {
				if (!res.headersSent) res.statusCode = 500;
				res.end();
				return;
			}

			res.statusCode = statusCode;
			if (url !== undefined) req.url = url;
			resolve(false);
		});
	});
}
