import type {Context} from 'koa';

/** A value, or a promise of it. We don't make everything a promise, because each `await` costs a turn of the queue. */
export type MaybePromise<Value> = Value | Promise<Value>;

/**
 * The props of a page: JSON values, promises, functions and what the prop factories make, at any depth.
 *
 * Class instances and objects with `toJSON` are sent as JSON has them, also in place of all props. Keys with dots at the
 * top level are unpacked: `'auth.user'` is `user` inside `auth`.
 *
 * @example
 * import {defer, page, type Props} from 'koa-inertia';
 *
 * const props: Props = {title: 'Users', users: async () => [{name: 'Ada'}], 'counts.unread': defer(() => 3)};
 * export const users = page('Users/Index', props);
 */
export interface Props {
	readonly [name: string]: PropValue;
}

/** Any value. The union names functions, so that TypeScript knows what a function at any depth is called with. */
type PropValue =
	| ((context: LoaderContext) => unknown)
	| Props
	| readonly PropValue[]
	| NonNullable<unknown>
	| null
	| undefined;

/** What a function among the props is called with. */
export interface LoaderContext {
	/** The context of the request that the page answers. */
	readonly ctx: Context;
	/** Aborts when the client goes away before the answer is sent. It is made on the first access. */
	readonly signal: AbortSignal;
}

/** What `toInertiaProps` is called with. */
export interface PropsContext extends LoaderContext {
	/** The page component that is rendered. */
	readonly component: string;
}

/** What `toInertiaProp` is called with. */
export interface PropContext extends PropsContext {
	/** Dotted path of the prop, list indices included. */
	readonly path: string;
	/** The object or list that contains the prop, as it was given. */
	readonly props: object;
}

/**
 * An object that gives several props at once. It can stand in place of the props of a page, or among them.
 *
 * @example
 * import {page, type PropsProvider} from 'koa-inertia';
 *
 * const account: PropsProvider = {toInertiaProps: ({ctx}) => ({user: ctx.state.user})};
 * export const home = page('Home', [account, {title: 'Home'}]);
 */
export interface PropsProvider {
	toInertiaProps(context: PropsContext): Props | Promise<Props>;
}

/**
 * A value that makes its own prop: another value, a promise, or what a prop factory makes.
 *
 * @example
 * import {page, type PropProvider} from 'koa-inertia';
 *
 * class Money implements PropProvider {
 * 	constructor(readonly cents: bigint) {}
 * 	toInertiaProp() {
 * 		return `${this.cents / 100n} €`;
 * 	}
 * }
 * export const account = page('Account', {balance: new Money(12_000n)});
 */
export interface PropProvider {
	toInertiaProp(context: PropContext): unknown;
}

/** Props, an object that provides props, or a list of both. Of two props with the same name, the later one wins. */
export type PropsInput = Props | PropsProvider | ReadonlyArray<Props | PropsProvider>;

/** Messages by field: one message, or a list. The key of a nested field is its dotted path, such as `items.0.name`. */
export type FieldErrors = Readonly<Record<string, string | readonly string[]>>;

/** Where a paginated list stands, as the client's infinite scroll reads it. */
export interface ScrollMetadata {
	/** The query parameter that asks for another page. */
	readonly pageName: string;
	/** Number or cursor of the page before this one; `null` when there is none. */
	readonly previousPage: number | string | null;
	/** Number or cursor of the page after this one; `null` when there is none. */
	readonly nextPage: number | string | null;
	/** Number or cursor of this page. */
	readonly currentPage: number | string | null;
}

/** What a page tells the client about its props, beside their values. A member is present only when it isn't empty. */
export interface PageMetadata {
	/** Top-level names of the shared props. The client keeps them for a page that it shows before the answer arrives. */
	readonly sharedProps?: readonly string[];
	/** Paths of the values that the client extends at their end. */
	readonly mergeProps?: readonly string[];
	/** Paths of the values that the client extends at their beginning. */
	readonly prependProps?: readonly string[];
	/** Paths that the client merges at every depth. */
	readonly deepMergeProps?: readonly string[];
	/** Paths of lists, each followed by the key that identifies an item, such as `users.id`. */
	readonly matchPropsOn?: readonly string[];
	/** Paths that the client asks for after it shows the page, by group. It sends one request for each group. */
	readonly deferredProps?: Readonly<Record<string, readonly string[]>>;
	/** Paths of deferred props that failed and may be asked for again. */
	readonly rescuedProps?: readonly string[];
	/** Where each paginated list stands, by its path. `reset` tells the client to drop the pages that it has. */
	readonly scrollProps?: Readonly<Record<string, ScrollMetadata & {readonly reset: boolean}>>;
	/** Props that the client keeps, by key. `expiresAt` is in epoch milliseconds; `null` means never. */
	readonly onceProps?: Readonly<Record<string, {readonly prop: string; readonly expiresAt: number | null}>>;
}

/**
 * The page object: what the server sends for every page, as JSON or inside the first document.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export interface PageObject extends PageMetadata {
	/** Name of the page component, as the client resolves it. */
	readonly component: string;
	/** The resolved props. `errors` is always among them, and is `{}` when there are none. */
	readonly props: Props;
	/** Path and query of the page, without scheme and host. */
	readonly url: string;
	/** The asset version that the client sends back with its next visit; `''` when versioning is off. */
	readonly version: string;
	/** The flashed values, when there are some. They are shown once, and stay out of the browser's history. */
	readonly flash?: Readonly<Record<string, unknown>>;
	/** Whether the client encrypts the page in the browser's history. */
	readonly encryptHistory?: true;
	/** Whether the client makes the pages unreadable that it has encrypted so far. */
	readonly clearHistory?: true;
	/** Whether the client keeps the fragment of the URL that was visited. */
	readonly preserveFragment?: true;
}
