import type {Context} from 'koa';
import {getRequestUrl} from './request-url.ts';

/** Where a reference leads, seen from the URL of the request. */
export interface Target {
	readonly url: URL;
	/** Whether it stays on the host that the browser asked. */
	readonly isOwnHost: boolean;
}

/**
 * Resolves a reference as a browser does; `undefined` for one that no browser could follow.
 *
 * Hosts are compared, not origins: behind a proxy the server doesn't know the scheme.
 */
export function resolveReference(ctx: Context, reference: string): Target | undefined {
	try {
		const url = new URL(reference, `http://${ctx.host}${getRequestUrl(ctx)}`);
		// With the scheme of the target, so that a default port counts as none on both sides.
		return {url, isOwnHost: isHttp(url) && url.host === new URL(`${url.protocol}//${ctx.host}`).host};
	} catch {
		return undefined;
	}
}

export const isHttp = ({protocol}: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** Path, query and fragment of a URL of this site. Never begins with `//`, which a browser takes for another host. */
export function toSiteReference({pathname, search, hash}: URL): string {
	return `${pathname.startsWith('//') ? '/.' : ''}${pathname}${search}${hash}`;
}

/** The reference with what a header can't carry encoded, and whole: the client resolves it from another URL. */
export function toWholeReference(reference: string, {url, isOwnHost}: Target): string {
	if (URL.canParse(reference)) return url.href;
	// A scheme that wasn't named is the page's, which the server doesn't know.
	return isOwnHost ? toSiteReference(url) : url.href.slice(url.protocol.length);
}
