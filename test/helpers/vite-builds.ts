import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile, realpath, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {Manifest} from 'koa-inertia/assets';
import type {InlineConfig, PluginOption} from 'vite';
import {entries, oddEntry, type ProjectOptions, writeViteProject} from './vite-project.ts';

export type ViteVersion = 7 | 8;

export type LegacyOptions = {
	readonly targets: string;
	readonly modernPolyfills?: boolean;
	readonly polyfills?: boolean;
	readonly externalSystemJS?: boolean;
	readonly renderModernChunks?: boolean;
};

/** An installed Vite and the plugin for older browsers beside it. */
export type Vite = {
	/** `vite`, or what was installed in its place. */
	readonly name: string;
	/** For example `8.3.8`. */
	readonly version: string;
	build(config: InlineConfig): Promise<unknown>;
	mergeConfig(defaults: InlineConfig, overrides: InlineConfig): InlineConfig;
	legacy(options: LegacyOptions): PluginOption;
};

export type Build = {
	/** Vite's `root`. */
	readonly directory: string;
	/** Vite's `build.outDir`, as an absolute path. */
	readonly outDirectory: string;
	readonly manifestPath: string;
	readonly manifest: Manifest;
	/** Every file in `outDirectory`, relative to it and with slashes, in the order of their names. */
	readonly files: readonly string[];
};

/** What stays of a build when its files are gone. */
export type RecordedBuild = Pick<Build, 'manifest' | 'files'> & {
	/** The names of the project's stylesheets by the files that hold them. */
	readonly styles: Readonly<Record<string, readonly string[]>>;
};

/** A file in `test/fixtures/manifests/`. */
export type Recording = {
	/** The package that built, for example `vite 5.4.21`. */
	readonly builtWith: string;
	readonly builds: Readonly<Partial<Record<VariantName, RecordedBuild>>>;
};

export type Variant = {
	/** In words of the Vite config. */
	readonly title: string;
	/** Without it, every version. */
	readonly versions?: readonly ViteVersion[];
	/** What to pass to `build.rollupOptions.input`. @default every entry of the project */
	readonly entries?: readonly string[];
	readonly project?: ProjectOptions;
	readonly base?: string;
	config(vite: Vite): InlineConfig;
};

/** `@vitejs/plugin-legacy` 8 writes the name of an entry into code without escaping it. */
const legacyEntries = entries.filter(entry => entry !== oddEntry);
/** Vite refuses a stylesheet as an entry where all of them are to become one. */
const legacyScripts = legacyEntries.filter(entry => !entry.endsWith('.css'));
const targets = 'chrome 49';
const cdn = 'https://cdn.example.com/app/';

const defineVariants = <Name extends string>(variants: Readonly<Record<Name, Variant>>) => variants;

export const variants = defineVariants({
	plain: {title: 'no more than a manifest', config: () => ({})},
	oneStylesheet: {
		title: '`cssCodeSplit: false`',
		entries: entries.filter(entry => !entry.endsWith('.css')),
		config: () => ({build: {cssCodeSplit: false}}),
	},
	otherPath: {title: "`manifest: 'assets.json'`", config: () => ({build: {manifest: 'assets.json', assetsDir: ''}})},
	legacy: {
		title: 'plugin-legacy with modern polyfills',
		entries: legacyEntries,
		config: ({legacy}) => ({plugins: [legacy({targets, modernPolyfills: true})]}),
	},
	legacyOnly: {
		title: 'plugin-legacy without modern chunks',
		entries: legacyEntries,
		config: ({legacy}) => ({plugins: [legacy({targets, renderModernChunks: false})]}),
	},
	legacyBare: {
		title: 'plugin-legacy without polyfills',
		entries: legacyEntries,
		config: ({legacy}) => ({plugins: [legacy({targets, polyfills: false, externalSystemJS: true})]}),
	},
	legacyOneStylesheet: {
		title: 'plugin-legacy with `cssCodeSplit: false`',
		entries: legacyScripts,
		config: ({legacy}) => ({plugins: [legacy({targets})], build: {cssCodeSplit: false}}),
	},
	base: {title: '`base` of a CDN', base: cdn, config: () => ({base: cdn})},
	manyChunks: {title: 'hundreds of chunks', project: {manyPages: 300}, config: () => ({})},
	cyclicChunks: {
		title: 'chunks that import each other',
		config: ({version}) => ({build: {rollupOptions: {output: isAtLeast(version, 8) ? rolldownCycle : rollupCycle}}}),
	},
	multipleOutputs: {
		title: 'several outputs',
		config: () => ({
			build: {
				rollupOptions: {
					output: [
						{},
						{
							entryFileNames: 'second/[name].js',
							chunkFileNames: 'second/[name]-[hash].js',
							assetFileNames: 'second/[name]-[hash][extname]',
						},
					],
				},
			},
		}),
	},
	chunkImportMap: {title: '`chunkImportMap`', versions: [8], config: () => ({build: {chunkImportMap: true}})},
});

export type VariantName = keyof typeof variants;

