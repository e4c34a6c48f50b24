import {ManifestEntryError} from '../../errors/assets.ts';
import {findChunk, isScript, isStylesheet, listImported} from '../manifest/chunk-graph.ts';
import {toLegacyKey} from '../manifest/entries.ts';
import type {Build} from './build.ts';
import {createLegacyTags} from './legacy.ts';
import type {TagFactory} from './tag-factory.ts';
import {TagBlock, TagList} from './tag-list.ts';

/**
 * The tags of entries of a build, each once: what all chunks need to know, stylesheets, since they block painting,
 * `modulepreload` for what the entries and the page import, then the entries.
 */
export function createEntryTags(
	build: Build,
	factory: TagFactory,
	{entries, pageKey}: {entries: readonly string[]; pageKey: string | undefined},
): TagList {
	const modern = entries.filter(entry => isModern(build, entry));
	const scripts = new Set<string>();
	for (const entry of modern) {
		const {file} = findChunk(build.manifest, entry);
		if (isScript(file)) scripts.add(file);
		else if (!isStylesheet(file)) throw createAssetError(entry);
	}

	const stylesheets = new Set<string>();
	const preloads = new Set<string>();
	// A page that an entry brings itself adds nothing. In a build for older browsers alone, none can be loaded ahead.
	const roots = pageKey === undefined || modern.length === 0 ? modern : [...modern, pageKey];
	for (const {file, css = []} of listImported(build.manifest, roots)) {
		for (const stylesheet of css) stylesheets.add(stylesheet);
		if (isStylesheet(file)) stylesheets.add(file);
		else if (!scripts.has(file)) preloads.add(file);
	}

	if (build.onlyStylesheet !== undefined) stylesheets.add(build.onlyStylesheet);
	const polyfills = modern.length > 0 ? build.polyfills.modern : undefined;
	const styleTags = Array.from(stylesheets, file => factory.createStylesheet(file));
	const preloadTags = new Map(Array.from(preloads, file => [file, factory.createPreload(file)]));
	const scriptTags = [...(polyfills ? [polyfills.file] : []), ...scripts].map(file => factory.createScript(file));
	const pageFile = pageKey === undefined ? undefined : build.manifest[pageKey]?.file;
	const pageTag = pageFile === undefined ? undefined : preloadTags.get(pageFile);
	// Older browsers know stylesheets too.
	const withScript = entries.filter(entry => !isStylesheet(build.manifest[entry]?.file ?? ''));
	const legacyTags = createLegacyTags(build, withScript, {
		attributes: factory.attributes.script,
		isAlone: modern.length === 0,
	});
	const urgent = [...styleTags, ...scriptTags, ...(pageTag ? [pageTag] : [])];
	const rest = [...preloadTags.values()].filter(tag => tag !== pageTag);
	return new TagList(
		build.head,
		new TagBlock([...styleTags, ...preloadTags.values(), ...scriptTags, ...legacyTags]),
		[...urgent, ...rest].flatMap(({preload}) => preload ?? []),
	);
}

/** Whether there is a build of the entry for modern browsers; a build for older ones alone has none. */
function isModern({manifest}: Build, entry: string): boolean {
	return Object.hasOwn(manifest, entry) || !Object.hasOwn(manifest, toLegacyKey(entry));
}

function createAssetError(entry: string): ManifestEntryError {
	return new ManifestEntryError(
		`\`${entry}\` is neither a script nor a stylesheet, so \`vite()\` has no tag for it. Its URL comes from \`viteAsset()\`.`,
	);
}
