import type {Context} from 'koa';
import {getBackUrl, repeatsRequest} from './back.ts';
import {responseHeaders} from './headers.ts';
import {sendEmpty} from './respond.ts';
import {isHttp, resolveReference, toLocation, toSiteReference} from './site-url.ts';
import type {Visit} from './visit.ts';

export const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** After these a browser follows a 302 with the same method, and would delete the next page too. */
const methodsKeptBy302: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** Whether the answer is a redirect, as `ctx.redirect()` makes it. */
export function isRedirect(ctx: Context): boolean {
	return redirectStatuses.has(ctx.res.statusCode) && ctx.res.hasHeader('Location');
}

/**
 * Makes a plain answer of the handler's into one that the client can follow: a redirect that leaves the host or has a
 * fragment, which a browser follows without telling the client, and an answer with nothing to show. Of a validation
 * while a user types, only the method of what follows.
 *
 * @see https://inertiajs.com/docs/v3/the-basics/redirects
 */
export function adaptRedirect(ctx: Context, visit: Visit): void {
	if (ctx.respond === false || ctx.res.headersSent) return;
	if (isEmptySuccess(ctx) && visit.isInertia && !visit.isPrecognition) goBack(ctx);
	if (!isRedirect(ctx) || !(visit.isInertia || visit.isPrecognition)) return;
	if (visit.isInertia && convertRedirect(ctx, visit)) return;
	if (ctx.status === 302 && methodsKeptBy302.has(ctx.method)) ctx.status = 303;
}

/** Whether a browser would follow where the client can't, so that the client is told in its own way. */
function convertRedirect(ctx: Context, {isPrefetch}: Visit): boolean {
	// A page that the handler rendered before is not what it answers with.
	ctx.res.removeHeader(responseHeaders.inertia);
	ctx.res.removeHeader(responseHeaders.version);
	const location = String(ctx.res.getHeader('Location'));
	const target = resolveReference(ctx, location);
	// Not to another scheme: a browser follows no redirect to `javascript:`, but the client would run it.
	if (target && !target.isOwnHost && isHttp(target.url)) {
		sendConflict(ctx, responseHeaders.location, toLocation(location, target));
		return true;
	}

	if (!target?.isOwnHost || !location.includes('#') || isPrefetch) return false;
	sendConflict(ctx, responseHeaders.redirect, toSiteReference(target.url));
	return true;
}

/** Redirects anew, whatever the handler answered before. */
export function sendRedirect(ctx: Context, url: string): void {
	// Koa keeps a redirect's status that is there already.
	ctx.status = 302;
	ctx.redirect(url);
}

/**
 * Tells the client to go on at another URL: `X-Inertia-Location` by loading the document, `X-Inertia-Redirect` by a
 * visit. Without a version, since with one the client takes it for an old build, and without `X-Inertia`, which would
 * make it a page. Cookies stay.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#http-status-codes
 */
export function sendConflict(ctx: Context, header: string, url: string): void {
	// As `ctx.redirect()` does nothing then.
	if (ctx.res.headersSent) return;
	sendEmpty(ctx, 409);
	ctx.res.setHeader(header, url);
}

function isEmptySuccess(ctx: Context): boolean {
	const {statusCode} = ctx.res;
	return (statusCode === 200 || statusCode === 204) && (ctx.body ?? '') === '';
}

function goBack(ctx: Context): void {
	const back = getBackUrl(ctx, '/');
	if (!repeatsRequest(ctx, back)) sendRedirect(ctx, back);
}
