import type {Context} from 'koa';
import type {Warnings} from '../support/warnings.ts';
import {getBackUrl, repeatsRequest} from './back.ts';
import {responseHeaders} from './headers.ts';
import {sendEmpty} from './respond.ts';
import {isHttp, resolveReference, toLocation, toSiteReference} from './site-url.ts';
import type {Visit} from './visit.ts';

export const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/**
 * A browser follows a 301 or a 302 with the same method after these, and would for example delete the next page too. After
 * a POST it follows with a GET.
 */
const methodsKeptByRedirect: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** Whether the response is a redirect, as `ctx.redirect()` makes it. */
export function isRedirect(ctx: Context): boolean {
	return redirectStatuses.has(ctx.res.statusCode) && ctx.res.hasHeader('Location');
}

/** Gives the path on this site that the response sends the browser or the client to; `undefined` where it does not. */
export function getRedirectPath(ctx: Context): string | undefined {
	const url = isRedirect(ctx) ? ctx.res.getHeader('Location') : ctx.res.getHeader(responseHeaders.redirect);
	const target = url === undefined ? undefined : resolveReference(ctx, String(url));
	return target?.isOwnHost ? target.url.pathname : undefined;
}

/**
 * Turns a plain response of the handler into one that the client can follow: a redirect to another host or with a
 * fragment, which a browser follows without telling the client, and a response with nothing to show. In a validation
 * while the user types, only the method of the next request is adapted.
 *
 * @see https://inertiajs.com/docs/v3/the-basics/redirects
 */
export function adaptRedirect(ctx: Context, visit: Visit, warnings: Warnings): void {
	if (ctx.respond === false || ctx.res.headersSent) return;
	if (isEmptySuccess(ctx) && visit.isInertia && !visit.isPrecognition) goBack(ctx, warnings);
	if (!isRedirect(ctx) || !(visit.isInertia || visit.isPrecognition)) return;
	if (visit.isInertia && convertRedirect(ctx, visit)) return;
	const keepsMethod = ctx.status === 301 || ctx.status === 302;
	if (keepsMethod && methodsKeptByRedirect.has(ctx.method)) ctx.status = 303;
}

/** Tells the client in its own way where the browser would go without it. Gives whether that was needed. */
function convertRedirect(ctx: Context, {isPrefetch}: Visit): boolean {
	// The handler may have rendered a page before it redirected, which is no page any more.
	ctx.res.removeHeader(responseHeaders.inertia);
	ctx.res.removeHeader(responseHeaders.version);
	const location = String(ctx.res.getHeader('Location'));
	const target = resolveReference(ctx, location);
	// Only http(s) URLs are passed on: a browser follows no redirect to `javascript:`, but the client would run it.
	if (target && !target.isOwnHost && isHttp(target.url)) {
		sendConflict(ctx, responseHeaders.location, toLocation(location, target));
		return true;
	}

	if (!target?.isOwnHost || !location.includes('#') || isPrefetch) return false;
	sendConflict(ctx, responseHeaders.redirect, toSiteReference(target.url));
	return true;
}

/** Redirects, whatever the handler answered before. */
export function sendRedirect(ctx: Context, url: string): void {
	// Koa keeps the status of an earlier redirect.
	ctx.status = 302;
	ctx.redirect(url);
}

/**
 * Tells the client to go on at another URL: with `X-Inertia-Location` by loading the document, with `X-Inertia-Redirect`
 * by a visit. The response has no version, which would make it a version mismatch for the client, and no `X-Inertia`,
 * which would make it a page. Cookies stay.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#http-status-codes
 */
export function sendConflict(ctx: Context, header: string, url: string): void {
	// After the headers are sent, `ctx.redirect()` does nothing either.
	if (ctx.res.headersSent) return;
	sendEmpty(ctx, 409);
	ctx.res.setHeader(header, url);
}

function isEmptySuccess(ctx: Context): boolean {
	const {statusCode} = ctx.res;
	return (statusCode === 200 || statusCode === 204) && (ctx.body ?? '') === '';
}

function goBack(ctx: Context, warnings: Warnings): void {
	const back = getBackUrl(ctx, '/', warnings);
	if (!repeatsRequest(ctx, back)) sendRedirect(ctx, back);
}
