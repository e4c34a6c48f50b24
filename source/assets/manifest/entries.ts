import {ManifestEntryError} from '../../errors/assets.ts';
import {isLoadable, listEntries, listReachable} from './chunk-graph.ts';
import type {Manifest, ManifestChunk} from './manifest.ts';

const legacyEnd = /-legacy(\.[^./]+)?$/;

/** What `@vitejs/plugin-legacy` has put the polyfills for each kind of browser into. */
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

/** The key of what `@vitejs/plugin-legacy` builds from the same entry for older browsers. */
export function toLegacyKey(entry: string): string {
	return entry.replace(/(\.[^./]+)?$/, '-legacy$1');
}

/**
 * The entries of the application by their names in the Vite config, without what plugins have added and what has no tag.
 *
 * @throws {ManifestEntryError} when there is none.
 */
export function listOwnEntries(manifest: Manifest): string[] {
	const polyfills = findPolyfills(manifest);
	const entries = listEntries(manifest).filter(key => !isPolyfills(key) && isLoadable(manifest[key]!.file));
	const modern = entries.filter(key => !isLegacyKey(key, manifest, polyfills));
	// Of a build for older browsers alone.
	const own = modern.length > 0 ? modern : entries.map(key => key.replace(legacyEnd, '$1'));
	if (own.length > 0) return own;
	throw new ManifestEntryError(
		'The Vite manifest has no entry to load. Name one by `build.rollupOptions.input` in the Vite config, and build again.',
	);
}

/** The files that older browsers alone load. */
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

/** Whether a key is one of `@vitejs/plugin-legacy`: no script that a modern browser is to run. */
function isLegacyKey(key: string, manifest: Manifest, polyfills: Polyfills): boolean {
	// What the application itself calls so has a legacy build of its own.
	if (!legacyEnd.test(key) || Object.hasOwn(manifest, toLegacyKey(key))) return false;
	if (polyfills.legacy) return true;
	// Some manifests don't name the polyfills: there, both builds of one entry have its name.
	const {name} = manifest[key]!;
	return name !== undefined && manifest[key.replace(legacyEnd, '$1')]?.name === name;
}

/** The start of the key is the way from Vite's root to the directory that it ran in. */
function isPolyfills(key: string): boolean {
	return /(?:^|\/)vite\/legacy-polyfills(?:-legacy)?$/.test(key);
}