const cycle = /\/(even|odd)\.ts$/;
const rollupCycle = {manualChunks: (id: string) => cycle.exec(id)?.[1]};
// `manualChunks` of Vite 8 takes the imports of a module along, and so the whole cycle into one chunk.
const rolldownCycle = {
	codeSplitting: {
		includeDependenciesRecursively: false,
		groups: ['even', 'odd'].map(name => ({name, test: new RegExp(`/${name}\\.ts$`)})),
	},
};

/** Builds of one test file, each made once, when it is first asked for. */
export class ViteBuilds {
	readonly #builds = new Map<string, Promise<Build>>();
	readonly #directories: string[] = [];

	get(version: ViteVersion, name: VariantName): Promise<Build> {
		const key = `${version} ${name}`;
		const known = this.#builds.get(key) ?? this.#build(version, variants[name]);
		this.#builds.set(key, known);
		return known;
	}

	/** Removes the directories of all builds, also of those that failed. */
	async remove(): Promise<void> {
		await Promise.allSettled(this.#builds.values());
		for (const directory of this.#directories) await rm(directory, {recursive: true, force: true, maxRetries: 5});
	}

	async #build(version: ViteVersion, variant: Variant): Promise<Build> {
		const directory = await createTemporaryDirectory();
		this.#directories.push(directory);
		return buildVariant(await loadVite(getViteLocation(version)), variant, directory);
	}
}

/**
 * Builds with a version of Vite what is in a directory; without one, the test project in a directory that is left to
 * the caller to remove.
 */
export async function buildWithVite(
	version: ViteVersion,
	{directory, config = {}}: {readonly directory?: string; readonly config?: InlineConfig} = {},
): Promise<Build> {
	const vite = await loadVite(getViteLocation(version));
	if (directory !== undefined) return runVite(vite, directory, config);
	return buildVariant(vite, {title: 'a config of its own', config: () => config}, await createTemporaryDirectory());
}

/** Writes the test project into a directory and builds a variant of it. */
export async function buildVariant(vite: Vite, variant: Variant, directory: string): Promise<Build> {
	await writeViteProject(directory, variant.project);
	// Absolute paths: Vite 3 looks for others in the working directory and not in its root.
	const input = (variant.entries ?? entries).map(entry => path.join(directory, entry));
	const defaults: InlineConfig = {build: {assetsInlineLimit: 0, rollupOptions: {input}}};
	return runVite(vite, directory, vite.mergeConfig(defaults, variant.config(vite)));
}

/** Loads the Vite that a package in a directory has installed. */
export async function loadVite(location: string): Promise<Vite> {
	const {resolve} = createRequire(path.join(location, 'package.json'));
	const description = resolve('vite/package.json');
	const {name, version} = JSON.parse(await readFile(description, 'utf8'));
	const load = (file: string) => import(pathToFileURL(file).href);
	const {build, mergeConfig} = await load(path.join(path.dirname(description), 'dist/node/index.js'));
	const plugin = resolve('@vitejs/plugin-legacy');
	// The older ones have a file for each module system, and that for CommonJS can't be loaded beside Vite's other one.
	const {default: legacy} = await load([plugin.replace(/\.cjs$/, '.mjs'), plugin].find(existsSync)!);
	return {name, version, build, mergeConfig, legacy};
}

export async function recordBuild({outDirectory, manifest, files}: Build): Promise<RecordedBuild> {
	const styles: Record<string, string[]> = {};
	for (const file of files.filter(name => name.endsWith('.css'))) {
		const text = await readFile(path.join(outDirectory, file), 'utf8');
		styles[file] = Array.from(text.matchAll(/--([\w-]+):\s*loaded/g), ([, name]) => name!).toSorted();
	}

	return {manifest, files, styles};
}

async function runVite(vite: Vite, directory: string, config: InlineConfig): Promise<Build> {
	const defaults: InlineConfig = {
		root: directory,
		configFile: false,
		logLevel: 'silent',
		build: {manifest: true, outDir: 'out'},
	};
	const merged = vite.mergeConfig(defaults, config);
	await vite.build(merged);
	const outDirectory = path.resolve(directory, merged.build!.outDir!);
	const entriesOfDirectory = await readdir(outDirectory, {recursive: true, withFileTypes: true});
	const files = entriesOfDirectory
		.filter(entry => entry.isFile())
		.map(({parentPath, name}) => path.relative(outDirectory, path.join(parentPath, name)).replaceAll('\\', '/'))
		.toSorted();
	const {manifest: named} = merged.build!;
	const manifestFile =
		typeof named === 'string' ? named : files.find(file => /^(?:\.vite\/)?manifest\.json$/.test(file));
	const manifestPath = path.join(outDirectory, manifestFile!);
	const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
	return {directory, outDirectory, manifestPath, manifest, files};
}

/** The directory whose `node_modules` have a version of Vite. */
export function getViteLocation(version: ViteVersion): string {
	return fileURLToPath(new URL(version === 7 ? '../vite-7' : '../..', import.meta.url));
}

/** A real path, since Vite follows links and would else write a key that leads out of its root. */
async function createTemporaryDirectory(): Promise<string> {
	return realpath(await mkdtemp(path.join(tmpdir(), 'koa-inertia-vite-')));
}

function isAtLeast(version: string, major: number): boolean {
	return Number.parseInt(version, 10) >= major;
}
