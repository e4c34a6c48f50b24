import {fileURLToPath} from 'node:url';
import Koa, {type Middleware} from 'koa';
import {inertia} from 'koa-inertia';
import mount from 'koa-mount';
import {remember, runRoute} from './actions.ts';
import type {CallLogs} from './call-log.ts';
import type {Config, ConformanceCase, Route} from './case-format.ts';
import {toProps} from './prop-values.ts';
import {session} from './session.ts';

/** Answers the request that puts what a case has waiting in the session there, before its first exchange. */
export const seedPath = '/conformance-seed';

const views = fileURLToPath(new URL('views', import.meta.url));

const toVersion = (version: Config['version']): string | null | (() => Promise<string>) => {
	if (typeof version === 'string' || version === null || version === undefined) {
		return version ?? null;
	}

	const {$async: value} = version;
	return async () => value;
};

const createInertia = ({version, shared, urlResolver, allErrors}: Config, logs: CallLogs, ssrUrl?: string) =>
	inertia({
		version: toVersion(version),
		views,
		hotFile: false,
		...(shared !== undefined && {share: toProps(shared, {logs, prefix: 'shared:'})}),
		...(urlResolver !== undefined && {url: () => urlResolver}),
		...(allErrors !== undefined && {allErrors}),
		...(ssrUrl !== undefined && {ssr: {url: ssrUrl}}),
	});

const seed = ({flash, errors}: Config): Middleware =>
	async function seedMiddleware(ctx, next) {
		if (ctx.path !== seedPath) {
			return next();
		}

		remember(ctx, {flash, errors});
		ctx.body = 'seeded';
	};

// Not a router: the format compares paths literally, and routers decode them.
const routeRequests = (routes: Route[], logs: CallLogs): Middleware =>
	async function routesMiddleware(ctx, next) {
		const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
		const route = routes.find(({path, method: own}) => own === method && (path === '*' || path === ctx.path));
		await (route === undefined ? next() : runRoute(ctx, route, logs));
	};

const rewritePath = ({from, to}: {from: string; to: string}): Middleware =>
	async function rewriteMiddleware(ctx, next) {
		if (ctx.path === from) {
			ctx.path = to;
		}

		await next();
	};

export const createApp = ({config, routes}: ConformanceCase, logs: CallLogs, ssrUrl?: string): Koa => {
	const app = new Koa();
	if (config.rewrite !== undefined) {
		app.use(rewritePath(config.rewrite));
	}

	app.use(session());
	app.use(createInertia(config, logs, ssrUrl));
	app.use(seed(config));
	app.use(routeRequests(routes, logs));
	return config.mount === undefined ? app : new Koa().use(mount(config.mount, app));
};
