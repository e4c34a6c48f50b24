import {escapeScriptJson} from '../../support/html.ts';
import {indexPages, isStylesheet} from '../manifest/chunk-graph.ts';
import {findPolyfills, listLegacyFiles, listOwnEntries, type Polyfills} from '../manifest/entries.ts';
import type {Manifest} from '../manifest/manifest.ts';
import {createFailureNotice} from './failure-notice.ts';
import {createTag} from './tag.ts';
import {TagBlock} from './tag-list.ts';

const mapPurpose = 'importmap';

/** A built manifest with what its tags need to look up, found out once. */
export class Build {
	readonly manifest: Manifest;
	/** The public URL in front of every file, with a slash at its end. */
	readonly base: string;
	/** Whether the files come from another origin, such as a CDN. */
	readonly isCrossOrigin: boolean;
	#entries: readonly string[] | undefined;
	#polyfills: Polyfills | undefined;
	#onlyStylesheet: string | null | undefined;
	#pages: ReadonlyMap<string, string> | undefined;
	#integrities: ReadonlyMap<string, string> | undefined;
	#head: TagBlock | undefined;

	constructor(manifest: Manifest, base: string) {
		this.manifest = manifest;
		this.base = base;
		this.isCrossOrigin = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(base);
	}

	/**
	 * What `vite()` without names loads.
	 *
	 * @throws {ManifestEntryError} when there is nothing to load.
	 */
	get entries(): readonly string[] {
		this.#entries ??= listOwnEntries(this.manifest);
		return this.#entries;
	}

	get polyfills(): Polyfills {
		this.#polyfills ??= findPolyfills(this.manifest);
		return this.#polyfills;
	}

	/** The keys of page components, by the names under which handlers render them. */
	get pages(): ReadonlyMap<string, string> {
		this.#pages ??= indexPages(this.manifest);
		return this.#pages;
	}

	/** The hashes by file. Empty for a build that has none. */
	get integrities(): ReadonlyMap<string, string> {
		this.#integrities ??= new Map(
			Object.values(this.manifest).flatMap(({file, integrity, css = [], cssIntegrity = []}) => [
				...(integrity === undefined ? [] : [[file, integrity] as const]),
				...css.flatMap((stylesheet, index) => {
					const hash = cssIntegrity[index];
					return hash === undefined ? [] : [[stylesheet, hash] as const];
				}),
			]),
		);
		return this.#integrities;
	}

	/** The stylesheet of the whole build, which no chunk names: of `build.cssCodeSplit: false`. */
	get onlyStylesheet(): string | undefined {
		if (this.#onlyStylesheet === undefined) this.#onlyStylesheet = this.#findOnlyStylesheet() ?? null;
		return this.#onlyStylesheet ?? undefined;
	}

	/**
	 * What has to stand before everything that loads a chunk: the hashes of those that no tag loads, and where chunks are
	 * that are imported by a name which stays the same from build to build.
	 *
	 * @see https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/script/type/importmap
	 */
	get head(): TagBlock {
		this.#head ??= this.#createHead();
		return this.#head;
	}

	get hasImportMap(): boolean {
		return this.head.tags.some(({purpose}) => purpose === mapPurpose);
	}

	#findOnlyStylesheet(): string | undefined {
		const chunk = this.manifest['style.css'];
		if (!chunk?.file.endsWith('.css') || chunk.isEntry) return undefined;
		return Object.values(this.manifest).some(({css}) => css) ? undefined : chunk.file;
	}

	#createHead(): TagBlock {
		const imports = Object.fromEntries(
			Object.values(this.manifest).flatMap(({importMap}) => Object.entries(importMap ?? {})),
		);
		const integrity = Object.fromEntries(this.#listMappedFiles().map(([file, hash]) => [this.base + file, hash]));
		const members = Object.entries({imports, integrity}).filter(([, member]) => Object.keys(member).length > 0);
		const content = escapeScriptJson(JSON.stringify(Object.fromEntries(members)));
		return new TagBlock([
			...(members.length > 0 ? [createTag('<script', {type: 'importmap'}, {content, purpose: mapPurpose})] : []),
			...(this.integrities.size > 0 ? [createFailureNotice(this.base)] : []),
		]);
	}

	/** Scripts with their hashes. Not those for older browsers, which don't know such a map. */
	#listMappedFiles(): Array<readonly [file: string, hash: string]> {
		const scripts = [...this.integrities].filter(([file]) => !isStylesheet(file));
		if (scripts.length === 0) return [];
		const legacy = listLegacyFiles(this.manifest);
		return scripts.filter(([file]) => !legacy.has(file));
	}
}
