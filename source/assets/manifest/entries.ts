import {ManifestEntryError} from '../../errors/assets.ts';
import {listEntries, listReachable} from './chunk-graph.ts';
import {isLoadable} from './file-kinds.ts';
import type {Manifest, ManifestChunk} from './manifest.ts';

const legacyEnd = /-legacy(\.[^./]+)?$/;

/** The chunks of `@vitejs/plugin-legacy` with the polyfills for each kind of browser. */
export interface Polyfills {
	readonly modern: ManifestChunk | undefined;
	readonly legacy: ManifestChunk | undefined;
}

export function findPolyfills(manifest: Manifest): Polyfills {
	const keys = Object.keys(manifest).filter(isPolyfills);
	const find = (isLegacy: boolean): ManifestChunk | undefined => {
		const key = keys.find(candidate => candidate.endsWith('-legacy') === isLegacy);
		return key === undefined ? undefined : manifest[key];
	};
	return {modern: find(false), legacy: find(true)};
}

/** The key of the chunk that `@vitejs/plugin-legacy` builds from the same entry for older browsers. */
export function toLegacyKey(entry: string): string {
	return entry.replace(/(\.[^./]+)?$/, '-legacy$1');
}

/**
 * Lists the entries of the application by their names in the Vite config. It leaves out entries that plugins have
 * added, and entries that are neither scripts nor stylesheets.
 *
 * @throws {ManifestEntryError} when no entry is left.
 */
export function listOwnEntries(manifest: Manifest): string[] {
	const polyfills = findPolyfills(manifest);
	const entries = listEntries(manifest).filter(key => !isPolyfills(key) && isLoadable(manifest[key]!.file));
	const modern = entries.filter(key => !isLegacyKey(key, manifest, polyfills));
	// Without a modern entry, this build is for older browsers only.
	const own = modern.length > 0 ? modern : entries.map(key => key.replace(legacyEnd, '$1'));
	if (own.length > 0) return own;
	throw new ManifestEntryError(
		'The Vite manifest has no entry to load. Name one by `build.rollupOptions.input` in the Vite config, and build again.',
	);
}

/** Lists the files that only older browsers load. */
export function listLegacyFiles(manifest: Manifest): Set<string> {
	const polyfills = findPolyfills(manifest);
	const entries = listEntries(manifest);
	const isLegacy = (key: string): boolean =>
		manifest[key] === polyfills.legacy || isLegacyKey(key, manifest, polyfills);
	const legacy = listReachable(manifest, entries.filter(isLegacy));
	const modern = listReachable(
		manifest,
		entries.filter(key => !isLegacy(key)),
	);
	return new Set([...legacy].filter(chunk => !modern.has(chunk)).map(({file}) => file));
}

/** Whether `@vitejs/plugin-legacy` has made the entry with this key, which no modern browser is to run. */
function isLegacyKey(key: string, manifest: Manifest, polyfills: Polyfills): boolean {
	// An entry of the application whose own name ends in `-legacy` has a build for older browsers beside it.
	if (!legacyEnd.test(key) || Object.hasOwn(manifest, toLegacyKey(key))) return false;
	if (polyfills.legacy) return true;
	// Some manifests don't list the polyfills. In these, both builds of one entry have the same name.
	const {name} = manifest[key]!;
	return name !== undefined && manifest[key.replace(legacyEnd, '$1')]?.name === name;
}

/** The key begins with the path from Vite's root to the directory that it ran in, so only its end is known. */
function isPolyfills(key: string): boolean {
	return /(?:^|\/)vite\/legacy-polyfills(?:-legacy)?$/.test(key);
}
