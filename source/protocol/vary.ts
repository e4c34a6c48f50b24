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
 * Does the same for a response that Koa makes from a thrown error: of all headers it keeps those on the error only.
 *
 * Gives what to throw on: the same error, but for a value that can't take a property.
 */
export function varyErrorOnInertia(thrown: unknown): Error {
	const error: ErrorWithHeaders = toExtensibleError(thrown);
	const headers = error.headers ?? {};
	const name = Object.keys(headers).find(key => key.toLowerCase() === 'vary') ?? 'Vary';
	const fields = String(headers[name] ?? '');
	if (!fields.split(',').some(field => /^(?:\*|x-inertia)$/i.test(field.trim()))) {
		const value = fields === '' ? responseHeaders.inertia : `${fields}, ${responseHeaders.inertia}`;
		Object.defineProperty(error, 'headers', {value: {...headers, [name]: value}, configurable: true, writable: true});
	}

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
