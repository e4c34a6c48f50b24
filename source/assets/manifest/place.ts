import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {describeValue} from '../../errors/describe.ts';
import {OptionError} from '../../errors/option-error.ts';
import type {Manifest} from './manifest.ts';

/** Where a build in the file system is: its manifest, its files, and where the browser finds them. */
export interface BuildPlace {
	/** The absolute path of the manifest. */
	readonly manifest: string;
	/** The absolute path of the directory that the `file` of each entry is relative to. */
	readonly outputDirectory: string;
	/** The public URL of that directory, where neither the option `base` nor the build itself names one. */
	readonly defaultBase: string;
}

/** Where the manifest comes from: exactly one of three. */
export type ManifestLocation =
	| {readonly kind: 'object'; readonly manifest: Manifest}
	| {
			readonly kind: 'file';
			/** The places where the manifest may be; the first that holds one counts. */
			readonly places: readonly BuildPlace[];
			/** Whether the option `manifest` names no place. */
			readonly isDefault: boolean;
	  }
	| {readonly kind: 'url'; readonly url: URL};

/** The directory inside of the output directory that Vite writes its manifest into. */
export const manifestDirectory = '.vite';

/** Where a manifest is looked for when the option names none, in this order. Relative to the working directory. */
const defaultManifestPaths: readonly string[] = [
	'public/build/.vite/manifest.json',
	'public/build/manifest.json',
	'dist/.vite/manifest.json',
	'dist/manifest.json',
];

/**
 * Finds out where the option `manifest` says that the manifest is.
 *
 * @throws {OptionError} for a URL that is neither `file:` nor http(s).
 */
export function locateManifest(manifest: string | URL | Manifest | undefined): ManifestLocation {
	if (manifest === undefined) return {kind: 'file', places: defaultManifestPaths.map(locateBuild), isDefault: true};
	if (typeof manifest !== 'string' && !(manifest instanceof URL)) return {kind: 'object', manifest};
	// `file:` and http(s) addresses come as strings too, for example from the environment.
	if (typeof manifest === 'string' && !/^(?:https?|file):\/\//i.test(manifest)) return locateFile(manifest);
	try {
		const url = new URL(manifest);
		if (url.protocol === 'file:') return locateFile(fileURLToPath(url));
		if (url.protocol === 'http:' || url.protocol === 'https:') return {kind: 'url', url};
	} catch (cause) {
		throw new OptionError(`\`manifest\` is no address of a file: received ${describeValue(manifest)}.`, {cause});
	}

	throw new OptionError(
		`\`manifest\` can't be read from a \`${new URL(manifest).protocol}\` URL. Use a path, \`file:\` or http(s).`,
	);
}

/** Finds the build that a manifest belongs to. The path is relative to the working directory. */
export function locateBuild(manifestPath: string): BuildPlace {
	const manifest = path.resolve(manifestPath);
	const directory = path.dirname(manifest);
	// Versions of Vite before 5 write the manifest into the output directory itself.
	const outputDirectory = path.basename(directory) === manifestDirectory ? path.dirname(directory) : directory;
	const isInPublicBuild = /[\\/]public[\\/]build$/.test(outputDirectory);
	return {manifest, outputDirectory, defaultBase: isInPublicBuild ? '/build/' : '/'};
}

/**
 * Lists the absolute paths where a dev server may have written its hot file: `hot` in the directory of a named build and
 * in those above it, one of which is the public one, and `public/hot`.
 */
export function listHotFiles(location: ManifestLocation): string[] {
	const places = location.kind === 'file' && !location.isDefault ? location.places : [];
	const directories = places.flatMap(({outputDirectory}) => listDirectoriesUpTo(outputDirectory));
	return [...new Set([...directories.map(directory => path.join(directory, 'hot')), path.resolve('public/hot')])];
}

/** A directory and those above it, as far as to the one of the project, which has a `package.json`. */
function listDirectoriesUpTo(directory: string): string[] {
	const above = path.dirname(directory);
	const isLast = existsSync(path.join(directory, 'package.json')) || above === directory;
	return isLast ? [directory] : [directory, ...listDirectoriesUpTo(above)];
}

function locateFile(manifestPath: string): ManifestLocation {
	return {kind: 'file', places: [locateBuild(manifestPath)], isDefault: false};
}
