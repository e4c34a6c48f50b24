import {AssertionError} from 'node:assert';
import type {PageObject} from '../types.ts';
import {findPage} from './find-page.ts';
import type {TestResponse} from './response.ts';

/**
 * The page object in a response: in the JSON that answers a visit, or in the document of a first load.
 *
 * For requests that you send yourself; the answers of a client have it as `page`. A string is taken for HTML. The
 * status doesn't matter, so the page of an error is read too.
 *
 * @throws {AssertionError} when there is no page, with what was received instead.
 * @example
 * import supertest from 'supertest';
 * import {readPage} from 'koa-inertia/testing';
 *
 * const page = readPage(await supertest(app.callback()).get('/users'));
 * assert.equal(page.component, 'Users/Index');
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export function readPage(response: TestResponse | string): PageObject {
	const found = findPage(response);
	if ('page' in found) return found.page;
	// From the caller on, so that a runner shows the line of the test.
	throw new AssertionError({message: `There is no page to read: ${found.failure}`, stackStartFn: readPage});
}
