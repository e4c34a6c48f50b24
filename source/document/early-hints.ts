import type {Context} from 'koa';
import type {Snapshot} from '../assets/snapshot.ts';
import type {TagRequest} from '../assets/tags/tag-request.ts';
import {InertiaError} from '../errors/inertia-error.ts';
import {listPreloads} from './link-header.ts';

/** A document before it is rendered. */
export interface DocumentPlan {
	readonly template: string;
	readonly component: string;
}

/** One call of `vite()` in a template. */
interface Call {
	readonly request: TagRequest;
	/** Whether the call names the page that is rendered, so that the next document names its own page. */
	readonly followsPage: boolean;
}

/** Number of templates that are remembered. An application has few; one that makes up their names has any number. */
const keptTemplates = 100;

/**
 * Tells the browser what a document will load before its props are there, so that it loads the files while the server
 * works.
 *
 * We know what a template loads when it was rendered once. So the first document of each template has no hints. A wrong
 * hint costs a file that isn't needed, never a page.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Status/103
 */
export class EarlyHints {
	readonly #budget: number;
	readonly #calls = new Map<string, readonly Call[]>();

	/** `budget` is the option `preloadBudget`, in bytes. */
	constructor(budget: number) {
		this.#budget = budget;
	}

	/** Remembers the calls of `vite()` that a template has made for a page. */
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

	/** Sends the hints for a page, if the client can take them. */
	send(ctx: Context, snapshot: Snapshot, {template, component}: DocumentPlan): void {
		const calls = this.#calls.get(template);
		// HTTP/1.0 knows no response before the final one.
		if (!calls || ctx.method !== 'GET' || ctx.req.httpVersion === '1.0' || ctx.headerSent || !ctx.writable) return;
		try {
			const link = listPreloads(
				calls.map(({request, followsPage}) => snapshot.listTags(followsPage ? {...request, page: component} : request)),
				this.#budget,
			);
			if (link.length > 0) ctx.res.writeEarlyHints({link: [...link]});
		} catch (error) {
			// The newest build lacks an entry. The document will report it.
			if (!(error instanceof InertiaError)) throw error;
		}
	}
}
