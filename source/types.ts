import type {Context} from 'koa';

/**
 * The props of a page: JSON values, promises, functions and async functions, at any depth.
 *
 * Class instances and objects with `toJSON` are left to `JSON.stringify`.
 */
export type Props = Readonly<Record<string, unknown>>;

/** What a prop function receives. */
export interface LoaderContext {
	/** The context of the request that the page answers. */
	readonly ctx: Context;
}

/**
 * The page object: what the server sends for every page, as JSON or inside the first document.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export interface PageObject {
	/** Name of the page component, as the client resolves it. */
	readonly component: string;
	/** Resolved props; always with `errors`, which is `{}` when there are none. */
	readonly props: Props;
	/** Path and query of the page, without scheme and host. */
	readonly url: string;
	/** The asset version that the client sends back with its next visit; `''` when versioning is off. */
	readonly version: string;
}
