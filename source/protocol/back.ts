import type {Context} from 'koa';
import {resolveReference, toSiteReference} from './site-url.ts';

/**
 * The page that the request came from, or the fallback.
 *
 * Only a page of this host: another site must not choose where its visitors land. And never the URL of the request
 * itself where that would ask it again, since its handler would send the browser back for ever.
 */
export function getBackUrl(ctx: Context, fallback: string): string {
	const referer = ctx.req.headers.referer;
	const target = referer ? resolveReference(ctx, referer) : undefined;
	if (!target?.isOwnHost) return fallback;
	const url = toSiteReference(target.url);
	return isOwnUrl(ctx, url) ? fallback : url;
}

/** Whether a redirect to a URL would ask the same request again. */
export function isOwnUrl(ctx: Context, reference: string): boolean {
	if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
	const own = resolveReference(ctx, '');
	const target = resolveReference(ctx, reference);
	return (
		target !== undefined && own !== undefined && target.isOwnHost && withoutHash(own.url) === withoutHash(target.url)
	);
}

const withoutHash = ({pathname, search}: URL): string => pathname + search;
