import type {Context} from 'koa';
import {resolveReference, toSiteReference} from './site-url.ts';

/**
 * The page that the request came from, or the fallback.
 *
 * Only a page of this host: another site must not choose where its visitors land. And none that would repeat the request,
 * since its handler would send the browser back for ever. The fallback is used as it is.
 */
export function getBackUrl(ctx: Context, fallback: string): string {
	const referer = ctx.req.headers.referer;
	// A path as Koa takes it, or a URL as browsers send it. Anything else is a mistake, though it could be resolved.
	const isReference = referer !== undefined && (referer.startsWith('/') || URL.canParse(referer));
	const target = isReference ? resolveReference(ctx, referer) : undefined;
	if (!target?.isOwnHost) return fallback;
	const url = toSiteReference(target.url);
	return repeatsRequest(ctx, url) ? fallback : url;
}

/** Whether a redirect to a URL would ask the same request again. */
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
