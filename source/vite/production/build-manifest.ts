import {createHash} from 'node:crypto';
import {readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import type {Plugin, ResolvedConfig, Rollup} from 'vite';
import type {FoundPage} from '../../assets/development/find-pages.ts';
import {isLoadable} from '../../assets/manifest/file-kinds.ts';
import {listBuildFiles, type Manifest, type ManifestChunk, parseManifest} from '../../assets/manifest/manifest.ts';
import {appendToList} from '../../support/append-to-list.ts';
import {readTextFile, replaceFile} from '../files.ts';
import {cleanOutput} from './clean-output.ts';

type Bundle = Rollup.OutputBundle;

interface BuildManifestSettings {
	readonly hasIntegrity: boolean;
	/** The URL of the build. Documents need it if the `base` of the config is relative. */
	readonly ownBase: string;
	/** The directory of the build according to the options, relative to Vite's root. */
	readonly ownDirectory: string;
	/** Whether to delete the files of old builds. */
	readonly shouldCleanOutput: () => boolean;
	readonly listPages: () => readonly FoundPage[];
}

/**
 * Creates the plugin that writes the manifest.
 *
 * It holds the manifest back until every other file of the build is on disk, adds what the server needs to know, and
 * then writes it in one step. So a server that looks during a build never finds half of it, and keeps the build that it
 * knows.
 *
 * We don't add a second file beside the manifest, because the two disagree while a deploy copies them.
 */
export function createManifestPlugin({
	hasIntegrity,
	ownBase,
	ownDirectory,
	shouldCleanOutput,
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
				// An output for older browsers has no names of pages, because no document preloads its chunks.
				if (format === 'es') {
					for (const [page, file] of locatePages(bundle, listPages())) appendToList(pages, file, page);
				}

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
				// Only the first entry gets these two members, because the names of thousands of chunks are long.
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
				const before = readTextFile(target);
				replaceFile(target, JSON.stringify(Object.fromEntries(chunks), undefined, '\t'));
				// An output may have a directory of its own, and another plugin may have changed the config's since.
				if (!shouldCleanOutput() || path.resolve(directory) !== path.resolve(config.root, ownDirectory)) return;
				const kept = new Set([...written, ...listBuildFiles(manifest), name, ...listFilesOfLastBuild(before)]);
				cleanOutput(directory, kept, startedAt);
			},
		},
	};
}

/** Lists the files of the last build from the text of its manifest. A text that is no manifest has none. */
function listFilesOfLastBuild(text: string | undefined): Set<string> {
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

/** Finds the file with each page's code: its own chunk, or the chunk that it was bundled into. */
function locatePages(bundle: Bundle, pages: readonly FoundPage[]): Map<string, string> {
	// The bundler knows files by their real paths. Through links one file may have the names of several pages.
	const names = new Map<string, string[]>();
	for (const {name, file} of pages) {
		for (const known of new Set([file, toRealPath(file)])) appendToList(names, known, name);
	}

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

/** Reads the names by which chunks import each other. Vite has had the option for them since version 8. */
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

/** Hashes the files on disk. We don't hash the bundle, because other plugins may change it until it is written. */
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
