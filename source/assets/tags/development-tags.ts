import {existsSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {ManifestEntryError} from '../../errors/assets.ts';
import {suggest} from '../../support/nearest.ts';
import type {HotFile} from '../development/hot-file.ts';
import {isStylesheet} from '../manifest/file-kinds.ts';
import {createTag, type Tag} from './tag.ts';
import {TagBlock, TagList} from './tag-list.ts';
import type {TagRequest} from './tag-request.ts';

/** What the plugin of this package serves beside Vite's own files. Below the `base` of the dev server. */
export const developmentFiles = {
	/** The stylesheets of entries, before any script has run. */
	styles: '/@koa-inertia/styles.css',
	/** The script that takes these away again, and notices that the dev server is gone. */
	client: '/@koa-inertia/client.js',
} as const;

/** The tags of entries that a dev server serves: Vite's client, which brings HMR, then the entries. */
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

/**
 * The preamble without which components of React that were compiled for fast refresh throw.
 *
 * @see https://vite.dev/guide/backend-integration
 */
export function createReactRefreshTag(url: string): Tag {
	const runtime = JSON.stringify(`${url}/@react-refresh`).replaceAll('<', '\\u003c');
	const content = `import {injectIntoGlobalHook} from ${runtime};injectIntoGlobalHook(window);window.$RefreshReg$=()=>{};window.$RefreshSig$=()=>type=>type;`;
	return createTag('<script', {type: 'module'}, {content});
}

/** The URL of a source file. Its name may hold anything that a file may. */
export function locate({url, details}: HotFile, file: string): string {
	const served = details ? toServedPath(details.root, file) : file;
	return `${url}/${encodeURI(toText(served)).replaceAll('#', '%23').replaceAll('?', '%3F').replace(/^\/+/, '')}`;
}

/**
 * Says so when an entry is no file: in the browser it would be a blank page. Only of a dev server on this machine, and not
 * of what a plugin may make up.
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

/** Where Vite has a source file: one outside of its root by the absolute path. */
export function toServedPath(root: string, file: string): string {
	return file.startsWith('../') ? `/@fs/${path.posix.join(root, file).replace(/^\//, '')}` : `/${file}`;
}

/** Half of a character, of which no URL can be made, becomes the sign for what can't be read. */
function toText(name: string): string {
	return name.replace(/\p{Surrogate}/gu, '\ufffd');
}
