import type {PageObject} from '../types.ts';
import {readPage} from './read-page.ts';
import type {TestResponse} from './response.ts';

/** What a client received for one visit. */
export class Answer<Response extends TestResponse = TestResponse> {
	/** The response, the last one where there were redirects. */
	readonly response: Response;
	/** The redirects that led to it, in order. */
	readonly redirects: readonly Response[];
	#page: PageObject | undefined;

	constructor(response: Response, redirects: readonly Response[]) {
		this.response = response;
		this.redirects = redirects;
	}

	/**
	 * The page as the server sent it: that of a partial reload has what was asked for, and no more.
	 *
	 * Read when it is asked for, so that an answer without a page can be looked at by its `response`.
	 *
	 * @throws {AssertionError} when there is none, with what was received instead.
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
	 */
	get page(): PageObject {
		this.#page ??= readPage(this.response);
		return this.#page;
	}
}
