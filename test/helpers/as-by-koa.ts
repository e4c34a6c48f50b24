import type {ExecutionContext} from 'ava';
import Koa, {type Middleware} from 'koa';
import supertest from 'supertest';
import {createApp} from './app.ts';
import {serve} from './serve.ts';

/** Asserts that an answer arrives as Koa sends it without the middleware, but for `Vary`. */
export async function assertAsByKoa(
	t: ExecutionContext,
	handler: Middleware,
	method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head',
	headers: Readonly<Record<string, string>>,
): Promise<void> {
	const bare = new Koa().use(handler);
	bare.silent = true;
	const expected = await supertest(await serve(t, bare.callback()))
		[method]('/notes/1')
		.set(headers);
	const {agent, errors} = await createApp(t, {version: 'a', hotFile: false}, handler);
	const response = await agent[method]('/notes/1').set(headers);
	const {date, vary, ...others} = response.headers;
	const {date: _, ...expectedHeaders} = expected.headers;
	t.deepEqual([response.status, others, response.text], [expected.status, expectedHeaders, expected.text]);
	t.is(vary, 'X-Inertia');
	t.deepEqual(errors, []);
}

/** A handler that sets a status or a body, or both. A function makes the body anew for each request. */
export function answerWith(status: number | undefined, body?: unknown): Middleware {
	return ctx => {
		if (status !== undefined) ctx.status = status;
		if (body !== undefined) ctx.body = typeof body === 'function' ? body() : body;
	};
}
