import {mkdir, mkdtemp, realpath, rename, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Manifest} from 'koa-inertia/assets';

export type Build = {
	/** The output directory, as Vite's `build.outDir`. */
	readonly directory: string;
	/** The path of the manifest in it. */
	readonly manifest: string;
	/** Puts a build in place as a careful deploy does: the files first, then the manifest, in one step. */
	deploy(manifest: Manifest): Promise<void>;
	/** Writes the files that a manifest names, and no manifest. */
	writeFiles(manifest: Manifest): Promise<void>;
	/** Replaces the manifest by any text, in one step, and leaves the files alone. */
	writeManifest(text: string): Promise<void>;
};

/** Makes an empty directory that is removed when the test ends. */
export async function createDirectory(t: ExecutionContext): Promise<string> {
	const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'koa-inertia-')));
	t.teardown(() => rm(directory, {recursive: true, force: true, maxRetries: 5}));
	return directory;
}

/**
 * A manifest as Vite writes it: the entries `source/main.ts` and `source/admin.ts`, which share `_shared.js` and its
 * stylesheet, and an image. Every file carries `label`, so that two labels are two builds.
 */
export function createManifest(label = 'a'): Manifest {
	return {
		'_shared.js': {file: `assets/shared-${label}.js`, css: [`assets/shared-${label}.css`]},
		'source/admin.ts': {
			file: `assets/admin-${label}.js`,
			src: 'source/admin.ts',
			isEntry: true,
			imports: ['_shared.js'],
		},
		'source/logo.svg': {file: `assets/logo-${label}.svg`, src: 'source/logo.svg'},
		'source/main.ts': {
			file: `assets/main-${label}.js`,
			src: 'source/main.ts',
			isEntry: true,
			imports: ['_shared.js'],
			css: [`assets/main-${label}.css`],
			assets: [`assets/logo-${label}.svg`],
		},
	};
}

/** Makes a build in a directory of its own; with `null` the directory stays empty. */
export async function createBuild(t: ExecutionContext, manifest: Manifest | null = createManifest()): Promise<Build> {
	const build = openBuild(path.join(await createDirectory(t), 'out'));
	await mkdir(path.dirname(build.manifest), {recursive: true});
	if (manifest) await build.deploy(manifest);
	return build;
}

/** The build in a directory that is there already. */
export function openBuild(directory: string): Build {
	const target = path.join(directory, '.vite/manifest.json');

	const writeFiles = async (manifest: Manifest): Promise<void> => {
		for (const {file, css = [], assets = []} of Object.values(manifest)) {
			for (const name of [file, ...css, ...assets]) {
				const location = path.join(directory, name);
				await mkdir(path.dirname(location), {recursive: true});
				await writeFile(location, `/* ${name} */`);
			}
		}
	};

	const writeManifest = async (text: string): Promise<void> => {
		await mkdir(path.dirname(target), {recursive: true});
		await writeFile(`${target}.next`, text);
		await rename(`${target}.next`, target);
	};

	return {
		directory,
		manifest: target,
		writeFiles,
		writeManifest,
		async deploy(manifest) {
			await writeFiles(manifest);
			await writeManifest(JSON.stringify(manifest, undefined, '\t'));
		},
	};
}
