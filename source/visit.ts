import type {Context} from 'koa';
import {requestHeaders} from './headers.ts';

/**
 * What the headers of a request say in Inertia's terms. Read once, so that nothing after it looks at a header.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export interface Visit {
	/** Whether the client asks for a page as JSON. */
	readonly isInertia: boolean;
	/** The method of the request, in capitals. */
	readonly method: string;
	/** The version that the client runs, as received; `''` when it sent none. */
	readonly version: string;
}

export function parseVisit(ctx: Context): Visit {
	// Not by `ctx.get()`, which costs more than the rest of this function.
	const {headers, method = 'GET'} = ctx.req;
	return {
		isInertia: Boolean(headers[requestHeaders.inertia]),
		method,
		version: String(headers[requestHeaders.version] ?? ''),
	};
}
