import type {Context} from 'koa';
import {responseHeaders} from '../protocol/headers.ts';
import {sendEmpty} from '../protocol/respond.ts';
import {type ErrorWithHeaders, setErrorHeader} from '../protocol/vary.ts';
import type {Visit} from '../protocol/visit.ts';
import type {FieldErrors} from '../types.ts';
import {pickErrors} from './issues.ts';
import {sendErrors} from './send-errors.ts';

/**
 * Ends the handler of a request that asks for validation alone, so that nothing after `validate` runs.
 *
 * A handler that catches it, and goes on with its answer to an error, changes nothing: what `validate` found is kept
 * beside, and is what the request is answered with.
 */
export class PrecognitionEnd extends Error {
	override readonly name = 'PrecognitionEnd';
	readonly status = 204;
	readonly expose = true;
}

/** Also of one that a handler has wrapped in an error of its own. */
export function isPrecognitionEnd(thrown: unknown): boolean {
	return thrown instanceof PrecognitionEnd || (thrown instanceof Error && thrown.cause instanceof PrecognitionEnd);
}

/**
 * Answers such a request: 204 when the fields that it asks for are valid, else 422 with their messages.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#response-headers
 */
export function sendPrecognition(ctx: Context, {validateOnly}: Visit, errors: FieldErrors): void {
	const picked = pickErrors(errors, validateOnly);
	ctx.set(responseHeaders.precognition, 'true');
	if (Object.keys(picked).length > 0) {
		sendErrors(ctx, picked);
	} else {
		ctx.set(responseHeaders.precognitionSuccess, 'true');
		sendEmpty(ctx, 204);
	}
}

/**
 * Says of an error that it answers such a request: without it the client doesn't look at the status, and reports a
 * route that validates nothing. Of all headers, Koa sends those on the error.
 */
export function markPrecognition(error: ErrorWithHeaders): void {
	setErrorHeader(error, responseHeaders.precognition, 'true');
}
