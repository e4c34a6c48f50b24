import type {Context} from 'koa';
import {resolveReference, toSiteReference} from './site-url.ts';

/**
 * Gives the page that the request came from, or the fallback.
 *
 * The page must be of this host: another site must not choose where its visitors land. It must not repeat the request,
 * whose handler would send the browser back for ever. The fallback is used as it is.
 */
export function getBackUrl(ctx: Context, fallback: string): string {
	const referer = ctx.req.headers.referer;
	// Browsers send a URL, and Koa takes a path too. Any other text is a mistake, though it could be resolved.
	const isReference = referer !== undefined && (referer.startsWith('/') || URL.canParse(referer));
	const target = isReference ? resolveReference(ctx, referer) : undefined;
	if (!target?.isOwnHost) return fallback;
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

const toPathAndQuery = ({pathname, search}: URL): string => pathname + search;
