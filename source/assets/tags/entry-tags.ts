import {ManifestEntryError} from '../../errors/assets.ts';
import {findChunk, listImported} from '../manifest/chunk-graph.ts';
import {toLegacyKey} from '../manifest/entries.ts';
import {isScript, isStylesheet} from '../manifest/file-kinds.ts';
import type {ManifestIndex} from '../manifest/manifest-index.ts';
import {createLegacyTags} from './legacy-tags.ts';
import type {Tag} from './tag.ts';
import type {TagFactory} from './tag-factory.ts';

interface EntryTags {
	readonly tags: readonly Tag[];
	/** The values of the `Link` header, the most urgent first. */
	readonly preloads: readonly string[];
}

/**
 * The tags of entries of a build, each once: stylesheets first, since they block painting, then `modulepreload` for the
 * imports of the entries and of the page, then the entries.
 *
 * @throws {ManifestEntryError} when the manifest lacks an entry, or an entry is neither a script nor a stylesheet.
 */
export function createEntryTags(
	index: ManifestIndex,
	factory: TagFactory,
	{entries, pageKey}: {entries: readonly string[]; pageKey: string | undefined},
): EntryTags {
	const modern = entries.filter(entry => isModern(index, entry));
	const scripts = new Set<string>();
	for (const entry of modern) {
		const {file} = findChunk(index.manifest, entry);
		if (isScript(file)) scripts.add(file);
		else if (!isStylesheet(file)) throw createKindError(entry);
	}

	const stylesheets = new Set<string>();
	const preloads = new Set<string>();
	// A page that an entry imports adds nothing. A build for older browsers only has no chunk that can be loaded ahead.
	const roots = pageKey === undefined || modern.length === 0 ? modern : [...modern, pageKey];
	for (const {file, css = []} of listImported(index.manifest, roots)) {
		for (const stylesheet of css) stylesheets.add(stylesheet);
		if (isStylesheet(file)) stylesheets.add(file);
		else if (!scripts.has(file)) preloads.add(file);
	}

	if (index.onlyStylesheet !== undefined) stylesheets.add(index.onlyStylesheet);
	const polyfills = modern.length > 0 ? index.polyfills.modern : undefined;
	const styleTags = Array.from(stylesheets, file => factory.createStylesheet(file));
	const preloadTags = new Map(Array.from(preloads, file => [file, factory.createPreload(file)]));
	const scriptTags = [...(polyfills ? [polyfills.file] : []), ...scripts].map(file => factory.createScript(file));
	const pageFile = pageKey === undefined ? undefined : index.manifest[pageKey]?.file;
	const pageTag = pageFile === undefined ? undefined : preloadTags.get(pageFile);
	// Older browsers load stylesheets by the same tags as modern ones.
	const withScript = entries.filter(entry => !isStylesheet(index.manifest[entry]?.file ?? ''));
	const legacyTags = createLegacyTags(index, withScript, {
		attributes: factory.attributes.script,
		isAlone: modern.length === 0,
	});
	const urgent = [...styleTags, ...scriptTags, ...(pageTag ? [pageTag] : [])];
	const rest = [...preloadTags.values()].filter(tag => tag !== pageTag);
	return {
		tags: [...styleTags, ...preloadTags.values(), ...scriptTags, ...legacyTags],
		preloads: [...urgent, ...rest].flatMap(({preload}) => preload ?? []),
	};
}

/** Whether modern browsers have a build of the entry. A build for older browsers only has none. */
function isModern({manifest}: ManifestIndex, entry: string): boolean {
	return Object.hasOwn(manifest, entry) || !Object.hasOwn(manifest, toLegacyKey(entry));
}

function createKindError(entry: string): ManifestEntryError {
	return new ManifestEntryError(
		`\`${entry}\` is neither a script nor a stylesheet, so \`vite()\` has no tag for it. Its URL comes from \`viteAsset()\`.`,
	);
}
