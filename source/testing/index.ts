import {checkClientOptions} from './check-client-options.ts';
import {InertiaClient} from './client.ts';
import type {ClientOptions} from './options.ts';
import type {TestResponse} from './response.ts';
import type {TestAgent} from './send.ts';

export type {Answer} from './answer.ts';
export type {InertiaClient} from './client.ts';
export type {ClientOptions, OpenOptions, ReloadOptions, ValidateOptions, VisitOptions} from './options.ts';
export {readPage} from './read-page.ts';
export type {TestResponse} from './response.ts';
export type {TestAgent, TestRequest, VisitMethod} from './send.ts';
export type {FieldMessages, Validation} from './validation.ts';

/**
 * Creates a client for tests of endpoints. It opens pages, visits them, reloads parts of them and loads deferred props,
 * and sends the headers that the real client sends. It works with any test runner.
 *
 * Give it an object that sends the requests. `supertest.agent(app.callback())` keeps cookies from one request to the
 * next, so use it if the application has a session. `supertest(app.callback())` forgets them.
 *
 * @throws {OptionError} for wrong options.
 * @example
 * import Koa from 'koa';
 * import {inertia} from 'koa-inertia';
 * import {createClient} from 'koa-inertia/testing';
 * import supertest from 'supertest';
 *
 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
 * app.use(async ctx => {
 * 	await ctx.inertia.render('Users/Index', {number: Number(ctx.query.page ?? 1)});
 * });
 * const client = createClient(supertest.agent(app.callback()));
 * await client.open('/users');
 * const {page} = await client.visit('/users?page=2');
 * console.log(page.component, page.props.number); // Users/Index 2
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol
 */
export function createClient<Response extends TestResponse>(
	request: TestAgent<Response>,
	options: ClientOptions = {},
): InertiaClient<Response> {
	checkClientOptions(options);
	return new InertiaClient(request, options.version);
}
