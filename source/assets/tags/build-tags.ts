import type {ManifestIndex} from '../manifest/manifest-index.ts';
import {createEntryTags} from './entry-tags.ts';
import {createHeadTags} from './head-tags.ts';
import {TagCache} from './tag-cache.ts';
import {TagFactory} from './tag-factory.ts';
import {TagBlock, TagList} from './tag-list.ts';
import {hasAttributes, noAttributes, type TagRequest} from './tag-request.ts';

/** Characters of tags that are kept for calls without attributes. There are as many of these calls as pages. */
const keptCharacters = 4_000_000;
/** The same for calls with attributes. Templates have few, but one with a value of the request may have any number. */
const keptCharactersWithAttributes = 500_000;

/** The tags of one build. Each list is made once, since most requests ask for the same ones. */
export class BuildTags {
	readonly #index: ManifestIndex;
	readonly #factory: TagFactory;
	readonly #lists = new TagCache(keptCharacters);
	readonly #listsWithAttributes = new TagCache(keptCharactersWithAttributes);
	#head: TagBlock | undefined;

	constructor(index: ManifestIndex) {
		this.#index = index;
		this.#factory = new TagFactory(index, noAttributes);
	}

	/** @throws {ManifestEntryError} when the manifest lacks an entry, or has no tag for it. */
	list(request: TagRequest): TagList {
		const {page, attributes, key} = request;
		const hasOwn = hasAttributes(request);
		// The cache knows the chunk of the page and not its name: unknown names, of which there may be any number, have the
		// same tags.
		const pageKey = page === undefined ? undefined : this.#index.pages.get(page);
		const lists = hasOwn ? this.#listsWithAttributes : this.#lists;
		return lists.get(key, pageKey, () => {
			const entries = request.entries.length > 0 ? request.entries : this.#index.entries;
			const factory = hasOwn ? new TagFactory(this.#index, attributes) : this.#factory;
			const {tags, preloads} = createEntryTags(this.#index, factory, {entries, pageKey});
			this.#head ??= new TagBlock(createHeadTags(this.#index));
			return new TagList(this.#head, new TagBlock(tags), preloads);
		});
	}
}
