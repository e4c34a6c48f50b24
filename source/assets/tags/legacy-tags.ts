import {escapeScriptJson} from '../../support/html.ts';
import {toLegacyKey} from '../manifest/entries.ts';
import type {ManifestIndex} from '../manifest/manifest-index.ts';
import {type Attributes, createTag, type Tag} from './tag.ts';

/**
 * The scripts for browsers without modules, or with modules that can't run the modern ones: the latter don't know that
 * `nomodule` is meant for them, so a module looks whether the modern scripts can run, and loads the others where not.
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
	const source = index.base + polyfills.file;
	const start = `window.koaInertiaLegacy=1;${files.map(file => `System.import(${toCode(index.base + file)})`).join(';')}`;
	// In their order, and no modules: what the user says of the modern scripts would change that.
	const {async: _, defer: _defer, type: _type, src: _src, ...kept} = attributes;
	const own = {
		nomodule: !isAlone,
		crossorigin: index.isCrossOrigin,
		integrity: index.integrities.get(polyfills.file),
		...kept,
		src: source,
	};
	return [
		createTag('<script', own, {purpose: `script ${polyfills.file}`}),
		createTag('<script', {nomodule: !isAlone, ...kept}, {content: start}),
		...(isAlone ? [] : createFallback(source, start)),
	];
}

/**
 * Syntax and methods that Vite's modern scripts need; the first script fails as a whole where one is missing. Some of
 * these browsers run what `nomodule` is on.
 */
function createFallback(polyfills: string, start: string): Tag[] {
	const detect =
		'import.meta.resolve("./");(()=>import("./"));(async function*(){})().next();window.koaInertiaModern=1';
	const load = `if(!window.koaInertiaModern&&!window.koaInertiaLegacy){var s=document.createElement("script");s.src=${toCode(polyfills)};s.onload=function(){${start}};document.head.appendChild(s)}`;
	return [
		createTag('<script', {type: 'module'}, {content: detect}),
		createTag('<script', {type: 'module'}, {content: load}),
	];
}

/** A text as a literal in a script element. */
function toCode(text: string): string {
	return escapeScriptJson(JSON.stringify(text));
}
