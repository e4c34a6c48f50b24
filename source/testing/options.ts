import {OptionError} from '../errors/option-error.ts';
import {checkOptions, type Expectation, isObject, text} from '../support/check-options.ts';
import type {VisitMethod} from './send.ts';

/** Options of `inertia`. */
export interface ClientOptions {
	/**
	 * The version that every visit sends, in place of that of the page.
	 *
	 * Any other than the server's makes a stale client. With the server's own, for example
	 * `middleware.assets.version`, a visit needs no `open` before it.
	 *
	 * @default the version of the page that the client has
	 * @example
	 * const staleClient = createClient(supertest(app.callback()), {version: 'old'});
	 */
	readonly version?: string;
}

/** Options of `client.open`. */
export interface OpenOptions {
	/**
	 * More headers.
	 *
	 * @default none
	 */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Options of `client.reload`. One with `only`, `except` or `reset` is a partial reload.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#partial-reloads
 */
export interface ReloadOptions {
	/**
	 * Dotted paths of the props to load.
	 *
	 * @default all
	 */
	readonly only?: readonly string[];
	/**
	 * Dotted paths of the props to leave out.
	 *
	 * @default none
	 */
	readonly except?: readonly string[];
	/**
	 * Dotted paths of props to load anew, without merging them into what the client has.
	 *
	 * @default none
	 */
	readonly reset?: readonly string[];
	/**
	 * Name of the form. The errors of a visit with one stand under it in `errors`.
	 *
	 * @default none
	 * @see https://inertiajs.com/docs/v3/the-basics/validation#error-bags
	 */
	readonly errorBag?: string;
	/**
	 * More headers. Those of the protocol can't be replaced.
	 *
	 * @default none
	 */
	readonly headers?: Readonly<Record<string, string>>;
}

/** Options of `client.visit`. */
export interface VisitOptions extends ReloadOptions {
	/** @default `'get'` */
	readonly method?: VisitMethod;
	/**
	 * The body, sent as JSON. A GET has none: put its data into the query of the path.
	 *
	 * @default `{}`, as the client sends it
	 */
	readonly data?: object;
}

/** Options of `client.validate`. */
export interface ValidateOptions {
	/**
	 * The method that the form is sent with.
	 *
	 * @default `'post'`
	 */
	readonly method?: VisitMethod;
	/**
	 * What is in the form. Sent as JSON, by a GET or a DELETE in the query.
	 *
	 * @default `{}`
	 */
	readonly data?: object;
	/**
	 * Dotted paths of the fields to validate, `*` for any name in between.
	 *
	 * @default all
	 */
	readonly only?: readonly string[];
	/**
	 * More headers. Those of the protocol can't be replaced.
	 *
	 * @default none
	 */
	readonly headers?: Readonly<Record<string, string>>;
}

type Expectations<Options> = Readonly<Record<keyof Options, Expectation>>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const isPaths = (value: unknown): boolean =>
	Array.isArray(value) && value.every(item => typeof item === 'string' && item !== '');
const paths: Expectation = {accepts: isPaths, expected: 'a list of the paths of props'};
const openExpectations: Expectations<OpenOptions> = {
	headers: {accepts: isObject, expected: 'an object of headers'},
};
const reloadExpectations: Expectations<ReloadOptions> = {
	only: paths,
	except: paths,
	reset: paths,
	errorBag: text,
	...openExpectations,
};
const bodyExpectations: Expectations<Pick<VisitOptions, 'method' | 'data'>> = {
	method: {accepts: value => methods.includes(value as string), expected: `one of ${methods.join(', ')}`},
	data: {accepts: isObject, expected: 'an object'},
};
const visitExpectations: Expectations<VisitOptions> = {...bodyExpectations, ...reloadExpectations};
const validateExpectations: Expectations<ValidateOptions> = {
	...bodyExpectations,
	only: {accepts: isPaths, expected: 'a list of the paths of fields'},
	...openExpectations,
};
const clientExpectations: Expectations<ClientOptions> = {
	version: {accepts: value => typeof value === 'string', expected: 'a string'},
};

export function checkClientOptions(options: ClientOptions): void {
	checkOptions('createClient', options, clientExpectations);
}

export function checkOpenOptions(options: OpenOptions): void {
	checkOptions('client.open', options, openExpectations);
}

export function checkReloadOptions(subject: string, options: ReloadOptions): void {
	checkOptions(subject, options, reloadExpectations);
}

export function checkValidateOptions(options: ValidateOptions): void {
	checkOptions('client.validate', options, validateExpectations);
}

/** @throws {OptionError} also for a GET with data, which a client would write into the query. */
export function checkVisitOptions(options: VisitOptions): void {
	checkOptions('client.visit', options, visitExpectations);
	const {method = 'get', data} = options;
	if (method !== 'get' || data === undefined) return;
	throw new OptionError(
		'In `client.visit`, the option `data` is the body, and a GET has none. Put it into the query of the path, or set `method`.',
	);
}
