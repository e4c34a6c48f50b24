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
	// A request of HTTP/1.0 may name no host. Then the first part of a path would be taken for one.
	const host = ctx.host || 'host.invalid';
	try {
		// A reference with a scheme needs no base. With one, `http:host` without slashes would be taken for a path.
		const url = new URL(reference, URL.canParse(reference) ? undefined : `http://${host}${getRequestUrl(ctx)}`);
		return {url, isOwnHost: isHttp(url) && isHost(url, host)};
	} catch {
		return undefined;
	}
}

/** Whether a URL has the host of the request. The scheme's default port counts as no port on both sides. */
function isHost({protocol, host}: URL, own: string): boolean {
	const origin = `${protocol}//${own}`;
	return URL.canParse(origin) && new URL(origin).host === host;
}

export const isHttp = ({protocol}: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** Gives path, query and fragment of a URL of this site. They never begin with `//`, which a browser takes for a host. */
export function toSiteReference({pathname, search, hash}: URL): string {
	return `${pathname.startsWith('//') ? '/.' : ''}${pathname}${search}${hash}`;
}

/**
 * Gives the whole reference, since the client resolves it from another URL, with the characters encoded that a header
 * can't carry.
 */
export function toLocation(reference: string, {url, isOwnHost}: Target): string {
	if (URL.canParse(reference)) return url.href;
	// A reference without a scheme has the scheme of the page, which the server doesn't know.
	return isOwnHost ? toSiteReference(url) : url.href.slice(url.protocol.length);
}
