import type {Build} from './build.ts';
import {describePreload} from './preload.ts';
import {type Attributes, createTag, type Tag} from './tag.ts';
import type {TagAttributes} from './tag-request.ts';

/** Makes the tags of files of one build with the same attributes of the user's, each once. */
export class TagFactory {
	readonly attributes: Required<TagAttributes>;
	readonly #build: Build;
	readonly #tags = new Map<string, Tag>();

	constructor(build: Build, attributes: Required<TagAttributes>) {
		this.#build = build;
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

	/** Pages share most of their tags, and there may be thousands of pages. */
	#create(start: Tag['start'], purpose: string, list: () => Attributes, alsoServes?: string): Tag {
		let tag = this.#tags.get(purpose);
		if (!tag) {
			const attributes = list();
			const preload = describePreload(attributes, this.#build);
			tag = createTag(start, attributes, {purpose, preload, ...(alsoServes !== undefined && {alsoServes})});
			this.#tags.set(purpose, tag);
		}

		return tag;
	}

	#locate(file: string): string {
		return this.#build.base + file;
	}

	#describe(file: string): Attributes {
		return {crossorigin: this.#build.isCrossOrigin, integrity: this.#build.integrities.get(file)};
	}
}
