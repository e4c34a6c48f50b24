import type {TagList} from './tag-list.ts';

/** The tags of calls of `vite()` that were made before, as many as fit into a number of characters. */
export class TagCache {
	readonly #limit: number;
	readonly #lists = new Map<string, TagList>();
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** `key` says everything that the tags depend on. */
	get(key: string, create: () => TagList): TagList {
		const known = this.#lists.get(key);
		if (known) return known;
		const list = create();
		// All at once: those that are asked for again are soon back, and none is looked at on each request.
		if (this.#length > this.#limit) {
			this.#lists.clear();
			this.#length = 0;
		}

		this.#lists.set(key, list);
		this.#length += key.length + list.length;
		return list;
	}
}
