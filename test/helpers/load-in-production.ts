import type {ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import type {Response} from 'supertest';
import {createApp} from './app.ts';
import {createManifest} from './build.ts';

export const throwStatus =
	(status: number, message?: string): Middleware =>
	ctx =>
		message === undefined ? ctx.throw(status) : ctx.throw(status, message);

interface Answers {
	readonly visit: Response;
	readonly document: Response;
	/** What was reported through `app.on('error')`, in order. */
	readonly errors: readonly unknown[];
}

/** A visit and a browser's first load of a URL, in production and without an error page but that of `more`. */
export async function loadInProduction(
	t: ExecutionContext,
	handler: Middleware,
	more: InertiaOptions = {},
	setUp?: Middleware,
): Promise<Answers> {
	const options = {manifest: createManifest(), hotFile: false, version: null, ...more} as const;
	const {agent, app, errors} = await createApp(t, options, handler, app => {
		if (setUp) app.use(setUp);
	});
	app.env = 'production';
	app.silent = true;
	const visit = await agent.get('/garden').set('X-Inertia', 'true').redirects(0);
	const document = await agent.get('/garden').set('Accept', 'text/html').redirects(0);
	return {visit, document, errors};
}
