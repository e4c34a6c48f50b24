import type {Context} from 'koa';
import {responseHeaders} from '../headers.ts';

// Headers are set on Node's response: `ctx.set()` takes as long again, and a page sets four of them.

/**
 * Answers a visit with the page as JSON.
 *
 * The body is a string with its type known, which spares Koa a look-up and a second `JSON.stringify`.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#inertia-responses
 */
export function sendPage(ctx: Context, pageJson: string, version: string): void {
	ctx.res.setHeader('Content-Type', 'application/json; charset=utf-8');
	ctx.res.setHeader(responseHeaders.inertia, 'true');
	ctx.res.setHeader(responseHeaders.version, version);
	ctx.body = pageJson;
}

/**
 * Answers a first load with the document.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function sendDocument(ctx: Context, html: string, version: string): void {
	ctx.res.setHeader('Content-Type', 'text/html; charset=utf-8');
	ctx.res.setHeader(responseHeaders.version, version);
	ctx.body = html;
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
export function sendVersionMismatch(ctx: Context, url: string, version: string): void {
	ctx.res.setHeader(responseHeaders.location, url);
	ctx.res.setHeader(responseHeaders.version, version);
	ctx.res.setHeader('Cache-Control', 'no-store');
	// After the body, which sets the status to 204.
	ctx.body = null;
	ctx.status = 409;
}
