import {ManifestEntryError} from '../../errors/assets.ts';
import {suggest} from '../../support/nearest.ts';
import {isScript} from './file-kinds.ts';
import type {Manifest, ManifestChunk} from './manifest.ts';

/** @throws {ManifestEntryError} with the nearest entry when the manifest has none of that name. */
export function findChunk(manifest: Manifest, path: string): ManifestChunk {
	if (Object.hasOwn(manifest, path)) return manifest[path]!;
	const entries = listEntries(manifest);
	throw new ManifestEntryError(
		`\`${path}\` is not in the Vite manifest.${suggest(path, Object.keys(manifest))} Its entries are: ${entries.join(', ') || 'none'}. Add the file to \`build.rollupOptions.input\` of the Vite config, or import it from an entry, and build again.`,
	);
}

/** The keys of a manifest that are entries of the build. */
export function listEntries(manifest: Manifest): string[] {
	return Object.keys(manifest).filter(key => manifest[key]!.isEntry);
}

/** Lists entries and all chunks that they import at once. Imports come first, and a shared chunk comes once. */
export function listImported(manifest: Manifest, entries: readonly string[]): Set<ManifestChunk> {
	const visited = new Set<string>();
	const chunks = new Set<ManifestChunk>();
	// We use a stack and not recursion, because a chain of thousands of imports is legal.
	const stack = entries.toReversed().map(key => ({key, left: false}));
	for (let step = stack.pop(); step; step = stack.pop()) {
		const chunk = findChunk(manifest, step.key);
		if (step.left) {
			chunks.add(chunk);
		} else if (!visited.has(step.key)) {
			visited.add(step.key);
			stack.push({key: step.key, left: true});
			for (const key of (chunk.imports ?? []).toReversed()) stack.push({key, left: false});
		}
	}

	return chunks;
}

/** Lists chunks and all chunks that they import, at once or later. */
export function listReachable(manifest: Manifest, keys: readonly string[]): Set<ManifestChunk> {
	const chunks = new Set<ManifestChunk>();
	const stack = [...keys];
	for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
		const chunk = Object.hasOwn(manifest, key) ? manifest[key]! : undefined;
		if (!chunk || chunks.has(chunk)) continue;
		chunks.add(chunk);
		for (const next of [chunk.imports, chunk.dynamicImports]) for (const found of next ?? []) stack.push(found);
	}

	return chunks;
}

/** Maps a page's name to the key of its chunk, for the names that the plugin has written into the manifest. */
export function indexNamedPages(manifest: Manifest): Map<string, string> {
	return new Map(listScripts(manifest).flatMap(([key, {pages = []}]) => pages.map(page => [page, key] as const)));
}

/** Maps a page's name to the key of its chunk. Without the names of the plugin, the path below `pages/` is the name. */
export function indexPages(manifest: Manifest): Map<string, string> {
	const named = indexNamedPages(manifest);
	if (named.size > 0) return named;
	const found = listScripts(manifest).flatMap(([key]) => {
		const page = /(?:^|\/)pages\/(.+)\.\w+$/i.exec(key)?.[1];
		return page === undefined ? [] : [[page, key] as const];
	});
	const counts = new Map<string, number>();
	for (const [page] of found) counts.set(page, (counts.get(page) ?? 0) + 1);
	// Two applications in one build may use one name; it is ambiguous then, and left out.
	return new Map(found.filter(([page]) => counts.get(page) === 1));
}

function listScripts(manifest: Manifest): Array<[key: string, chunk: ManifestChunk]> {
	return Object.entries(manifest).filter(([, {file}]) => isScript(file));
}
