import nunjucks from 'nunjucks';
import type {Assets} from '../assets/assets.ts';
import type {TemplateEnvironment} from '../options.ts';
import {createInertiaTag} from './inertia-tag.ts';
import {findRendering, type RenderContext, runTag} from './rendering.ts';

const {SafeString} = nunjucks.runtime;
const tagExtension = 'InertiaTag';

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
	// Globals get the render context as `this`, and find the request's own values there: nothing is kept between calls.
	environment.addGlobal('inertiaVersion', function inertiaVersion(this: RenderContext): string {
		return findRendering(this)?.tags.inertiaVersion() ?? assets.version;
	});
	environment.addGlobal('inertia', function inertia(this: RenderContext) {
		return new SafeString(runTag(this, 'inertia()', tags => tags.inertia()));
	});
	environment.addGlobal('vite', function vite(this: RenderContext, ...entries: string[]) {
		const html = findRendering(this) ? runTag(this, 'vite()', tags => tags.vite(...entries)) : assets.tags(...entries);
		return new SafeString(html);
	});
	environment.addGlobal('viteAsset', function viteAsset(this: RenderContext, path: string): string {
		return findRendering(this) ? runTag(this, 'viteAsset()', tags => tags.viteAsset(path)) : assets.url(path);
	});
	if (!environment.hasExtension(tagExtension)) environment.addExtension(tagExtension, createInertiaTag());
}
