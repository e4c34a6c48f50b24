import type {Context} from 'koa';
import type {Snapshot} from './assets/snapshot.ts';
import type {TagList} from './assets/tags/tag-list.ts';
import {parseTagArguments, type TagArguments, type TagRequest} from './assets/tags/tag-request.ts';
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
	 * the dev server runs: its client and the entries. The last argument may be options: the `page`, whose own chunk is then
	 * loaded beside the entry, and attributes for the tags.
	 *
	 * Each tag comes once in a document, whatever the number of calls. They carry the nonce in `ctx.state.cspNonce`, if
	 * there is one.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry; {OptionError} when there is none to choose.
	 */
	readonly vite: (...given: TagArguments) => string;
	/** The preamble of React's fast refresh, while a dev server runs that doesn't say whether it is needed. */
	readonly viteReactRefresh: () => string;
	/**
	 * The public URL of one source file of the build. Text, not HTML.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	readonly viteAsset: (path: string) => string;
}

/** What the tags of a document depend on beside its assets. */
export interface DocumentValues {
	readonly json: string;
	readonly version: string;
	readonly rootId: string;
	readonly nonce: string | undefined;
}

/** The tags of one document, and what its template asked for. */
export interface Document {
	readonly tags: DocumentTags;
	readonly requests: readonly TagRequest[];
	readonly lists: readonly TagList[];
}

/** Binds the tags to a page that was stringified, and to the snapshot that its request was checked against. */
export function createDocument(snapshot: Snapshot, {json, version, rootId, nonce}: DocumentValues): Document {
	const requests: TagRequest[] = [];
	const lists: TagList[] = [];
	const add = (list: TagList): string => {
		const html = list.renderNew(lists, nonce);
		lists.push(list);
		return html;
	};
	const tags: DocumentTags = {
		inertiaVersion: () => version,
		inertia: () => createRootElement(json, rootId),
		vite(...given) {
			const request = parseTagArguments(given);
			const html = add(snapshot.listTags(request));
			requests.push(request);
			return html;
		},
		viteReactRefresh: () => add(snapshot.listReactRefreshTags()),
		viteAsset: path => snapshot.url(path),
	};
	return {tags, requests, lists};
}
