import type {Context} from 'koa';
import {requestHeaders} from './headers.ts';

/**
 * What the headers of a request say in Inertia's terms. Read once, so that nothing after it looks at a header.
 *
 * Lists are trimmed and without empty names; a list that wasn't sent is empty.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export interface Visit {
	/** Whether the client asks for a page as JSON. */
	readonly isInertia: boolean;
	/** The method of the request, in capitals. */
	readonly method: string;
	/** The version that the client runs, as received; `''` when it sent none. */
	readonly version: string;
	/** The component whose props are to be reloaded in part; `''` when the visit is no partial reload. */
	readonly partialComponent: string;
	/** Dotted paths of the props that a partial reload asks for. Empty means all. */
	readonly only: readonly string[];
	/** Dotted paths of the props that a partial reload leaves out. */
	readonly except: readonly string[];
	/** Dotted paths of the props whose merging starts anew. */
	readonly reset: readonly string[];
	/** Keys of the once props that the client holds. */
	readonly loadedOnce: readonly string[];
	/** At which end of a list the client puts the next part of an infinite scroll. */
	readonly mergeIntent: 'append' | 'prepend';
	/** Name of the form whose errors the client asks for; `''` when it has named none. */
	readonly errorBag: string;
	/** Whether the page is loaded ahead, and perhaps never shown. */
	readonly isPrefetch: boolean;
	/** Whether the request asks for validation alone, while its user fills in a form. */
	readonly isPrecognition: boolean;
	/** Dotted paths of the fields that such a request asks for, `*` for any name in between; `undefined` means all. */
	readonly validateOnly: readonly string[] | undefined;
}

const noPaths: readonly string[] = Object.freeze([]);

export function parseVisit(ctx: Context): Visit {
	// Not by `ctx.get()`, which costs more than the rest of this function.
	const {headers, method = 'GET'} = ctx.req;
	const isPrecognition = headers[requestHeaders.precognition] === 'true';
	return {
		isInertia: Boolean(headers[requestHeaders.inertia]),
		method,
		version: String(headers[requestHeaders.version] ?? ''),
		partialComponent: String(headers[requestHeaders.partialComponent] ?? ''),
		only: parseList(headers[requestHeaders.partialData]),
		except: parseList(headers[requestHeaders.partialExcept]),
		reset: parseList(headers[requestHeaders.reset]),
		loadedOnce: parseList(headers[requestHeaders.exceptOnceProps]),
		mergeIntent: headers[requestHeaders.mergeIntent] === 'prepend' ? 'prepend' : 'append',
		errorBag: String(headers[requestHeaders.errorBag] ?? ''),
		// The client names the one, browsers the other.
		isPrefetch: isPrefetch(headers[requestHeaders.purpose]) || isPrefetch(headers[requestHeaders.securePurpose]),
		isPrecognition,
		validateOnly: isPrecognition ? parseFields(headers[requestHeaders.precognitionOnly]) : undefined,
	};
}

/** Browsers may add how: `prefetch;prerender`. */
function isPrefetch(purpose: string | string[] | undefined): boolean {
	return purpose !== undefined && String(purpose).startsWith('prefetch');
}

/** An empty list is one of a form that nobody has touched yet: it asks for no field. */
function parseFields(header: string | string[] | undefined): readonly string[] | undefined {
	return header === undefined ? undefined : parseList(header);
}

function parseList(header: string | string[] | undefined): readonly string[] {
	if (header === undefined) return noPaths;
	return String(header)
		.split(',')
		.map(name => name.trim())
		.filter(name => name !== '');
}
