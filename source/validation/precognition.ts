import type {Context} from 'koa';
import {responseHeaders} from '../headers.ts';
import {clearAnswer, sendEmpty} from '../protocol/respond.ts';
import type {FieldErrors} from '../types.ts';
import type {Visit} from '../visit.ts';
import {pickErrors} from './issues.ts';

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
export function markPrecognition(error: Error & {headers?: Readonly<Record<string, unknown>>}): void {
	const value = {...error.headers, [responseHeaders.precognition]: 'true'};
	Object.defineProperty(error, 'headers', {value, configurable: true, writable: true});
}

/** Answers with the errors as JSON, in the shape that the client's forms read. */
export function sendErrors(ctx: Context, errors: FieldErrors): void {
	const lists = Object.entries(errors).map(([field, messages]) => [field, [messages].flat()]);
	clearAnswer(ctx);
	ctx.status = 422;
	ctx.body = {message: String(lists[0]?.[1]?.[0] ?? ''), errors: Object.fromEntries(lists)};
}
