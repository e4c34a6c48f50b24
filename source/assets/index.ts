import {Assets} from './assets.ts';
import {normalizeAssetsOptions} from './normalize-options.ts';
import type {AssetsOptions} from './options.ts';

export type {Assets} from './assets.ts';
export type {Manifest, ManifestChunk} from './manifest/manifest.ts';
export type {AssetsOptions} from './options.ts';
export type {Attributes} from './tags/attributes.ts';
export type {TagArguments, TagAttributes, TagOptions} from './tags/tag-request.ts';

/**
 * The version, the manifest and the tags of the assets, one object for the whole process.
 *
 * It holds a snapshot and looks for a new build while requests come, at most once a second and in the background.
 * A new build is taken over only when its manifest parses and its files exist; until then the last good one stays
 * and a warning (`process.on('warning')`) says why.
 *
 * @example
 * import {createAssets} from 'koa-inertia/assets';
 *
 * const assets = createAssets({manifest: 'public/build/.vite/manifest.json'});
 * console.log(assets.version, assets.tags('source/main.tsx'));
 *
 * @throws {ManifestError} when there is no usable manifest and no dev server; for a manifest behind http(s) `ready()`
 * rejects instead. {OptionError} and {VersionError} for wrong options.
 */
export function createAssets(options: AssetsOptions = {}): Assets {
	return new Assets(normalizeAssetsOptions(options));
}
