import type {Context} from 'koa';

/** A value that may have to be waited for. */
export type MaybePromise<Value> = Value | Promise<Value>;

/**
 * The props of a page: JSON values, promises, functions and what the prop factories make, at any depth.
 *
 * Class instances and objects with `toJSON` are left to `JSON.stringify`. Keys with dots at the top level are
 * unpacked: `'auth.user'` is `user` inside `auth`.
 */
export interface Props {
	readonly [name: string]: PropValue;
}

/** Anything; the first three tell a function at any depth what it receives. */
type PropValue =
	| ((context: LoaderContext) => unknown)
	| Props
	| readonly PropValue[]
	| NonNullable<unknown>
	| null
	| undefined;

/** What a prop function receives. */
export interface LoaderContext {
	/** The context of the request that the page answers. */
	readonly ctx: Context;
	/** Aborts when the client goes away before the answer is sent. Made when it is first asked for. */
	readonly signal: AbortSignal;
}

/** What `toInertiaProps` receives. */
export interface PropsContext extends LoaderContext {
	/** The page component that is rendered. */
	readonly component: string;
}

/** What `toInertiaProp` receives. */
export interface PropContext extends PropsContext {
	/** Dotted path of the prop, list indices included. */
	readonly path: string;
	/** The object or the list around the prop, as it was given. */
	readonly props: object;
}

/** An object that gives several props at once, in place of props or inside them. */
export interface PropsProvider {
	toInertiaProps(context: PropsContext): Props | Promise<Props>;
}

/** A value that makes its own prop: another value, a promise, or what a prop factory makes. */
export interface PropProvider {
	toInertiaProp(context: PropContext): unknown;
}

/** Props, an object that gives some, or several of both: the later of two with the same name wins. */
export type PropsInput = Props | PropsProvider | ReadonlyArray<Props | PropsProvider>;

/** Messages by field, of a nested field by its dotted path: one message, or all. */
export type FieldErrors = Readonly<Record<string, string | readonly string[]>>;

/** The state of a paginated list, as the client's infinite scroll reads it. */
export interface ScrollMetadata {
	/** The query parameter that asks for another page. */
	readonly pageName: string;
	/** Number or cursor of the page before; `null` when there is none. */
	readonly previousPage: number | string | null;
	/** Number or cursor of the page after; `null` when there is none. */
	readonly nextPage: number | string | null;
	/** Number or cursor of this page. */
	readonly currentPage: number | string | null;
}

/** What the page says of its props beside their values. A member is there only when it isn't empty. */
export interface PageMetadata {
	/** Top-level names of the shared props, which the client keeps for the next page that it shows at once. */
	readonly sharedProps?: readonly string[];
	/** Paths at whose end the client puts what it receives. */
	readonly mergeProps?: readonly string[];
	/** Paths at whose beginning the client puts what it receives. */
	readonly prependProps?: readonly string[];
	/** Paths that the client merges at every depth. */
	readonly deepMergeProps?: readonly string[];
	/** Paths of lists, each with the key that tells which items are the same. */
	readonly matchPropsOn?: readonly string[];
	/** Paths that the client asks for after the page is shown, by group; one request for each group. */
	readonly deferredProps?: Readonly<Record<string, readonly string[]>>;
	/** Paths of deferred props that failed and may be asked for again. */
	readonly rescuedProps?: readonly string[];
	/** Paths of paginated lists, each with its state. `reset` tells the client to start anew. */
	readonly scrollProps?: Readonly<Record<string, ScrollMetadata & {readonly reset: boolean}>>;
	/** Props that the client keeps, by key. `expiresAt` is in epoch milliseconds, `null` for never. */
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
	/** Resolved props; always with `errors`, which is `{}` when there are none. */
	readonly props: Props;
	/** Path and query of the page, without scheme and host. */
	readonly url: string;
	/** The asset version that the client sends back with its next visit; `''` when versioning is off. */
	readonly version: string;
	/** What was flashed: shown once, and kept out of the browser's history. There only when something was. */
	readonly flash?: Readonly<Record<string, unknown>>;
	/** Whether the client encrypts the page in the browser's history. */
	readonly encryptHistory?: true;
	/** Whether the client makes all that it encrypted so far unreadable. */
	readonly clearHistory?: true;
	/** Whether the client keeps the fragment of the URL that was visited. */
	readonly preserveFragment?: true;
}
