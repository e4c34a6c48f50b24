import type {Context} from 'koa';
import {responseHeaders} from './headers.ts';
import {getRequestUrl} from './request-url.ts';

// We set headers on Node's response. We don't use `ctx.set()`, because it takes twice as long and a page sets four headers.
// A body is text, whatever its length. We don't encode long ones ourselves: that is quicker from about 100 KB on, by a
// tenth, and slower below; and a middleware around this one that edits text would fail on long pages only.

/**
 * Answers a visit with the page as JSON.
 *
 * We give Koa text and its type. We don't give it the page object, because Koa would look up the type and stringify it.
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
 * The 409 carries the version: a client that has none to compare takes it for an ordinary redirect, and follows it from
 * the background while its user types. It doesn't carry `X-Inertia`, which would make it a page. It is never stored: a
 * cached 409 would answer a client that has the new assets by then.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#asset-versioning
 */
export function sendVersionMismatch(ctx: Context, serverVersion: string): void {
	sendEmpty(ctx, 409);
	ctx.res.setHeader(responseHeaders.location, getRequestUrl(ctx));
	ctx.res.setHeader(responseHeaders.version, serverVersion);
	ctx.res.setHeader('Cache-Control', 'no-store');
}

/** Answers with a status and no body, whatever the handler answered before. */
export function sendEmpty(ctx: Context, status: number): void {
	clearAnswer(ctx);
	// Koa sets the status to 204 here, so the body comes before the status.
	ctx.body = null;
	ctx.status = status;
}

/**
 * The headers that make a response a page or a redirect, or describe its body, in lower case as Node keeps them. They are
 * wrong on another response.
 */
const answerHeaders: ReadonlySet<string> = new Set(
	[
		'Accept-Ranges',
		'Content-Disposition',
		'Content-Encoding',
		'Content-Language',
		'Content-Length',
		'Content-Range',
		// Koa sends `null` as the body of a JSON response without one.
		'Content-Type',
		'ETag',
		'Expires',
		'Last-Modified',
		'Location',
		responseHeaders.inertia,
		responseHeaders.location,
		responseHeaders.redirect,
		responseHeaders.version,
	].map(name => name.toLowerCase()),
);

/** Takes back the headers of the handler's response, for another response in its place. Cookies and policies stay. */
export function clearAnswer(ctx: Context): void {
	const {res} = ctx;
	if (res.headersSent) return;
	// Most responses have few headers or none, so we go through these and not through the list of all that might be there.
	for (const name of res.getHeaderNames()) if (answerHeaders.has(name)) res.removeHeader(name);
	// Permission to store a response is not for another one. An order not to store it stays.
	const caching = res.getHeader('Cache-Control');
	if (caching !== undefined && !/no-(?:store|cache)/i.test(String(caching))) res.removeHeader('Cache-Control');
}
