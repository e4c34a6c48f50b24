import {createServer as createHttpServer, type Server, type ServerResponse} from 'node:http';
import type {Context, Middleware, Next} from 'koa';
import {type Connect, createServer, type InlineConfig, mergeConfig, type ServerOptions, type ViteDevServer} from 'vite';
import {getReason} from '../../errors/describe.ts';
import {OptionError} from '../../errors/option-error.ts';
import {middlewareMark} from '../middleware-mark.ts';
import {forwardUpgrades} from './forward-upgrades.ts';
import {createRequestFilter} from './request-filter.ts';

/** The middleware that `viteMiddleware()` makes. */
export type ViteMiddleware = Middleware & {
	/** The dev server, for everything else that Vite offers. */
	readonly server: ViteDevServer;
	/** Ends the dev server and removes the hot file. Call it when the application ends. */
	readonly close: () => Promise<void>;
};

/**
 * Runs Vite inside the application, so that there is one process to start and one address to open.
 *
 * Use it in development only, and before `inertia()`. It reads the Vite config of the working directory, which must
 * have `koaInertia()` among its plugins; the argument `config` overrides it. Hot updates come through the server that
 * the application listens with. Like Vite itself, it serves source files only to this machine, unless the Vite config
 * has `server.host`.
 *
 * @throws {OptionError} when the Vite config lacks `koaInertia()`, or can't run under `node --watch`; Vite's own error
 * when the config fails in another way.
 * @example
 * import Koa from 'koa';
 * import {inertia} from 'koa-inertia';
 *
 * const app = new Koa();
 * if (process.env.NODE_ENV === 'development') {
 * 	const {viteMiddleware} = await import('koa-inertia/vite');
 * 	app.use(await viteMiddleware());
 * }
 * app.use(inertia());
 */
export async function viteMiddleware(config: InlineConfig = {}): Promise<ViteMiddleware> {
	const upgrades = createHttpServer();
	const failures = new WeakSet<ServerResponse>();
	const server = await startServer(
		mergeConfig(config, {
			server: {middlewareMode: true, ...createSocketOptions(upgrades)},
			plugins: [
				{
					name: middlewareMark,
					// Runs before Vite's own error handler, which in middleware mode passes the request on without the error.
					configureServer: own => () => void own.middlewares.use(noteFailure(failures)),
				},
			],
		} satisfies InlineConfig),
	);
	if (!server.config.plugins.some(({name}) => name === 'koa-inertia')) {
		await server.close();
		throw new OptionError(
			`\`viteMiddleware\` needs \`koaInertia()\` among the plugins of the Vite config, received ${server.config.configFile ? `\`${server.config.configFile}\`` : 'no config file'}. Add it, or name the config by \`viteMiddleware({configFile})\`.`,
		);
	}

	const detachments = new Map<Server, () => void>();
	const isForVite = createRequestFilter(server);
	let isClosed = false;
	const middleware = async function vite(ctx: Context, next: Next): Promise<void> {
		if (isClosed) return next();
		const {server: own} = ctx.req.socket as {server?: Server};
		if (own && !detachments.has(own)) detachments.set(own, forwardUpgrades(own, upgrades, isForVite));
		if (!isForVite(ctx.req, ctx.originalUrl) || !(await letViteAnswer(ctx, server, failures))) return next();
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

/**
 * Starts the dev server. By default Vite writes the config into a temporary file, loads it and deletes it. Under
 * `node --watch` this file would restart the application for ever. So there, and only there, Vite runs the config as a
 * module itself.
 */
async function startServer(config: InlineConfig): Promise<ViteDevServer> {
	const isWatched = process.env.WATCH_REPORT_DEPENDENCIES !== undefined && config.configLoader === undefined;
	try {
		return await createServer(isWatched ? {...config, configLoader: 'runner'} : config);
	} catch (cause) {
		if (!isWatched || !(cause instanceof ReferenceError)) throw cause;
		throw new OptionError(
			`The Vite config failed under \`node --watch\`: ${getReason(cause)}. There it runs as a module: write \`import.meta.dirname\` for \`__dirname\`, and \`import\` for \`require\`.`,
			{cause},
		);
	}
}

/**
 * The option that gives Vite the server for its WebSocket. Later versions of Vite 8 call it `ws` and warn about the
 * older name `hmr`; earlier versions know only `hmr`. Only the later ones have `ws` in a merged config.
 */
function createSocketOptions(server: Server): Pick<ServerOptions, 'hmr' | 'ws'> {
	const hasOption = 'ws' in (mergeConfig({server: {}}, {server: {}}).server ?? {});
	return hasOption ? {ws: {server}} : {hmr: {server}};
}

/** Remembers the responses for which Vite failed. */
function noteFailure(failures: WeakSet<ServerResponse>): Connect.ErrorHandleFunction {
	// Connect recognises an error handler by its four parameters.
	return (error, _request, response, next) => {
		failures.add(response);
		next(error);
	};
}

/** Lets Vite answer, and resolves to whether it did. If not, the request and the response are as before. */
async function letViteAnswer(
	{req, res, originalUrl}: Context,
	server: ViteDevServer,
	failures: WeakSet<ServerResponse>,
): Promise<boolean> {
	const {url} = req;
	const {statusCode} = res;
	const headers = res.getHeaders();
	return new Promise((resolve, reject) => {
		res.once('close', () => resolve(true));
		// Koa begins with the status 404, but Vite relies on Node's default.
		res.statusCode = 200;
		// Vite gets the URL that the browser asked for: a middleware that rewrites URLs does so for the application.
		req.url = originalUrl;
		server.middlewares(req, res, (error?: unknown) => {
			if (error) return reject(error);
			// The response has no message, because Vite has sent the error to the browser by its WebSocket.
			if (failures.has(res)) {
				if (!res.headersSent) res.statusCode = 500;
				res.end();
				return;
			}

			res.statusCode = statusCode;
			// Vite may have set headers, for example those that allow other origins.
			for (const name of res.getHeaderNames()) res.removeHeader(name);
			for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
			if (url !== undefined) req.url = url;
			resolve(false);
		});
	});
}
