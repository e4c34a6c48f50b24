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
 * Nunjucks as globals, a `rootView` as its third argument.
 */
export class DocumentTags {
	readonly #snapshot: Snapshot;
	readonly #pageJson: string;
	readonly #rootId: string;
	readonly #version: string;
	readonly #nonce: string | undefined;

	constructor(snapshot: Snapshot, pageJson: string, rootId: string, version: string, nonce: string | undefined) {
		this.#snapshot = snapshot;
		this.#pageJson = pageJson;
		this.#rootId = rootId;
		this.#version = version;
		this.#nonce = nonce;
	}

	/**
	 * The version that the middleware checks the next visit against. Text, not HTML.
	 *
	 * @see https://inertiajs.com/docs/v3/advanced/asset-versioning
	 */
	inertiaVersion(): string {
		return this.#version;
	}

	/**
	 * The script element with the page object and the root element.
	 *
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
	 */
	inertia(): string {
		return createRootElement(this.#pageJson, this.#rootId);
	}

	/**
	 * The tags of entries: stylesheets, `modulepreload` for imports, scripts; of every entry when none is named. While
	 * the dev server runs: its client and the entries. They carry the nonce in `ctx.state.cspNonce`, if there is one.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry; {OptionError} without a name while the dev server
	 * runs.
	 */
	vite(...entries: readonly string[]): string {
		return this.#snapshot.tags(entries, this.#nonce);
	}

	/**
	 * The public URL of one source file of the build. Text, not HTML.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	viteAsset(path: string): string {
		return this.#snapshot.url(path);
	}
}
