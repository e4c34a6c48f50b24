import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkOptions, type Expectation, isObject, isString, text} from '../support/check-options.ts';
import {defaultManifestPaths, type Manifest} from './manifest/manifest.ts';
import type {AssetsOptions} from './options.ts';
import {normalizeVersion} from './version.ts';

/** Where the manifest is, by kind: exactly one of them. */
export type ManifestLocation =
	| {readonly kind: 'object'; readonly manifest: Manifest}
	| {readonly kind: 'file'; readonly candidates: readonly string[]}
	| {readonly kind: 'url'; readonly url: URL};

export interface NormalizedAssetsOptions {
	readonly manifest: ManifestLocation;
	/** Whether the start fails without a manifest or a dev server. */
	readonly isManifestRequired: boolean;
	/** A version of the application's own; `''` switches versioning off; `undefined` means the manifest's. */
	readonly version: string | undefined;
	/** Where a hot file may be, in this order; none where the option switches it off. */
	readonly hotFiles: readonly string[];
	readonly base: string | undefined;
}

export const assetsExpectations: Record<keyof AssetsOptions, Expectation> = {
	manifest: {accepts: value => isString(value) || isObject(value), expected: 'a path, a URL or a parsed manifest'},
	// Checked by `normalizeVersion`, with an error of its own.
	version: {accepts: () => true, expected: ''},
	hotFile: {accepts: value => value === false || isString(value), expected: 'a path or `false`'},
	base: text,
};

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function normalizeAssetsOptions(options: AssetsOptions): NormalizedAssetsOptions {
	checkOptions('createAssets', options, assetsExpectations);
	// Here a version function is a mistake: there is no request to call it with.
	if (typeof options.version === 'function') normalizeVersion(options.version);
	return createAssetsOptions(options, options.version);
}

/** `version` may be a function of the request too, which the assets leave to the middleware. */
export function createAssetsOptions(
	{manifest, hotFile, base}: Omit<AssetsOptions, 'version'>,
	version: AssetsOptions['version'] | ((...given: never) => unknown),
): NormalizedAssetsOptions {
	const fixedVersion = version === undefined || typeof version === 'function' ? undefined : normalizeVersion(version);
	const location = locateManifest(manifest);
	return Object.freeze({
		manifest: location,
		// An application with a version of its own may have no Vite build at all; one that names a manifest has one.
		isManifestRequired: version === undefined || (manifest !== undefined && fixedVersion !== ''),
		version: fixedVersion,
		hotFiles: hotFile === undefined ? listHotFiles(location) : hotFile === false ? [] : [path.resolve(hotFile)],
		base: base === undefined || base.endsWith('/') ? base : `${base}/`,
	});
}

/** `hot` in the directory of the build and those above, one of which is the public one, and `public/hot`. */
function listHotFiles(manifest: ManifestLocation): string[] {
	const files: string[] = [];
	if (manifest.kind === 'file' && manifest.candidates !== defaultManifestPaths) {
		for (const candidate of manifest.candidates) {
			const directory = path.dirname(path.resolve(candidate));
			const output = path.basename(directory) === '.vite' ? path.dirname(directory) : directory;
			files.push(...listDirectoriesUpTo(output).map(above => path.join(above, 'hot')));
		}
	}

	return [...new Set([...files, path.resolve('public/hot')])];
}

/** A directory and those above, as far as to the one of the project, which has a `package.json`. */
function listDirectoriesUpTo(directory: string): string[] {
	const above = path.dirname(directory);
	const isLast = existsSync(path.join(directory, 'package.json')) || above === directory;
	return isLast ? [directory] : [directory, ...listDirectoriesUpTo(above)];
}

function locateManifest(manifest: AssetsOptions['manifest']): ManifestLocation {
	if (manifest === undefined) return {kind: 'file', candidates: defaultManifestPaths};
	if (typeof manifest !== 'string' && !(manifest instanceof URL)) return {kind: 'object', manifest};
	// `file:` and http(s) addresses come as strings too, for example from the environment.
	if (typeof manifest === 'string' && !/^(?:https?|file):\/\//i.test(manifest)) {
		return {kind: 'file', candidates: [manifest]};
	}

	try {
		const url = new URL(manifest);
		if (url.protocol === 'file:') return {kind: 'file', candidates: [fileURLToPath(url)]};
		if (url.protocol === 'http:' || url.protocol === 'https:') return {kind: 'url', url};
	} catch (cause) {
		throw new OptionError(`\`manifest\` is no address of a file: received ${describeValue(manifest)}.`, {cause});
	}

	throw new OptionError(
		`\`manifest\` can't be read from a \`${new URL(manifest).protocol}\` URL. Use a path, \`file:\` or http(s).`,
	);
}
