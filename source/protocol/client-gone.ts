import type {ServerResponse} from 'node:http';
import {Http2ServerResponse} from 'node:http2';
import type {Context} from 'koa';
import {PropLoadError} from '../errors/props.ts';

/**
 * Whether an error says no more than that a loader stopped since its client went away, as `signal` told it. There is
 * nobody to answer, and nothing to report.
 */
export function isClientGone(error: unknown, {res}: Context): boolean {
	const cause = error instanceof PropLoadError ? error.cause : undefined;
	return cause instanceof Error && cause.name === 'AbortError' && isUnanswered(res);
}

/** Whether the connection of a request has closed before the whole answer was sent. */
export function isUnanswered(response: ServerResponse | Http2ServerResponse): boolean {
	// An HTTP/2 response doesn't say that it has closed, and calls itself finished when its client has cancelled the request.
	if (response instanceof Http2ServerResponse) return response.stream.aborted;
	return (response.closed || response.destroyed) && !response.writableFinished;
}
