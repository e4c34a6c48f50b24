import type {TagList} from './tag-list.ts';

/** Keeps the tags of earlier calls of `vite()`, as many as fit into a number of characters. */
export class TagCache {
	readonly #limit: number;
	/** The lists by call, then by page. We don't join both into one key, because that takes longer than two look-ups. */
	readonly #lists = new Map<string, Map<string | undefined, TagList>>();
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Gives the list for a call and a page, which are everything that the tags depend on. */
	get(call: string, page: string | undefined, create: () => TagList): TagList {
		const known = this.#lists.get(call)?.get(page);
		if (known) return known;
		const list = create();
		// We drop all lists at once: those in use are soon back, and no request has to note which list it used.
		if (this.#length > this.#limit) {
			this.#lists.clear();
			this.#length = 0;
		}

		const pages = this.#lists.get(call) ?? new Map<string | undefined, TagList>();
		this.#lists.set(call, pages.set(page, list));
		this.#length += call.length + list.length;
		return list;
	}
}
