import path from 'node:path';
import {checkOptions, type Expectation, isObject, isString, text} from '../support/check-options.ts';
import {listHotFiles, locateManifest, type ManifestLocation} from './manifest/place.ts';
import type {AssetsOptions} from './options.ts';
import {normalizeVersion} from './version.ts';

export interface NormalizedAssetsOptions {
	readonly manifest: ManifestLocation;
	/** Whether the start fails without a manifest or a dev server. */
	readonly isManifestRequired: boolean;
	/** A version of the application's own; `''` switches versioning off; `undefined` means the manifest's. */
	readonly version: string | undefined;
	/** Absolute paths where a hot file may be, in this order; none where the option switches it off. */
	readonly hotFiles: readonly string[];
	readonly base: string | undefined;
}

export const assetsExpectations: Record<keyof AssetsOptions, Expectation> = {
	manifest: {accepts: value => isString(value) || isObject(value), expected: 'a path, a URL or a parsed manifest'},
	// A function is refused here: outside of a request there is nothing to call it with.
	version: {check: normalizeVersion},
	hotFile: {accepts: value => value === false || isString(value), expected: 'a path or `false`'},
	base: text,
};

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function normalizeAssetsOptions(options: AssetsOptions): NormalizedAssetsOptions {
	checkOptions('createAssets', options, assetsExpectations);
	return createAssetsOptions(options, options.version);
}

/** Fills in the defaults. `version` may be a function of the request too, which the assets leave to the middleware. */
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
