import {indexNamedPages, indexPages} from './chunk-graph.ts';
import {findPolyfills, listLegacyFiles, listOwnEntries, type Polyfills} from './entries.ts';
import {isStylesheet} from './file-kinds.ts';
import {listBuildFiles, type Manifest} from './manifest.ts';

/**
 * The names of chunks and the hashes of scripts that the browser needs before it loads a module. A member is absent
 * when it would be empty.
 *
 * @see https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/script/type/importmap
 */
interface ImportMap {
	/** The names that stay the same from build to build, with the URLs of their chunks. */
	readonly imports?: Readonly<Record<string, string>>;
	/** The hashes by URL, also of the scripts that no tag loads. */
	readonly integrity?: Readonly<Record<string, string>>;
}

/** Answers questions about a manifest. Each answer is worked out once, when it is first asked for. */
export class ManifestIndex {
	readonly manifest: Manifest;
	/** The public URL in front of every file, with a slash at its end. */
	readonly base: string;
	/** Whether the files come from another origin, such as a CDN. */
	readonly isCrossOrigin: boolean;
	/** The one stylesheet of a build with `build.cssCodeSplit: false`. No chunk names it. */
	readonly onlyStylesheet: string | undefined;
	#entries: readonly string[] | undefined;
	#polyfills: Polyfills | undefined;
	#pages: ReadonlyMap<string, string> | undefined;
	#namedPages: ReadonlyMap<string, string> | undefined;
	#files: ReadonlySet<string> | undefined;
	#integrities: ReadonlyMap<string, string> | undefined;
	#importMap: ImportMap | undefined;

	constructor(manifest: Manifest, base: string) {
		this.manifest = manifest;
		this.base = base;
		this.isCrossOrigin = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(base);
		this.onlyStylesheet = findOnlyStylesheet(manifest);
	}

	/**
	 * The entries that `vite()` loads when a template names none.
	 *
	 * @throws {ManifestEntryError} when the build has no entry to load.
	 */
	get entries(): readonly string[] {
		this.#entries ??= listOwnEntries(this.manifest);
		return this.#entries;
	}

	get polyfills(): Polyfills {
		this.#polyfills ??= findPolyfills(this.manifest);
		return this.#polyfills;
	}

	/** The keys of the chunks with page components, by the names under which handlers render the pages. */
	get pages(): ReadonlyMap<string, string> {
		this.#pages ??= indexPages(this.manifest);
		return this.#pages;
	}

	/** The names of the pages that the plugin has told. It is empty for a build without the plugin. */
	get namedPages(): ReadonlyMap<string, string> {
		this.#namedPages ??= indexNamedPages(this.manifest);
		return this.#namedPages;
	}

	/** Whether a path, as a request has it, is the URL of a file of the build. */
	isFileUrl(path: string): boolean {
		if (!path.startsWith(this.base)) return false;
		this.#files ??= listBuildFiles(this.manifest);
		return this.#files.has(path.slice(this.base.length));
	}

	/** The hashes of scripts and stylesheets, by file. It is empty for a build without hashes. */
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

	get importMap(): ImportMap {
		this.#importMap ??= this.#createImportMap();
		return this.#importMap;
	}

	get hasImportMap(): boolean {
		return Object.keys(this.importMap).length > 0;
	}

	#createImportMap(): ImportMap {
		const imports = Object.fromEntries(
			Object.values(this.manifest).flatMap(({importMap}) => Object.entries(importMap ?? {})),
		);
		const integrity = Object.fromEntries(this.#listMappedFiles().map(([file, hash]) => [this.base + file, hash]));
		const members = Object.entries({imports, integrity});
		return Object.fromEntries(members.filter(([, member]) => Object.keys(member).length > 0));
	}

	/** The scripts with their hashes. We leave out those for older browsers, which know no import maps. */
	#listMappedFiles(): Array<readonly [file: string, hash: string]> {
		const scripts = [...this.integrities].filter(([file]) => !isStylesheet(file));
		if (scripts.length === 0) return [];
		const legacy = listLegacyFiles(this.manifest);
		return scripts.filter(([file]) => !legacy.has(file));
	}
}

function findOnlyStylesheet(manifest: Manifest): string | undefined {
	const chunk = manifest['style.css'];
	if (!chunk?.file.endsWith('.css') || chunk.isEntry) return undefined;
	return Object.values(manifest).some(({css}) => css) ? undefined : chunk.file;
}
