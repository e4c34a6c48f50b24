import {createServer as createHttpServer, type Server, type ServerResponse} from 'node:http';
import type {Context, Middleware, Next} from 'koa';
import {type Connect, createServer, type InlineConfig, mergeConfig, type ServerOptions, type ViteDevServer} from 'vite';
import {getReason} from '../../errors/describe.ts';
import {OptionError} from '../../errors/option-error.ts';
import {middlewareMark} from '../middleware-mark.ts';
import {forwardUpgrades} from './forward-upgrades.ts';
import {createRequestFilter} from './request-filter.ts';

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
 * to be; `config` changes it. Hot updates come through the server that the application listens with. As Vite by itself, it
 * gives source files to this machine alone, until the Vite config has `server.host`.
 *
 * @throws {OptionError} when the Vite config lacks `koaInertia()`; rejects as Vite does for a config that fails.
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
					// Before Vite's own handler of errors, which in middleware mode hands the request on as if there were none.
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
		if (!isForVite(ctx.req, ctx.originalUrl) || !(await isAnswered(ctx, server, failures))) return next();
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
 * By default Vite writes the config into a file that it loads and deletes. `node --watch` sees that, and would restart the
 * application for ever; so there, and only there, Vite runs the config itself.
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
 * Later versions of Vite 8 have the server of the WebSocket under `ws`, and warn of the older name; those before know only
 * that one. Whether one knows it is seen by what it makes of a config.
 */
function createSocketOptions(server: Server): Pick<ServerOptions, 'hmr' | 'ws'> {
	const hasOption = 'ws' in (mergeConfig({server: {}}, {server: {}}).server ?? {});
	return hasOption ? {ws: {server}} : {hmr: {server}};
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
	const headers = res.getHeaders();
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
			// Such as what Vite allows to other origins.
			for (const name of res.getHeaderNames()) res.removeHeader(name);
			for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
			if (url !== undefined) req.url = url;
			resolve(false);
		});
	});
}
