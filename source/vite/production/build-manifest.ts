import {createHash} from 'node:crypto';
import {readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import type {Plugin, ResolvedConfig, Rollup} from 'vite';
import {isLoadable} from '../../assets/manifest/file-kinds.ts';
import {listBuildFiles, type Manifest, type ManifestChunk, parseManifest} from '../../assets/manifest/manifest.ts';
import {readText, replaceFile} from '../files.ts';
import type {FoundPage} from '../pages/find-pages.ts';
import {cleanOutput} from './clean-output.ts';

type Bundle = Rollup.OutputBundle;

interface BuildManifestSettings {
	readonly hasIntegrity: boolean;
	/** The URL of the build, where the `base` of the config is relative and so says nothing to a document. */
	readonly ownBase: string;
	/** Where the options put the build, relative to Vite's root. */
	readonly ownDirectory: string;
	/** Whether files of old builds are deleted. */
	readonly cleansOutput: () => boolean;
	readonly listPages: () => readonly FoundPage[];
}

/**
 * Holds the manifest back until every file of the build is on disk, adds what the server needs to know, and then puts it
 * in place in one step. A server that looks meanwhile never finds half of a build, and goes on with the one that it knows.
 *
 * In the manifest itself, and not in a file beside it: two files can disagree while one is copied.
 */
export function createManifestPlugin({
	hasIntegrity,
	ownBase,
	ownDirectory,
	cleansOutput,
	listPages,
}: BuildManifestSettings): Plugin {
	let config: ResolvedConfig;
	let source: string | undefined;
	let importMap: Readonly<Record<string, string>> | undefined;
	let pages = new Map<string, string[]>();
	const written = new Set<string>();
	let startedAt = 0;
	return {
		name: 'koa-inertia:manifest',
		apply: 'build',
		configResolved(resolved) {
			config = resolved;
		},
		buildStart() {
			source = undefined;
			pages = new Map();
			written.clear();
			startedAt = Date.now();
		},
		generateBundle: {
			order: 'post',
			handler({format}, bundle) {
				if (config.build.ssr || !config.build.write) return;
				for (const file of Object.keys(bundle)) written.add(file);
				// Not of an output for older browsers, whose chunks no document preloads.
				if (format === 'es') for (const [page, file] of locatePages(bundle, listPages())) append(pages, file, page);
				importMap = readImportMap(config, bundle) ?? importMap;
				const name = getManifestName(config);
				const asset = name === undefined ? undefined : bundle[name];
				if (asset?.type !== 'asset') return;
				source = asset.source.toString();
				delete bundle[asset.fileName];
			},
		},
		writeBundle: {
			order: 'post',
			sequential: true,
			handler({dir}) {
				const name = getManifestName(config);
				if (source === undefined || name === undefined) return;
				const directory = dir ?? path.resolve(config.root, config.build.outDir);
				const manifest = JSON.parse(source) as Manifest;
				source = undefined;
				// Once, on the first entry: the names of thousands of chunks are long.
				const first = Object.keys(manifest).find(key => manifest[key]!.isEntry);
				const chunks = Object.entries(manifest).map(([key, chunk]) => [
					key,
					{
						...chunk,
						...(hasIntegrity && hashFiles(directory, chunk)),
						...(pages.has(chunk.file) && {pages: pages.get(chunk.file)!.sort()}),
						...(key === first && {
							base: /^(?:\.\/)?$/.test(config.base) ? ownBase : config.base,
							...(importMap && {importMap}),
						}),
					},
				]);
				const target = path.join(directory, name);
				const before = readText(target);
				replaceFile(target, JSON.stringify(Object.fromEntries(chunks), undefined, '\t'));
				// An output may name a directory of its own, and another plugin may have changed that of the config since.
				if (!cleansOutput() || path.resolve(directory) !== path.resolve(config.root, ownDirectory)) return;
				const kept = new Set([...written, ...listBuildFiles(manifest), name, ...listFilesBefore(before)]);
				cleanOutput(directory, kept, startedAt);
			},
		},
	};
}

/** The files of the build that was there; none of what is no manifest. */
function listFilesBefore(text: string | undefined): Set<string> {
	try {
		return listBuildFiles(parseManifest(text ?? '{}', 'the last build'));
	} catch {
		return new Set();
	}
}

function getManifestName({build: {manifest}}: ResolvedConfig): string | undefined {
	if (manifest === false) return undefined;
	return typeof manifest === 'string' ? manifest : '.vite/manifest.json';
}

/** In which file each page is: in that which is loaded for it, or in one that took its code in. */
function locatePages(bundle: Bundle, pages: readonly FoundPage[]): Map<string, string> {
	// The bundler knows files by their real paths, and pages may lie behind links: one file may be several of them.
	const names = new Map<string, string[]>();
	for (const {name, file} of pages) for (const known of new Set([file, toRealPath(file)])) append(names, known, name);
	const located = new Map<string, string>();
	const chunks = Object.values(bundle).filter(output => output.type === 'chunk');
	for (const {moduleIds, fileName} of chunks) {
		for (const id of moduleIds) for (const name of names.get(id) ?? []) located.set(name, fileName);
	}

	for (const {facadeModuleId, fileName} of chunks) {
		for (const name of names.get(facadeModuleId ?? '') ?? []) located.set(name, fileName);
	}

	return located;
}

function toRealPath(file: string): string {
	return realpathSync(file).split(path.sep).join('/');
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

/** The names by which chunks import each other. Only Vite from version 8 on has this option. */
function readImportMap(config: ResolvedConfig, bundle: Bundle): Readonly<Record<string, string>> | undefined {
	const build = config.build as {
		readonly chunkImportMap?: boolean;
		readonly rolldownOptions?: {readonly experimental?: {readonly chunkImportMap?: boolean | {fileName?: string}}};
	};
	if (!build.chunkImportMap) return undefined;
	const {chunkImportMap: settings} = build.rolldownOptions?.experimental ?? {};
	const name = (typeof settings === 'object' ? settings.fileName : undefined) ?? 'importmap.json';
	const asset = bundle[name];
	if (asset?.type !== 'asset') return undefined;
	return (JSON.parse(asset.source.toString()) as {imports: Record<string, string>}).imports;
}

/** Of the files as they were written: other plugins may change them until then. */
function hashFiles(directory: string, {file, css}: ManifestChunk): Partial<ManifestChunk> {
	const hash = (name: string): string => {
		const content = readFileSync(path.join(directory, name));
		return `sha384-${createHash('sha384').update(content).digest('base64')}`;
	};
	return {
		...(isLoadable(file) && {integrity: hash(file)}),
		...(css && {cssIntegrity: css.map(hash)}),
	};
}
