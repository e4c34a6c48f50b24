import {requestHeaders} from '../headers.ts';
import type {PageObject} from '../types.ts';
import type {ReloadOptions} from './options.ts';
import {getAtPath} from './paths.ts';

/** Whether a visit asks for a part of the page that the client has. */
export function isPartialReload({only = [], except = [], reset = []}: ReloadOptions): boolean {
	return only.length > 0 || except.length > 0 || reset.length > 0;
}

/**
 * The headers of a visit, as `@inertiajs/core` sends them from a page.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export function createVisitHeaders(
	page: PageObject | undefined,
	version: string | undefined,
	{only = [], except = [], reset = [], headers}: ReloadOptions,
): Record<string, string> {
	const isPartial = isPartialReload({only, except, reset});
	// What is merged anew is asked for as well.
	const asked = [...only, ...reset];
	const protocolHeaders = {
		[requestHeaders.inertia]: 'true',
		[requestHeaders.version]: version,
		[requestHeaders.partialComponent]: isPartial ? page?.component : undefined,
		[requestHeaders.partialData]: asked.join(','),
		[requestHeaders.partialExcept]: except.join(','),
		[requestHeaders.reset]: reset.join(','),
		[requestHeaders.exceptOnceProps]: page && listLoadedOnceProps(page).join(','),
	};
	return {
		// What a browser adds, and `ctx.back()` reads. As a path, since the port may change with every request of a test.
		...(page && {referer: page.url}),
		...headers,
		accept: 'text/html, application/xhtml+xml',
		'x-requested-with': 'XMLHttpRequest',
		// The client leaves out a header rather than sending it empty.
		...Object.fromEntries(
			Object.entries(protocolHeaders).filter((entry): entry is [string, string] => Boolean(entry[1])),
		),
	};
}

/**
 * The keys of the once props whose values the client has: not one that is deferred and wasn't loaded yet, nor one
 * that is expired.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#once-props
 */
function listLoadedOnceProps({props, onceProps = {}}: PageObject): readonly string[] {
	return Object.entries(onceProps)
		.filter(([, {prop, expiresAt}]) => getAtPath(props, prop) !== undefined && (!expiresAt || expiresAt > Date.now()))
		.map(([key]) => key);
}
