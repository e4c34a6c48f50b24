import {format} from 'node:util';
import type {Context} from 'koa';
import {responseHeaders} from '../headers.ts';

/**
 * Says that the response depends on `X-Inertia`: one URL answers with a document or with JSON, and a cache that
 * mixes them up shows JSON to a user. Appends to what others vary on.
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
 * Does the same for a response that Koa makes from a thrown error: of all headers it keeps those on the error only. What
 * the response varied on before stays too.
 *
 * Gives what to throw on: the same error, but for a value that can't take a property.
 */
export function varyErrorOnInertia(ctx: Context, thrown: unknown): Error {
	const error: ErrorWithHeaders = toExtensibleError(thrown);
	const headers = error.headers ?? {};
	const name = Object.keys(headers).find(key => key.toLowerCase() === 'vary') ?? 'Vary';
	// Not by `ctx.vary()`, which throws at a name that no header can have: that would hide the error.
	const fields = `${headers[name] ?? ''},${ctx.res.getHeader('Vary') ?? ''},${responseHeaders.inertia}`.split(',');
	const varied = new Map<string, string>();
	for (const field of fields.map(text => text.trim()).filter(Boolean)) {
		if (!varied.has(field.toLowerCase())) varied.set(field.toLowerCase(), field);
	}

	const value = {...headers, [name]: varied.has('*') ? '*' : [...varied.values()].join(', ')};
	Object.defineProperty(error, 'headers', {value, configurable: true, writable: true});
	return error;
}

interface ErrorWithHeaders extends Error {
	headers?: Readonly<Record<string, unknown>>;
}

/** Koa writes to the error that it answers, and never answers where it can't: a copy takes the place of a frozen one. */
function toExtensibleError(thrown: unknown): Error {
	if (!(thrown instanceof Error)) return new Error(format('non-error thrown: %j', thrown), {cause: thrown});
	return Object.isExtensible(thrown) ? thrown : Object.assign(new Error(thrown.message, {cause: thrown}), thrown);
}
