import {ManifestEntryError} from '../errors.ts';
import {escapeAttribute} from '../html.ts';
import {suggest} from '../nearest.ts';
import type {Manifest, ManifestChunk} from './manifest.ts';

/** A tag without its nonce: the nonce belongs to a request, the rest to a build. */
export interface Tag {
	readonly start: '<link' | '<script';
	readonly rest: string;
}

/**
 * The tags of entries of a built manifest, each once: stylesheets first, since they block painting, then
 * `modulepreload` for what the entries import, then the entries.
 */
export function createBuiltTags(manifest: Manifest, base: string, entries: readonly string[]): Tag[] {
	const stylesheets = new Set<string>();
	const preloads = new Set<string>();
	const scripts = new Set<string>();
	for (const entry of entries) {
		const {file} = findChunk(manifest, entry);
		if (!isStylesheet(file)) scripts.add(file);
	}

	for (const {file, css = []} of listImported(manifest, entries)) {
		for (const stylesheet of css) stylesheets.add(stylesheet);
		if (isStylesheet(file)) stylesheets.add(file);
		else if (!scripts.has(file)) preloads.add(file);
	}

	return [
		...Array.from(stylesheets, file => createLink('stylesheet', base + file)),
		...Array.from(preloads, file => createLink('modulepreload', base + file)),
		...Array.from(scripts, file => createScript(base + file)),
	];
}

/** The tags of entries that a dev server serves: Vite's client, which brings HMR, then the entries. */
export function createDevelopmentTags(url: string, entries: readonly string[]): Tag[] {
	return [
		createScript(`${url}/@vite/client`),
		...entries.map(entry =>
			isStylesheet(entry) ? createLink('stylesheet', `${url}/${entry}`) : createScript(`${url}/${entry}`),
		),
	];
}

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

export function renderTags(tags: readonly Tag[], nonce?: string): string {
	const attribute = nonce ? ` nonce="${escapeAttribute(nonce)}"` : '';
	return tags.map(tag => `${tag.start}${attribute}${tag.rest}`).join('\n');
}

/** Entries and what they import, imports first, as the browser needs them; a cycle or a shared chunk comes once. */
function listImported(manifest: Manifest, entries: readonly string[]): Set<ManifestChunk> {
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

function isStylesheet(file: string): boolean {
	return /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss)$/.test(file);
}

function createLink(relation: 'stylesheet' | 'modulepreload', url: string): Tag {
	return {start: '<link', rest: ` rel="${relation}" href="${escapeAttribute(url)}">`};
}

function createScript(url: string): Tag {
	return {start: '<script', rest: ` type="module" src="${escapeAttribute(url)}"></script>`};
}
