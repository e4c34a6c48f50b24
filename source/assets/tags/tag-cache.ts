import type {TagList} from './tag-list.ts';

/** The tags of calls of `vite()` that were made before, as many as fit into a number of characters. */
export class TagCache {
	readonly #limit: number;
	/** By call, then by page: to join both into one text for each request takes longer than to look twice. */
	readonly #lists = new Map<string, Map<string | undefined, TagList>>();
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** `call` and `page` say everything that the tags depend on. */
	get(call: string, page: string | undefined, create: () => TagList): TagList {
		const known = this.#lists.get(call)?.get(page);
		if (known) return known;
		const list = create();
		// All at once: those that are asked for again are soon back, and none is looked at on each request.
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
