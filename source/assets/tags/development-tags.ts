import {existsSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {ManifestEntryError} from '../../errors/assets.ts';
import {createReactRefreshScript} from '../../support/browser-scripts.ts';
import {suggest} from '../../support/nearest.ts';
import type {HotFile} from '../development/hot-file.ts';
import {isStylesheet} from '../manifest/file-kinds.ts';
import {createTag, type Tag} from './tag.ts';
import {TagBlock, TagList} from './tag-list.ts';
import type {TagRequest} from './tag-request.ts';

/** The files that the plugin of this package serves beside Vite's own ones, below the `base` of the dev server. */
export const developmentFiles = {
	/** The stylesheets of entries, for the time before any script has run. */
	styles: '/@koa-inertia/styles.css',
	/** The script that removes these stylesheets again, and notices that the dev server is gone. */
	client: '/@koa-inertia/client.js',
} as const;

/**
 * The tags of entries that a dev server serves: stylesheets, then Vite's client, which brings HMR, then the entries.
 *
 * @throws {ManifestEntryError} when an entry is no file.
 */
export function createDevelopmentTags(hot: HotFile, {entries, attributes}: TagRequest): TagList {
	checkEntries(hot, entries);
	const {url, details} = hot;
	const stylesheets = entries.filter(isStylesheet);
	const scripts = entries.filter(entry => !isStylesheet(entry));
	const query = scripts.map(entry => `entry=${encodeURIComponent(toText(entry))}`).join('&');
	const createStylesheet = (href: string, own = {}): Tag =>
		createTag('<link', {rel: 'stylesheet', href, ...own, ...attributes.stylesheet});
	const createScript = (src: string): Tag => createTag('<script', {type: 'module', src, ...attributes.script});
	const tags = [
		...stylesheets.map(entry => createStylesheet(locate(hot, entry))),
		...(details && scripts.length > 0
			? [createStylesheet(`${url}${developmentFiles.styles}?${query}`, {'data-koa-inertia': 'styles'})]
			: []),
		...(details?.hasReactRefresh ? [createReactRefreshTag(url)] : []),
		createScript(`${url}/@vite/client`),
		...scripts.map(entry => createScript(locate(hot, entry))),
		...(details ? [createScript(url + developmentFiles.client)] : []),
	];
	return new TagList(new TagBlock([]), new TagBlock(tags));
}

/** The preamble for React's fast refresh, which has to run before the first component. */
export function createReactRefreshTag(url: string): Tag {
	const content = createReactRefreshScript({reactRefreshUrl: `${url}/@react-refresh`});
	return createTag('<script', {type: 'module'}, {content});
}

/** The URL of a source file, whose name may have any character. */
export function locate({url, details}: HotFile, file: string): string {
	const served = details ? toServedPath(details.root, file) : file;
	return `${url}/${encodeURI(toText(served)).replaceAll('#', '%23').replaceAll('?', '%3F').replace(/^\/+/, '')}`;
}

/**
 * Looks whether the entries are files, since a missing one would only be a blank page in the browser. It can't know the
 * files of a dev server on another machine, nor the entries with a `:` in their names, which plugins make up.
 *
 * @throws {ManifestEntryError} with the nearest entry.
 */
function checkEntries({details}: HotFile, entries: readonly string[]): void {
	if (details?.hostname !== hostname()) return;
	const {input, root} = details;
	const missing = entries.find(
		entry => !input.includes(entry) && !entry.includes(':') && !existsSync(path.join(root, entry)),
	);
	if (missing === undefined) return;
	throw new ManifestEntryError(
		`\`${missing}\` is no file in \`${root}\`.${suggest(missing, input)} The entries of the dev server are: ${input.join(', ') || 'none'}. Correct the name in the template, or add the file to \`input\` of \`koaInertia()\`.`,
	);
}

/** The path at which Vite serves a source file. It serves a file outside of its root at the absolute path. */
export function toServedPath(root: string, file: string): string {
	return file.startsWith('../') ? `/@fs/${path.posix.join(root, file).replace(/^\//, '')}` : `/${file}`;
}

/** Replaces a lone surrogate, for which `encodeURI` throws, by the replacement character. */
function toText(name: string): string {
	return name.replace(/\p{Surrogate}/gu, '\ufffd');
}
