import type {Context} from 'koa';
import type {Warnings} from '../support/warnings.ts';
import {requestHeaders} from './headers.ts';
import {isHttp, resolveReference, toSiteReference} from './site-url.ts';

/**
 * Gives the page that the request came from, or the fallback.
 *
 * The page must be of this host: another site must not choose where its visitors land. Where the browser says itself that
 * the request comes from this site, the host doesn't matter, since a proxy may have put its own in place. The page must
 * not repeat the request, whose handler would send the browser back for ever. The fallback is used as it is.
 */
export function getBackUrl(ctx: Context, fallback: string, warnings: Warnings): string {
	const referer = ctx.req.headers.referer;
	// Browsers send a URL, and Koa takes a path too. Any other text is a mistake, though it could be resolved.
	const isReference = referer !== undefined && (referer.startsWith('/') || URL.canParse(referer));
	const target = isReference ? resolveReference(ctx, referer) : undefined;
	if (!target || !isHttp(target.url)) return fallback;
	const site = ctx.req.headers['sec-fetch-site'];
	if (!target.isOwnHost && site !== 'same-origin') {
		// Only the client sends the header of a visit, so the proxy has changed the host.
		if (site === undefined && ctx.req.headers[requestHeaders.inertia]) warnOfHost(ctx, target.url, warnings);
		return fallback;
	}

	const url = toSiteReference(target.url);
	return repeatsRequest(ctx, url) ? fallback : url;
}

/** Whether a redirect to a URL would make the browser send the same request again. */
export function repeatsRequest(ctx: Context, reference: string): boolean {
	if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
	const own = resolveReference(ctx, '');
	const target = resolveReference(ctx, reference);
	return (
		target !== undefined &&
		own !== undefined &&
		target.isOwnHost &&
		toPathAndQuery(own.url) === toPathAndQuery(target.url)
	);
}

function warnOfHost(ctx: Context, {host}: URL, warnings: Warnings): void {
	warnings.warnOnce(
		'INERTIA_FORWARDED_HOST',
		`A visit comes from a page at \`${host}\`, and its request names the host \`${ctx.host}\`, so it can't be sent back to that page. Let the proxy forward the host of the browser, by \`Host\` or by \`X-Forwarded-Host\` and \`app.proxy = true\`.`,
	);
}

const toPathAndQuery = ({pathname, search}: URL): string => pathname + search;
