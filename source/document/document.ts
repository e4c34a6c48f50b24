import type {Context} from 'koa';
import type {Snapshot} from '../assets/snapshot.ts';
import type {TagList} from '../assets/tags/tag-list.ts';
import {parseTagArguments, type TagRequest} from '../assets/tags/tag-request.ts';
import type {DocumentTags} from '../options.ts';
import {escapeScriptJson} from '../support/html.ts';
import type {PageObject} from '../types.ts';
import {createRootElement} from './root-element.ts';

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

/** What the tags of a document depend on, beside its assets. */
export interface DocumentValues {
	readonly json: string;
	readonly version: string;
	readonly rootId: string;
	readonly nonce: string | undefined;
}

/** The tags of one document, and which of them its template has asked for. */
export interface Document {
	readonly tags: DocumentTags;
	readonly requests: readonly TagRequest[];
	readonly lists: readonly TagList[];
}

/** Makes the tags for one page, from its JSON and from the snapshot that its request was checked against. */
export function createDocumentTags(snapshot: Snapshot, {json, version, rootId, nonce}: DocumentValues): Document {
	const requests: TagRequest[] = [];
	const lists: TagList[] = [];
	const add = (list: TagList): string => {
		const html = list.renderNew(lists, nonce);
		lists.push(list);
		return html;
	};
	const tags: DocumentTags = {
		inertiaVersion: () => version,
		inertia: (...given) => createRootElement(json, rootId, given),
		page: () => escapeScriptJson(json),
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
