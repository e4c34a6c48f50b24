import {
	createLegacyFallbackScript,
	createLegacyStartScript,
	legacyDetectionScript,
	legacyNoteScript,
} from '../../support/browser-scripts.ts';
import {toLegacyKey} from '../manifest/entries.ts';
import type {ManifestIndex} from '../manifest/manifest-index.ts';
import type {Attributes} from './attributes.ts';
import {createTag, type Tag} from './tag.ts';

/**
 * The scripts that load a build of `@vitejs/plugin-legacy`.
 *
 * Browsers without modules run the two scripts with `nomodule`. Some browsers have modules, skip `nomodule`, and still
 * can't run the modern scripts: for these a module detects what the browser can do, and another one loads the build for
 * older browsers where the modern one can't run. With `isAlone` there is no modern build, and every browser runs the
 * first two scripts.
 *
 * @see https://github.com/vitejs/vite/tree/main/packages/plugin-legacy
 */
export function createLegacyTags(
	index: ManifestIndex,
	entries: readonly string[],
	{attributes, isAlone}: {attributes: Attributes; isAlone: boolean},
): Tag[] {
	const polyfills = index.polyfills.legacy;
	const files = entries.flatMap(entry => index.manifest[toLegacyKey(entry)]?.file ?? []);
	if (!polyfills || files.length === 0) return [];
	const legacyUrls = files.map(file => index.base + file);
	const polyfillsUrl = index.base + polyfills.file;
	const starts = legacyUrls.map(legacyUrl => createLegacyStartScript({legacyUrl}));
	const start = [...(isAlone ? [] : [legacyNoteScript]), ...starts].join(';');
	// We drop `async`, `defer`, `type` and `src`: legacy scripts must run in order and are no modules.
	const {async: _, defer: _defer, type: _type, src: _src, ...kept} = attributes;
	const own = {
		nomodule: !isAlone,
		crossorigin: index.isCrossOrigin,
		integrity: index.integrities.get(polyfills.file),
		...kept,
		src: polyfillsUrl,
	};
	return [
		createTag('<script', own, {purpose: `script ${polyfills.file}`}),
		createTag('<script', {nomodule: !isAlone, ...kept}, {content: start}),
		...(isAlone
			? []
			: [legacyDetectionScript, createLegacyFallbackScript({polyfillsUrl, legacyUrls})].map(content =>
					createTag('<script', {type: 'module'}, {content}),
				)),
	];
}
