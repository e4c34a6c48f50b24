import {requestHeaders} from '../protocol/headers.ts';
import type {PageObject} from '../types.ts';
import type {ReloadOptions, ValidateOptions} from './options.ts';
import {getAtPath} from './paths.ts';

/** Whether the options ask only for a part of the page that the client has. */
export function isPartialReload({only = [], except = [], reset = []}: ReloadOptions): boolean {
	return only.length > 0 || except.length > 0 || reset.length > 0;
}

/**
 * Creates the headers of a visit, as `@inertiajs/core` sends them from a page.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export function createVisitHeaders(
	page: PageObject | undefined,
	version: string | undefined,
	{only = [], except = [], reset = [], errorBag, headers}: ReloadOptions,
): Record<string, string> {
	const isPartial = isPartialReload({only, except, reset});
	// A prop to reset is asked for too.
	const asked = [...only, ...reset];
	const protocolHeaders = {
		[requestHeaders.inertia]: 'true',
		[requestHeaders.version]: version,
		[requestHeaders.partialComponent]: isPartial ? page?.component : undefined,
		[requestHeaders.partialData]: asked.join(','),
		[requestHeaders.partialExcept]: except.join(','),
		[requestHeaders.reset]: reset.join(','),
		[requestHeaders.exceptOnceProps]: page && listLoadedOnceProps(page).join(','),
		[requestHeaders.errorBag]: errorBag,
	};
	return {
		...createReferer(page),
		...headers,
		accept: 'text/html, application/xhtml+xml',
		'x-requested-with': 'XMLHttpRequest',
		// The client leaves out empty headers.
		...Object.fromEntries(
			Object.entries(protocolHeaders).filter((entry): entry is [string, string] => Boolean(entry[1])),
		),
	};
}

/**
 * Creates the headers of a request that validates a form while its user fills it in, as `laravel-precognition` sends
 * them for the forms of the client.
 */
export function createValidationHeaders(
	page: PageObject | undefined,
	{only, headers}: ValidateOptions,
): Record<string, string> {
	return {
		...createReferer(page),
		...headers,
		accept: 'application/json',
		'content-type': 'application/json',
		[requestHeaders.precognition]: 'true',
		...(only && {[requestHeaders.precognitionOnly]: only.join(',')}),
	};
}

/**
 * Creates the header `Referer`, which a browser adds and `ctx.inertia.back()` reads. It has no origin, because the port
 * of a test may change with every request.
 */
function createReferer(page: PageObject | undefined): Record<string, string> {
	return page ? {referer: page.url} : {};
}

/**
 * Lists the keys of the once props whose values the client has. A deferred once prop counts only after it was loaded,
 * and an expired one doesn't count.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#once-props
 */
function listLoadedOnceProps({props, onceProps = {}}: PageObject): readonly string[] {
	return Object.entries(onceProps)
		.filter(([, {prop, expiresAt}]) => getAtPath(props, prop) !== undefined && (!expiresAt || expiresAt > Date.now()))
		.map(([key]) => key);
}
