import type {Context} from 'koa';
import {responseHeaders} from './headers.ts';
import {getRequestUrl} from './request-url.ts';

// Headers are set on Node's response: `ctx.set()` takes as long again, and a page sets four of them.

/** Characters from which on a body is encoded here. Below, one write of headers and text together is quicker. */
const longBody = 16_384;

/**
 * Answers a visit with the page as JSON.
 *
 * The body has its type known, which spares Koa a look-up and a second `JSON.stringify`.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#inertia-responses
 */
export function sendPage(ctx: Context, pageJson: string, version: string): void {
	ctx.res.setHeader('Content-Type', 'application/json; charset=utf-8');
	ctx.res.setHeader(responseHeaders.inertia, 'true');
	ctx.res.setHeader(responseHeaders.version, version);
	ctx.body = toBody(pageJson);
}

/**
 * Answers a first load with the document.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function sendDocument(ctx: Context, html: string, version: string): void {
	ctx.res.setHeader('Content-Type', 'text/html; charset=utf-8');
	ctx.res.setHeader(responseHeaders.version, version);
	ctx.body = toBody(html);
}

/**
 * A long text as bytes, where it has few characters of more than one.
 *
 * Of a string, Koa counts the bytes and Node counts them again, joins it to the headers and encodes it with room for
 * three bytes a character: a tenth of the time of a page of 100 KB. `Buffer.from` counts too.
 */
function toBody(text: string): string | Buffer {
	if (text.length < longBody) return text;
	const bytes = Buffer.allocUnsafeSlow(Math.ceil(text.length * 1.125));
	const {read, written} = new TextEncoder().encodeInto(text, bytes);
	return read === text.length ? bytes.subarray(0, written) : text;
}

/**
 * Tells a stale client to load the page anew, with the new assets.
 *
 * With the version, since a client that has none to compare takes the 409 for an ordinary redirect, and follows it
 * from the background while its user types. Without `X-Inertia`, which would make it a page. Never stored: a cached
 * 409 would answer a client that is fresh by then.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#asset-versioning
 */
export function sendVersionMismatch(ctx: Context, serverVersion: string): void {
	sendEmpty(ctx, 409);
	ctx.res.setHeader(responseHeaders.location, getRequestUrl(ctx));
	ctx.res.setHeader(responseHeaders.version, serverVersion);
	ctx.res.setHeader('Cache-Control', 'no-store');
}

/** Answers with a status alone, whatever the handler answered before. */
export function sendEmpty(ctx: Context, status: number): void {
	clearAnswer(ctx);
	// Before the status, which it sets to 204.
	ctx.body = null;
	ctx.status = status;
}

/** What says that a response is a page or a redirect, or describes a body: it doesn't go for another answer. */
const answerHeaders = [
	'Accept-Ranges',
	'Content-Disposition',
	'Content-Encoding',
	'Content-Language',
	'Content-Length',
	'Content-Range',
	// Of JSON without a body Koa sends `null`.
	'Content-Type',
	'ETag',
	'Expires',
	'Last-Modified',
	'Location',
	responseHeaders.inertia,
	responseHeaders.location,
	responseHeaders.redirect,
	responseHeaders.version,
];

/** Takes back what the handler answered, for another answer in its place. Cookies and policies stay. */
export function clearAnswer(ctx: Context): void {
	if (ctx.res.headersSent) return;
	for (const name of answerHeaders) ctx.res.removeHeader(name);
	// That an answer may be kept doesn't go for another; that nothing may be kept does.
	if (!/no-(?:store|cache)/i.test(ctx.response.get('Cache-Control'))) ctx.res.removeHeader('Cache-Control');
}
