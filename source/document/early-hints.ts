import type {Context} from 'koa';
import type {Snapshot} from '../assets/snapshot.ts';
import type {TagRequest} from '../assets/tags/tag-request.ts';
import {InertiaError} from '../errors/inertia-error.ts';
import {listPreloads} from './link-header.ts';

/** What is known of a document before it is rendered. */
export interface DocumentPlan {
	readonly template: string;
	readonly component: string;
}

/** What a template asked for with one call of `vite()`. */
interface Call {
	readonly request: TagRequest;
	/** Whether it asked for the page that it was rendered for, and so will for the next one. */
	readonly followsPage: boolean;
}

/** Templates that are remembered. An application has few; one that makes up their names has any number. */
const keptTemplates = 100;

/**
 * Says what a document will load before its props are there, so that the browser loads it while the server works.
 *
 * What a template loads is known once it was rendered; so the first document of each template has no hints, and a wrong
 * one costs a file that isn't needed, never a page.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Status/103
 */
export class EarlyHints {
	readonly #budget: number;
	readonly #calls = new Map<string, readonly Call[]>();

	/** `budget` is that of the `Link` header, in bytes. */
	constructor(budget: number) {
		this.#budget = budget;
	}

	/** Learns what a template has asked for when it was rendered for a page. */
	learn(template: string, component: string, requests: readonly TagRequest[]): void {
		if (this.#calls.size >= keptTemplates && !this.#calls.has(template)) this.#calls.clear();
		const earlier = this.#calls.get(template);
		const calls = requests.map((request, index) => {
			const known = earlier?.[index];
			const isConstant = known && !known.followsPage && known.request.page === request.page;
			return {request, followsPage: request.page === component && !isConstant};
		});
		this.#calls.set(template, calls);
	}

	/** Sends the hints for a page, when the client can take them. */
	send(ctx: Context, snapshot: Snapshot, {template, component}: DocumentPlan): void {
		const calls = this.#calls.get(template);
		// HTTP/1.0 has no answers before the answer.
		if (!calls || ctx.method !== 'GET' || ctx.req.httpVersion === '1.0' || ctx.headerSent || !ctx.writable) return;
		try {
			const link = listPreloads(
				calls.map(({request, followsPage}) => snapshot.listTags(followsPage ? {...request, page: component} : request)),
				this.#budget,
			);
			if (link.length > 0) ctx.res.writeEarlyHints({link: [...link]});
		} catch (error) {
			// An entry that the newest build lacks: the document will say so.
			if (!(error instanceof InertiaError)) throw error;
		}
	}
}
