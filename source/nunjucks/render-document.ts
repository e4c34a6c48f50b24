import type {Assets} from '../assets/assets.ts';
import type {RenderDocument} from '../document/document.ts';
import {getReason} from '../errors/describe.ts';
import {TemplateError} from '../errors/document.ts';
import {isPackageError} from '../errors/thrown.ts';
import type {TemplateEnvironment} from '../options.ts';
import {createEnvironment} from './environment.ts';
import {addGlobals} from './globals.ts';
import {type Rendering, renderingKey} from './rendering.ts';

/** Renders the first document by a Nunjucks root template. */
export function createNunjucksRenderer(views: readonly string[] | TemplateEnvironment, assets: Assets): RenderDocument {
	const environment = isEnvironment(views) ? views : createEnvironment(views);
	// An environment of the package renders pages alone: no page there means a macro that was imported without it.
	addGlobals(environment, isEnvironment(views) ? assets : undefined);
	const lookUpHint = isEnvironment(views)
		? 'Templates come from the environment in the option `views`.'
		: `Templates come from ${[...views, 'the package'].join(', ')}.`;

	return ({page, ctx, tags, viewData, template}) => {
		const rendering: Rendering = {tags};
		try {
			const html = environment.render(template, {...ctx.state, ...viewData, page, [renderingKey]: rendering});
			if (typeof html === 'string') return html;
			throw new Error('async filters and loaders give no text in time, so resolve what they do before the render');
		} catch (cause) {
			if (isPackageError(rendering.failure)) throw rendering.failure;
			throw new TemplateError(
				`The root template \`${template}\` of \`${page.component}\` failed: ${getReason(cause)}. ${lookUpHint}`,
				{cause},
			);
		}
	};
}

function isEnvironment(views: readonly string[] | TemplateEnvironment): views is TemplateEnvironment {
	return !Array.isArray(views);
}
