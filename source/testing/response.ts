import {responseHeaders} from '../protocol/headers.ts';
import {redirectStatuses} from '../protocol/redirect.ts';

/** What the helpers read of a response; a response of supertest or superagent has it all. */
export interface TestResponse {
	readonly status: number;
	/** By their names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** The body; absent when it isn't text. */
	readonly text?: string | undefined;
	/** The request behind it. Without it, redirects with a whole URL aren't followed and messages say less. */
	readonly request?: {
		/** With scheme and host. */
		readonly url: string;
		getHeader(name: string): string | undefined;
	};
}

/** A header of a response; `undefined` when it has none of that name. */
export function getHeader({headers}: TestResponse, name: string): string | undefined {
	const value = headers[name.toLowerCase()];
	return value === undefined ? undefined : String(value);
}

/** Where a browser goes from here by itself; `undefined` when it stays. */
export function getRedirect(response: TestResponse): string | undefined {
	return redirectStatuses.has(response.status) ? getHeader(response, 'location') : undefined;
}

/** Where the client goes from here by a visit of its own; `undefined` when it stays. */
export function getFragmentRedirect(response: TestResponse): string | undefined {
	return response.status === 409 ? getHeader(response, responseHeaders.redirect) : undefined;
}
