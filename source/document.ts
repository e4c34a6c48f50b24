import type {Context} from 'koa';
import type {Snapshot} from './assets/snapshot.ts';
import {createRootElement} from './html.ts';
import type {PageObject} from './types.ts';

/** One first document to be rendered: the page, and everything that a template may ask for. */
export interface DocumentRequest {
	readonly page: PageObject;
	readonly ctx: Context;
	readonly tags: DocumentTags;
	readonly viewData: Readonly<Record<string, unknown>>;
	readonly template: string;
}

/** Renders the first document. */
export type RenderDocument = (request: DocumentRequest) => string | Promise<string>;

/**
 * The parts of a first document that come from this package, as HTML. Every template engine gets the same ones:
 * Nunjucks as globals, a `rootView` as its third argument. They may be taken apart: none needs the others.
 */
export interface DocumentTags {
	/**
	 * The version that the middleware checks the next visit against. Text, not HTML.
	 *
	 * @see https://inertiajs.com/docs/v3/advanced/asset-versioning
	 */
	readonly inertiaVersion: () => string;
	/**
	 * The script element with the page object and the root element.
	 *
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
	 */
	readonly inertia: () => string;
	/**
	 * The tags of entries: stylesheets, `modulepreload` for imports, scripts; of every entry when none is named. While
	 * the dev server runs: its client and the entries. They carry the nonce in `ctx.state.cspNonce`, if there is one.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry; {OptionError} when there is none to choose.
	 */
	readonly vite: (...entries: readonly string[]) => string;
	/**
	 * The public URL of one source file of the build. Text, not HTML.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	readonly viteAsset: (path: string) => string;
}

/** Binds the tags to a page that was stringified, and to the snapshot that its request was checked against. */
export function createDocumentTags(
	snapshot: Snapshot,
	page: {readonly json: string; readonly version: string; readonly rootId: string; readonly nonce: string | undefined},
): DocumentTags {
	return {
		inertiaVersion: () => page.version,
		inertia: () => createRootElement(page.json, page.rootId),
		vite: (...entries) => snapshot.tags(entries, page.nonce),
		viteAsset: path => snapshot.url(path),
	};
}
