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
	// A request of HTTP/1.0 may name none. Without one, the first part of a path would be taken for it.
	const host = ctx.host || 'host.invalid';
	try {
		// What has a scheme needs no base, and `http:host` without slashes would be taken for a path of it.
		const url = new URL(reference, URL.canParse(reference) ? undefined : `http://${host}${getRequestUrl(ctx)}`);
		return {url, isOwnHost: isHttp(url) && isHost(url, host)};
	} catch {
		return undefined;
	}
}

/** A default port counts as none on both sides. */
function isHost({protocol, host}: URL, own: string): boolean {
	const origin = `${protocol}//${own}`;
	return URL.canParse(origin) && new URL(origin).host === host;
}

export const isHttp = ({protocol}: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** Path, query and fragment of a URL of this site. Never begins with `//`, which a browser takes for another host. */
export function toSiteReference({pathname, search, hash}: URL): string {
	return `${pathname.startsWith('//') ? '/.' : ''}${pathname}${search}${hash}`;
}

/** The reference with what a header can't carry encoded, and whole: the client resolves it from another URL. */
export function toLocation(reference: string, {url, isOwnHost}: Target): string {
	if (URL.canParse(reference)) return url.href;
	// A scheme that wasn't named is the page's, which the server doesn't know.
	return isOwnHost ? toSiteReference(url) : url.href.slice(url.protocol.length);
}
