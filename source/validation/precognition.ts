import type {Context} from 'koa';
import {responseHeaders} from '../protocol/headers.ts';
import {sendEmpty} from '../protocol/respond.ts';
import {type ErrorWithHeaders, setErrorHeader} from '../protocol/vary.ts';
import type {Visit} from '../protocol/visit.ts';
import type {FieldErrors} from '../types.ts';
import {pickErrors} from './issues.ts';
import {sendErrors} from './send-errors.ts';

/** The state of a request in which the messages of its validations are kept. */
export interface PrecognitionRecord {
	/** Messages by field; `{}` when all was valid, `undefined` before the first validation is done. */
	precognition: FieldErrors | undefined;
}

/**
 * Keeps the messages of one validation.
 *
 * We keep them as soon as they are found, and don't leave that to the code that catches a `PrecognitionEnd`, because a
 * handler may catch it before. They are added to those that are there, because a handler may validate with several
 * schemas at the same time.
 */
export function recordPrecognition(record: PrecognitionRecord, errors: FieldErrors): void {
	record.precognition = {...record.precognition, ...errors};
}

/**
 * Ends the handler of a precognition request, so that nothing after `validate` runs.
 *
 * A handler that catches it and goes on changes nothing: the request is answered with the recorded messages.
 */
export class PrecognitionEnd extends Error {
	override readonly name = 'PrecognitionEnd';
	readonly status = 204;
	readonly expose = true;
}

/** Whether an error is a `PrecognitionEnd`, or another error that a handler has made of one, with it as `cause`. */
export function isPrecognitionEnd(thrown: unknown): boolean {
	return thrown instanceof PrecognitionEnd || (thrown instanceof Error && thrown.cause instanceof PrecognitionEnd);
}

/**
 * Answers a precognition request: 204 when the fields that it asks for are valid, else 422 with their messages.
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
 * Sets the header that marks an error as the answer to a precognition request.
 *
 * Without it the client ignores the status, and reports that the route doesn't validate. The header stands on the
 * error, because Koa removes the headers of the response before it answers an error.
 */
export function markPrecognition(error: ErrorWithHeaders): void {
	setErrorHeader(error, responseHeaders.precognition, 'true');
}
