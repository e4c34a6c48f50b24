import {AssertionError} from 'node:assert';
import type {PageObject} from '../types.ts';
import type {Answer} from './answer.ts';
import {checkOpenOptions, checkReloadOptions, checkValidateOptions, checkVisitOptions} from './check-client-options.ts';
import {findPageObject} from './find-page-object.ts';
import {holdPage} from './held-page.ts';
import type {OpenOptions, ReloadOptions, ValidateOptions, VisitOptions} from './options.ts';
import {addQuery} from './query.ts';
import type {TestResponse} from './response.ts';
import {send, type TestAgent} from './send.ts';
import {Validation} from './validation.ts';
import {createValidationHeaders, createVisitHeaders, isPartialReload} from './visit-headers.ts';

/**
 * A client of the protocol without a browser. It has a page, and sends what `@inertiajs/core` would send from this
 * page.
 *
 * Each request resolves to the answer, whatever its status is. The examples of the methods need a `client` as
 * `createClient()` makes it, and `assert` of `node:assert/strict`.
 */
export class InertiaClient<Response extends TestResponse = TestResponse> {
	readonly #agent: TestAgent<Response>;
	readonly #version: string | undefined;
	#page: PageObject | undefined;

	constructor(agent: TestAgent<Response>, version: string | undefined) {
		this.#agent = agent;
		this.#version = version;
	}

