import type {IncomingHttpHeaders} from 'node:http';
import type {Context} from 'koa';
import {requestHeaders} from './headers.ts';
import {parseList, parseNames} from './name-lists.ts';

/**
 * What the headers of a request say in Inertia's terms. Later code reads the visit, not the headers of the protocol.
 *
 * Lists are trimmed and without empty names; a list that wasn't sent is empty. Names that a header can't carry are as the
 * props have them.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export interface Visit {
	/** Whether the request is a visit of the client, which asks for a page as JSON. */
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

/**
 * The constructor reads the headers that every request needs; getters read the rest on demand, since each look-up takes
 * time.
 */
export class ParsedVisit implements Visit {
	readonly isInertia: boolean;
	readonly method: string;
	readonly version: string;
	readonly partialComponent: string;
	readonly #headers: IncomingHttpHeaders;

	constructor(ctx: Context) {
		// We don't use `ctx.get()`, because it takes longer than the rest of this constructor.
		const {headers, method = 'GET'} = ctx.req;
		this.isInertia = Boolean(headers[requestHeaders.inertia]);
		this.method = method;
		this.version = String(headers[requestHeaders.version] ?? '');
		this.partialComponent = String(headers[requestHeaders.partialComponent] ?? '');
		this.#headers = headers;
	}

	get only(): readonly string[] {
		return parseNames(this.#headers[requestHeaders.partialData]);
	}

	get except(): readonly string[] {
		return parseNames(this.#headers[requestHeaders.partialExcept]);
	}

	get reset(): readonly string[] {
		return parseNames(this.#headers[requestHeaders.reset]);
	}

	get loadedOnce(): readonly string[] {
		return parseNames(this.#headers[requestHeaders.exceptOnceProps]);
	}

	get mergeIntent(): 'append' | 'prepend' {
		return this.#headers[requestHeaders.mergeIntent] === 'prepend' ? 'prepend' : 'append';
	}

	get errorBag(): string {
		return String(this.#headers[requestHeaders.errorBag] ?? '');
	}

	get isPrefetch(): boolean {
		// The client sends the first header, browsers the second.
		return [requestHeaders.purpose, requestHeaders.securePurpose].some(name => isPrefetch(this.#headers[name]));
	}

	get isPrecognition(): boolean {
		return this.#headers[requestHeaders.precognition] === 'true';
	}

	get validateOnly(): readonly string[] | undefined {
		return this.isPrecognition ? parseFields(this.#headers[requestHeaders.precognitionOnly]) : undefined;
	}
}

/** Whether a request sends a form. A validation while the user types only asks whether it could be sent. */
export function isSubmission({isPrecognition, method}: Visit): boolean {
	return method !== 'GET' && method !== 'HEAD' && !isPrecognition;
}

/** Makes a frozen copy with every member as its own, which an application can print, spread and compare. */
export function freezeVisit(visit: Visit): Visit {
	const {isInertia, method, version, partialComponent, only, except, reset, loadedOnce, mergeIntent} = visit;
	const {errorBag, isPrefetch, isPrecognition, validateOnly} = visit;
	return Object.freeze({
		isInertia,
		method,
		version,
		partialComponent,
		only,
		except,
		reset,
		loadedOnce,
		mergeIntent,
		errorBag,
		isPrefetch,
		isPrecognition,
		validateOnly,
	});
}

/** Whether a header says that the page is loaded ahead. Browsers may add how: `prefetch;prerender`. */
function isPrefetch(purpose: string | string[] | undefined): boolean {
	return purpose !== undefined && String(purpose).startsWith('prefetch');
}

/** A form that nobody has touched yet sends an empty list: it asks for no field. */
function parseFields(header: string | string[] | undefined): readonly string[] | undefined {
	return header === undefined ? undefined : parseList(header);
}
