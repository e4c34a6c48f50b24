import type {PageObject} from '../types.ts';
import {readPage} from './read-page.ts';
import type {TestResponse} from './response.ts';

/** The answer that a client received to one visit. */
export class Answer<Response extends TestResponse = TestResponse> {
	/** The response. After redirects, it is the last one. */
	readonly response: Response;
	/** The redirects before the response, in order. */
	readonly redirects: readonly Response[];
	#page: PageObject | undefined;

	constructor(response: Response, redirects: readonly Response[]) {
		this.response = response;
		this.redirects = redirects;
	}

	/**
	 * The page object as the server sent it. After a partial reload it has only the props that were asked for.
	 *
	 * It is read on the first access, so that you can look at the `response` of an answer without a page.
	 *
	 * @throws {AssertionError} when there is no page; its message says what was received instead.
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
	 */
	get page(): PageObject {
		this.#page ??= readPage(this.response);
		return this.#page;
	}
}
