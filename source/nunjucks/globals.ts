import nunjucks from 'nunjucks';
import type {Assets} from '../assets/assets.ts';
import type {Attributes} from '../assets/tags/attributes.ts';
import type {TagArguments} from '../assets/tags/tag-request.ts';
import {TemplateError} from '../errors/document.ts';
import type {DocumentTags, TemplateEnvironment} from '../options.ts';
import {createInertiaTag} from './inertia-tag.ts';
import {findRendering, type RenderContext} from './rendering.ts';

const {SafeString} = nunjucks.runtime;
const tagExtension = 'InertiaTag';

/**
 * Adds the globals and the tag `{% inertia %}`.
 *
 * Nunjucks calls a global with the render context as `this`, where it finds the tags of the request's page; nothing is
 * kept between calls. In a template that renders no page, a global uses `assets`, and throws when there are none.
 */
export function addGlobals(environment: TemplateEnvironment, assets: Assets | undefined): void {
	environment.addGlobal('inertiaVersion', function inertiaVersion(this: RenderContext): string {
		return runTag(this, 'inertiaVersion()', tags => tags.inertiaVersion(), assets && (() => assets.version));
	});
	environment.addGlobal('inertia', function inertia(this: RenderContext, ...given: [Attributes?]) {
		return new SafeString(runTag(this, 'inertia()', tags => tags.inertia(...given)));
	});
	environment.addGlobal('vite', function vite(this: RenderContext, ...given: TagArguments) {
		const outside = assets && (() => assets.tags(...given));
		return new SafeString(runTag(this, 'vite()', tags => tags.vite(...given), outside));
	});
	environment.addGlobal('viteReactRefresh', function viteReactRefresh(this: RenderContext) {
		const outside = assets && (() => assets.reactRefreshTags());
		return new SafeString(runTag(this, 'viteReactRefresh()', tags => tags.viteReactRefresh(), outside));
	});
	environment.addGlobal('viteAsset', function viteAsset(this: RenderContext, path: string): string {
		return runTag(this, 'viteAsset()', tags => tags.viteAsset(path), assets && (() => assets.url(path)));
	});
	if (!environment.hasExtension(tagExtension)) environment.addExtension(tagExtension, createInertiaTag());
}

/** Runs a tag of the page that is being rendered, and keeps its failure. Without a page it calls `runOutside`. */
function runTag(
	context: RenderContext,
	name: string,
	run: (tags: DocumentTags) => string,
	runOutside?: () => string,
): string {
	const rendering = findRendering(context);
	if (!rendering && runOutside) return runOutside();
	if (!rendering) {
		throw new TemplateError(
			`\`${name}\` was used where no page is rendered. Render one by \`ctx.inertia.render()\`, and import macros \`with context\`.`,
		);
	}

	try {
		return run(rendering.tags);
	} catch (error) {
		rendering.failure = error;
		throw error;
	}
}
