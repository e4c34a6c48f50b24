import type {Context} from 'koa';

const safeTarget = /^\/(?![/\\])[!-[\]-~]*$/;

/**
 * Gives path and query of the request as the browser asked for them, always on this site.
 *
 * They come from `ctx.originalUrl`. We don't use `ctx.url`, because it lacks the prefix of a mount and may be rewritten.
 * We build no absolute URL, because behind a proxy the server knows neither the scheme nor the host.
 */
export function getRequestUrl(ctx: Context): string {
	const target = ctx.originalUrl;
	return safeTarget.test(target) ? target : toSitePath(target);
}

/**
 * Makes the url of a page out of what the application gives: path, query and fragment, always on this site.
 *
 * The client puts it into the address bar. With another host or scheme, as `ctx.href` has it behind a proxy, the browser
 * throws, and the page's deferred props never load.
 */
export function toPageUrl(url: string): string {
	return /^\/(?![/\\])/.test(url) ? url : toSitePath(url);
}

/**
 * Makes a path of this site out of any request target.
 *
 * A browser takes `//host/x` and `/\host/x` for another host, and drops tabs and line ends before it looks; an
 * absolute-form target (`GET http://host/x`) names a host outright. Characters outside printable ASCII are
 * percent-encoded, because a header can't carry them; of bytes above ASCII Node makes one character each.
 */
function toSitePath(target: string): string {
	const path = target
		.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#\\]*/i, '')
		.replace(/^[/\\]+/, '')
		.replaceAll('\\', '%5C')
		.replace(/[^!-~]/gu, encodeCharacter);
	return `/${path}`;
}

function encodeCharacter(character: string): string {
	const bytes = Buffer.from(character, character > '\u00ff' ? 'utf8' : 'latin1');
	return Array.from(bytes, byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
