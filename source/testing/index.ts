import {InertiaClient} from './client.ts';
import {type ClientOptions, checkClientOptions} from './options.ts';
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
 * A client for tests of endpoints, with any runner: it opens pages, visits them, reloads parts of them and loads
 * deferred props, with the headers that the real client sends.
 *
 * Give it what sends the requests: `supertest.agent(app.callback())` keeps cookies from one request to the next, which
 * a session needs; `supertest(app.callback())` forgets them.
 *
 * @throws {OptionError} for wrong options.
 * @example
 * import supertest from 'supertest';
 * import {createClient} from 'koa-inertia/testing';
 *
 * const client = createClient(supertest.agent(app.callback()));
 * await client.open('/users');
 * const {page} = await client.visit('/users?page=2');
 * assert.equal(page.component, 'Users/Index');
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol
 */
export function createClient<Response extends TestResponse>(
	request: TestAgent<Response>,
	options: ClientOptions = {},
): InertiaClient<Response> {
	checkClientOptions(options);
	return new InertiaClient(request, options.version);
}
