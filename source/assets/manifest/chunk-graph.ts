import {ManifestEntryError} from '../../errors/assets.ts';
import {suggest} from '../../support/nearest.ts';
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

/** Entries and what they import, imports first, as the browser needs them; a cycle or a shared chunk comes once. */
export function listImported(manifest: Manifest, entries: readonly string[]): Set<ManifestChunk> {
	const visited = new Set<string>();
	const chunks = new Set<ManifestChunk>();
	// A stack instead of recursion: a chain of thousands of imports is legal.
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

/** Chunks and all that is loaded by them, at once or later. */
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

/**
 * The keys of the chunks with page components, by the names of these: as the plugin says, who knows what was bundled
 * together; in a build without it, as the files in a directory `pages` are called.
 */
export function indexPages(manifest: Manifest): Map<string, string> {
	const chunks = Object.entries(manifest).filter(([, {file}]) => isScript(file));
	const said = chunks.flatMap(([key, {pages = []}]) => pages.map(page => [page, key] as const));
	if (said.length > 0) return new Map(said);
	const found = chunks.flatMap(([key]) => {
		const page = /(?:^|\/)pages\/(.+)\.\w+$/i.exec(key)?.[1];
		return page === undefined ? [] : [[page, key] as const];
	});
	const counts = new Map<string, number>();
	for (const [page] of found) counts.set(page, (counts.get(page) ?? 0) + 1);
	// What two applications in one build call the same may be the page of the other one.
	return new Map(found.filter(([page]) => counts.get(page) === 1));
}

export function isStylesheet(file: string): boolean {
	return /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)$/.test(file);
}

export function isScript(file: string): boolean {
	return /\.[cm]?js$/.test(file);
}

/** Whether there is a tag for a file; images and fonts have a URL alone. */
export function isLoadable(file: string): boolean {
	return isScript(file) || isStylesheet(file);
}
