import type {Assets} from '../assets/assets.ts';
import type {TemplateEnvironment} from '../options.ts';
import {addGlobals} from './globals.ts';

/**
 * Gives a Nunjucks environment of your own the globals `inertiaVersion()`, `inertia()`, `vite()` and `viteAsset()`,
 * and the tag `{% inertia %}`.
 *
 * Within a page they speak of the assets that its request was checked against; in any other template, of the assets
 * at that moment. An environment in the option `views` of `inertia()` gets them without this call.
 *
 * @throws {ManifestEntryError} at render, when `vite()` or `viteAsset()` names what the manifest lacks; {TemplateError}
 * when `inertia()` is used outside of a page.
 * @example
 * import nunjucks from 'nunjucks';
 * import {createAssets} from 'koa-inertia/assets';
 * import {addInertia} from 'koa-inertia/nunjucks';
 *
 * const environment = nunjucks.configure('views');
 * addInertia(environment, createAssets());
 */
export function addInertia(environment: TemplateEnvironment, assets: Assets): void {
	addGlobals(environment, assets);
}
