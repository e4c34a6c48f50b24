import {responseHeaders} from '../protocol/headers.ts';
import {redirectStatuses} from '../protocol/redirect.ts';

/** The part of a response that this client reads. The responses of supertest and superagent have all of it. */
export interface TestResponse {
	readonly status: number;
	/** The headers by their names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** The body, if it is text. */
	readonly text?: string | undefined;
	/** The request. Without it, redirects to an absolute URL aren't followed, and messages say less. */
	readonly request?: {
		/** The absolute URL, with scheme and host. */
		readonly url: string;
		getHeader(name: string): string | undefined;
	};
}

/** Returns a header of a response, or `undefined` if the response has no such header. */
export function getHeader({headers}: TestResponse, name: string): string | undefined {
	const value = headers[name.toLowerCase()];
	return value === undefined ? undefined : String(value);
}

/** Returns the URL to which a browser goes by itself, or `undefined` if the response is no redirect. */
export function getRedirect(response: TestResponse): string | undefined {
	return redirectStatuses.has(response.status) ? getHeader(response, 'location') : undefined;
}

/** Returns the URL that the client then visits because it has a fragment, or `undefined` if there is none. */
export function getFragmentRedirect(response: TestResponse): string | undefined {
	return response.status === 409 ? getHeader(response, responseHeaders.redirect) : undefined;
}
