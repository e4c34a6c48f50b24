import type {ExecutionContext} from 'ava';
import Koa, {type Middleware} from 'koa';
import {type Assets, type InertiaOptions, inertia} from 'koa-inertia';
import {createClient, type InertiaClient} from 'koa-inertia/testing';
import supertest from 'supertest';
import {serve} from './serve.ts';

export type RunningApp = {
	readonly app: Koa;
	readonly assets: Assets;
	readonly url: string;
	/** Supertest on `url`, which keeps cookies. */
	readonly agent: ReturnType<typeof supertest.agent>;
	/** A client of the protocol, on `agent`. */
	readonly client: InertiaClient<supertest.Response>;
	/** What was reported through `app.on('error')`, in order. */
	readonly errors: unknown[];
	/** An Inertia visit: a GET with `X-Inertia` and the version that the client runs. */
	visit(path: string, version?: string): supertest.Test;
};

/** Gives the document at `/`, or throws what was reported instead. */
export async function getDocument({agent, errors}: RunningApp): Promise<string> {
	const {status, text} = await agent.get('/');
	if (status !== 200) throw errors[0] ?? new Error(`Status ${status}`);
	return text;
}

/**
 * Serves a Koa app with the middleware and a handler on a port of its own until the test ends. `setUp` adds what comes
 * before the middleware, such as a session.
 */
export async function createApp(
	t: ExecutionContext,
	options: InertiaOptions = {},
	handler: Middleware = ctx => ctx.inertia.render('Home', {greeting: 'Hello'}),
	setUp: (app: Koa) => void = () => undefined,
): Promise<RunningApp> {
	const app = new Koa();
	const errors: unknown[] = [];
	app.on('error', error => errors.push(error));
	setUp(app);
	const middleware = inertia(options);
	app.use(middleware);
	app.use(handler);
	const url = await serve(t, app.callback());
	const agent = supertest.agent(url);
	return {
		app,
		assets: middleware.assets,
		url,
		agent,
		client: createClient(agent),
		errors,
		visit(path, version) {
			const request = agent.get(path).set('X-Inertia', 'true');
			return version === undefined ? request : request.set('X-Inertia-Version', version);
		},
	};
}