	/**
	 * The page that the client has. The next request starts from it.
	 *
	 * The props of a partial reload replace those that the client had, and once props keep their values. Lists aren't
	 * merged: a prop that is made by `merge()` has only the part that came last.
	 *
	 * @throws {AssertionError} before the client has received a page.
	 */
	get page(): PageObject {
		if (this.#page) return this.#page;
		throw new AssertionError({message: 'The client has no page yet. Open one first: `await client.open(path)`.'});
	}

	/**
	 * Loads a document, as a browser does for an address that somebody types. The client forgets the page that it had.
	 *
	 * @throws {OptionError} for wrong options.
	 * @example
	 * const {response, page} = await client.open('/users');
	 * assert.equal(response.status, 200);
	 * assert.equal(page.component, 'Users/Index');
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
	 */
	async open(path: string, options: OpenOptions = {}): Promise<Answer<Response>> {
		checkOpenOptions(options);
		const headers = {accept: 'text/html', ...options.headers};
		const answer = await send(this.#agent, {method: 'get', path, headers});
		this.#page = undefined;
		this.#receive(answer, {});
		return answer;
	}

	/**
	 * Makes a visit, as a link or a form does. It sends the version and the once props of the page that the client has.
	 *
	 * Redirects to the same host are followed as in a browser, and redirects to a fragment as by the real client. The
	 * answer has them in `redirects`.
	 *
	 * @throws {AssertionError} for a partial reload before there is a page, and for redirects that don't end;
	 * {OptionError} for wrong options.
	 * @example
	 * const {page, redirects} = await client.visit('/users', {method: 'post', data: {name: ''}});
	 * assert.equal(redirects[0]?.status, 303);
	 * assert.deepEqual(page.props.errors, {name: 'A user has a name.'});
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#inertia-responses
	 */
	async visit(path: string, options: VisitOptions = {}): Promise<Answer<Response>> {
		checkVisitOptions(options);
		const {method = 'get', data = method === 'get' ? undefined : {}} = options;
		const answer = await send(this.#agent, {method, path, headers: this.#createHeaders(options), data});
		this.#receive(answer, options);
		return answer;
	}

	/**
	 * Loads the page that the client has again. With `only`, `except` or `reset` this is a partial reload.
	 *
	 * @throws {AssertionError} before there is a page; {OptionError} for wrong options.
	 * @example
	 * const {page} = await client.reload({only: ['stats']});
	 * assert.deepEqual(page.props.stats, {visitors: 42});
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#partial-reloads
	 */
	async reload(options: ReloadOptions = {}): Promise<Answer<Response>> {
		checkReloadOptions('client.reload', options);
		const answer = await this.#sendReload(options);
		this.#receive(answer, options);
		return answer;
	}

	/**
	 * Loads the deferred props of the page that the client has: those of the named groups, or all.
	 *
	 * It sends one request for each group, all at the same time. The answers have the order of the groups.
	 *
	 * @throws {AssertionError} before there is a page, or if the page announced no such group or no deferred props.
	 * @example
	 * const [answer] = await client.loadDeferred('charts');
	 * assert.deepEqual(answer?.page.props.sales, [1, 2, 3]);
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#deferred-props
	 */
	async loadDeferred(...groups: readonly string[]): Promise<ReadonlyArray<Answer<Response>>> {
		const {component, deferredProps = {}} = this.page;
		const announced = Object.keys(deferredProps);
		const asked = groups.length === 0 ? announced : groups;
		const unknown = asked.filter(group => !announced.includes(group));
		if (asked.length === 0 || unknown.length > 0) {
			const what = unknown.length > 0 ? `no deferred group ${formatNames(unknown)}` : 'no deferred props';
			const next = announced.length > 0 ? `Its groups are ${formatNames(announced)}.` : 'Were they loaded with it?';
			throw new AssertionError({message: `The page \`${component}\` announced ${what}. ${next}`});
		}

		const reloads = asked.map(group => ({only: deferredProps[group]!}));
		const answers = await Promise.all(reloads.map(options => this.#sendReload(options)));
		for (const [index, answer] of answers.entries()) this.#receive(answer, reloads[index]!);
		return answers;
	}

	/**
	 * Validates a form while its user fills it in, as the forms of the real client do. The handler of the form runs until
	 * `ctx.inertia.validate` and no further.
	 *
	 * The client keeps its page.
	 *
	 * @throws {OptionError} for wrong options.
	 * @example
	 * const {response, errors} = await client.validate('/users', {data: {email: 'ada'}, only: ['email']});
	 * assert.equal(response.status, 422);
	 * assert.deepEqual(errors, {email: ['This is no address.']});
	 * @see https://inertiajs.com/docs/v3/the-basics/forms#precognition
	 */
	async validate(path: string, options: ValidateOptions = {}): Promise<Validation<Response>> {
		checkValidateOptions(options);
		const {method = 'post', data = {}} = options;
		const hasBody = method !== 'get' && method !== 'delete';
		const {response} = await send(this.#agent, {
			method,
			path: hasBody ? path : addQuery(path, data),
			headers: createValidationHeaders(this.#page, options),
			data: hasBody ? data : undefined,
		});
		return new Validation(response);
	}

	/**
	 * Creates the headers of a visit. Use them for a request that you send yourself, for example one with a file.
	 *
	 * @throws {AssertionError} for a partial reload before there is a page; {OptionError} for wrong options.
	 * @example
	 * const response = await agent.post('/avatar').set(client.createHeaders()).attach('avatar', 'test/avatar.png');
	 * assert.equal(response.status, 303);
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
	 */
	createHeaders(options: ReloadOptions = {}): Record<string, string> {
		checkReloadOptions('client.createHeaders', options);
		return this.#createHeaders(options);
	}

	#createHeaders(options: ReloadOptions): Record<string, string> {
		const page = isPartialReload(options) ? this.page : this.#page;
		return createVisitHeaders(page, this.#version ?? page?.version, options);
	}

	#sendReload(options: ReloadOptions): Promise<Answer<Response>> {
		const headers = {...options.headers, 'cache-control': 'no-cache'};
		return send(this.#agent, {
			method: 'get',
			path: this.page.url,
			headers: this.#createHeaders({...options, headers}),
		});
	}

	#receive({response}: Answer<Response>, asked: ReloadOptions): void {
		const found = findPageObject(response);
		// After any other response the client keeps its page, as in a browser.
		if ('page' in found) this.#page = holdPage(found.page, this.#page, asked);
	}
}

function formatNames(names: readonly string[]): string {
	return names.map(name => `\`${name}\``).join(', ');
}
