import type {Assets} from '../assets/assets.ts';
import type {TemplateEnvironment} from '../options.ts';
import {addGlobals} from './globals.ts';

/**
 * Adds the globals `inertiaVersion()`, `inertia()`, `vite()`, `viteReactRefresh()` and `viteAsset()`, and the tag
 * `{% inertia %}`, to a Nunjucks environment of your own.
 *
 * Use it for templates that the application renders itself, such as an error page. In the template of a page the
 * globals use the assets that its request was checked against; in any other template, the assets of that moment. An
 * environment in the option `views` of `inertia()` gets the globals without this call.
 *
 * @throws {ManifestEntryError} when a template is rendered in which `vite()` or `viteAsset()` names a file that the
 * manifest lacks; {TemplateError} when `inertia()` is used in a template that renders no page.
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
