import type {Context} from 'koa';
import {toError} from '../errors/thrown.ts';
import {responseHeaders} from './headers.ts';

/**
 * Says that the response depends on `X-Inertia`: one URL answers with a document or with JSON, and a cache that
 * mixes them up shows JSON to a user. Other middleware may have named headers too, which stay.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#response-headers
 */
export function varyOnInertia(ctx: Context): void {
	const {res} = ctx;
	const present = res.getHeader('Vary');
	if (present === responseHeaders.inertia || res.headersSent) return;
	if (present === undefined) res.setHeader('Vary', responseHeaders.inertia);
	else ctx.vary(responseHeaders.inertia);
}

/**
 * Says the same on a response that Koa makes from a thrown error, which has only the headers of the error. The headers
 * that the response varied on before stay.
 *
 * Returns the error to throw: the same one, or a copy where it takes no property.
 */
export function varyErrorOnInertia(ctx: Context, thrown: unknown): ErrorWithHeaders {
	const error: ErrorWithHeaders = toError(thrown);
	const headers = error.headers ?? {};
	const name = Object.keys(headers).find(key => key.toLowerCase() === 'vary') ?? 'Vary';
	// We don't use `ctx.vary()`, because it throws at a name that no header can have, and would hide the error.
	const fields = `${headers[name] ?? ''},${ctx.res.getHeader('Vary') ?? ''},${responseHeaders.inertia}`.split(',');
	const varied = new Map<string, string>();
	for (const field of fields.map(text => text.trim()).filter(Boolean)) {
		if (!varied.has(field.toLowerCase())) varied.set(field.toLowerCase(), field);
	}

	setErrorHeader(error, name, varied.has('*') ? '*' : [...varied.values()].join(', '));
	return error;
}

/** An error with headers for the response that Koa makes from it. Koa drops the headers that the response had. */
export interface ErrorWithHeaders extends Error {
	headers?: Readonly<Record<string, unknown>>;
}

/** Sets a header of the response that Koa makes from an error. The error's headers may be frozen, or come from a getter. */
export function setErrorHeader(error: ErrorWithHeaders, name: string, value: string): void {
	const headers = {...error.headers, [name]: value};
	Object.defineProperty(error, 'headers', {value: headers, configurable: true, writable: true});
}
