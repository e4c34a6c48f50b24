import type {ManifestIndex} from '../manifest/manifest-index.ts';
import type {Attributes} from './attributes.ts';
import {describePreload} from './preload.ts';
import {createTag, type Tag} from './tag.ts';
import type {TagAttributes} from './tag-request.ts';

/**
 * Makes the tags for the files of one build with the same attributes of the application. Each tag is made once: pages
 * share most of their tags, and there may be thousands of pages.
 */
export class TagFactory {
	readonly attributes: Required<TagAttributes>;
	readonly #index: ManifestIndex;
	readonly #tags = new Map<string, Tag>();

	constructor(index: ManifestIndex, attributes: Required<TagAttributes>) {
		this.#index = index;
		this.attributes = attributes;
	}

	createStylesheet(file: string): Tag {
		return this.#create('<link', `stylesheet ${file}`, () => ({
			rel: 'stylesheet',
			href: this.#locate(file),
			...this.#describe(file),
			...this.attributes.stylesheet,
		}));
	}

	createPreload(file: string): Tag {
		return this.#create('<link', `modulepreload ${file}`, () => ({
			rel: 'modulepreload',
			href: this.#locate(file),
			...this.#describe(file),
			...this.attributes.preload,
		}));
	}

	createScript(file: string): Tag {
		const create = () => ({
			type: 'module',
			src: this.#locate(file),
			...this.#describe(file),
			...this.attributes.script,
		});
		return this.#create('<script', `script ${file}`, create, `modulepreload ${file}`);
	}

	#create(start: Tag['start'], purpose: string, list: () => Attributes, alsoServes?: string): Tag {
		let tag = this.#tags.get(purpose);
		if (!tag) {
			const attributes = list();
			const preload = describePreload(attributes, this.#index);
			tag = createTag(start, attributes, {purpose, preload, ...(alsoServes !== undefined && {alsoServes})});
			this.#tags.set(purpose, tag);
		}

		return tag;
	}

	#locate(file: string): string {
		return this.#index.base + file;
	}

	#describe(file: string): Attributes {
		return {crossorigin: this.#index.isCrossOrigin, integrity: this.#index.integrities.get(file)};
	}
}
