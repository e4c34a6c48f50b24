import {AssertionError} from 'node:assert';
import {requestHeaders} from '../protocol/headers.ts';
import {Answer} from './answer.ts';
import {getFragmentRedirect, getRedirect, type TestResponse} from './response.ts';

/** The methods of an Inertia visit. */
export type VisitMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A request that is sent when it is awaited. It must not reject for a status of 400 or more. */
export interface TestRequest<Response extends TestResponse = TestResponse> extends PromiseLike<Response> {
	/** Sets a header. */
	set(name: string, value: string): unknown;
	/** Sets the body, which is sent as JSON. */
	send(body: object): unknown;
}

/**
 * An object that makes requests: `supertest(app.callback())`, `supertest.agent(app.callback())`, or another object with
 * these methods. We don't import the type of supertest, so that the package doesn't depend on it.
 */
export type TestAgent<Response extends TestResponse = TestResponse> = {
	readonly [Method in VisitMethod]: (path: string) => TestRequest<Response>;
};

/** One request, ready to be sent. */
interface OutgoingRequest {
	readonly method: VisitMethod;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The body. A GET has none. */
	readonly data?: object | undefined;
}

/** The number of redirects that a request may follow. Browsers have the same limit. */
const redirectLimit = 20;

/**
 * Sends a request and follows redirects as a browser does for the client: with all headers, and with the method that
 * the status asks for. So a `302` that should be a `303` is followed with the method of the visit, as in a browser.
 *
 * A redirect to a fragment is followed as the client does it: by another visit, which is a GET with the same options.
 */
export async function send<Response extends TestResponse>(
	agent: TestAgent<Response>,
	request: OutgoingRequest,
): Promise<Answer<Response>> {
	const redirects: Response[] = [];
	let current = request;
	for (;;) {
		const response = await sendOnce(agent, current);
		const next = getNextRequest(current, response);
		if (next === undefined) return new Answer(response, redirects);
		redirects.push(response);
		if (redirects.length > redirectLimit) {
			throw new AssertionError({
				message: `The redirects from \`${request.path}\` don't end: after ${redirectLimit} of them comes one to \`${next.path}\`.`,
			});
		}

		current = next;
	}
}

async function sendOnce<Response extends TestResponse>(
	agent: TestAgent<Response>,
	{method, path, headers, data}: OutgoingRequest,
): Promise<Response> {
	const request = agent[method](path);
	for (const [name, value] of Object.entries(headers)) request.set(name, value);
	if (data !== undefined) request.send(data);
	return request;
}

/**
 * Returns the request to which a redirect leads. It is `undefined` if the response is no redirect, or a redirect to
 * another host, which a browser blocks.
 */
function getNextRequest(request: OutgoingRequest, response: TestResponse): OutgoingRequest | undefined {
	const isVisit = requestHeaders.inertia in request.headers;
	const fragmentRedirect = isVisit ? getFragmentRedirect(response) : undefined;
	const location = fragmentRedirect ?? getRedirect(response);
	if (location === undefined) return undefined;
	const from = new URL(response.request?.url ?? request.path, 'http://localhost');
	const to = new URL(location, from);
	if (to.host !== from.host) return undefined;
	const next = {...request, path: `${to.pathname}${to.search}`};
	const isSame = fragmentRedirect === undefined && keepsMethod(response.status, request.method);
	return isSame ? next : {...next, method: 'get', data: undefined};
}

/**
 * Whether a redirect with this status is followed with the same method.
 *
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
function keepsMethod(status: number, method: VisitMethod): boolean {
	if (status === 303) return method === 'get';
	return method !== 'post' || status === 307 || status === 308;
}
