import {AssertionError} from 'node:assert';
import type {PageObject} from '../types.ts';
import {findPageObject} from './find-page-object.ts';
import type {TestResponse} from './response.ts';

/**
 * Reads the page object of a response: from the JSON that answers a visit, or from the document of a first load.
 *
 * Use it for requests that you send yourself; the answers of a client have the page object as `page`. A string is read
 * as HTML. The status doesn't matter, so you can also read the page of an error.
 *
 * @throws {AssertionError} when there is no page; its message says what was received instead.
 * @example
 * import Koa from 'koa';
 * import {inertia, page} from 'koa-inertia';
 * import {readPage} from 'koa-inertia/testing';
 * import supertest from 'supertest';
 *
 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
 * app.use(page('Users/Index', {users: ['Ada']}));
 * const {component, props} = readPage(await supertest(app.callback()).get('/users'));
 * console.log(component, props.users); // Users/Index [ 'Ada' ]
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export function readPage(response: TestResponse | string): PageObject {
	const found = findPageObject(response);
	if ('page' in found) return found.page;
	// The stack begins with the caller, so that a test runner shows the line of the test.
	throw new AssertionError({message: `There is no page to read: ${found.failure}`, stackStartFn: readPage});
}
