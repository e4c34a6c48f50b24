import type {Assets} from '../assets/assets.ts';
import type {RenderDocument} from '../document/document.ts';
import {getReason} from '../errors/describe.ts';
import {TemplateError} from '../errors/document.ts';
import {isPackageError} from '../errors/thrown.ts';
import type {TemplateEnvironment} from '../options.ts';
import {createEnvironment, createPlaceError, leadsOut} from './environment.ts';
import {addGlobals} from './globals.ts';
import {type Rendering, renderingKey} from './rendering.ts';

/** Makes the function that renders the first document by a Nunjucks root template. */
export function createNunjucksRenderer(views: readonly string[] | TemplateEnvironment, assets: Assets): RenderDocument {
	const isOwn = isDirectoryList(views);
	const environment = isOwn ? createEnvironment(views) : views;
	// Our own environment gets no assets, because it renders only pages. A global that finds no page there stands in a
	// macro that was imported without context.
	addGlobals(environment, isOwn ? undefined : assets);
	const lookUpHint = isOwn
		? `Templates come from ${[...views, 'the package'].join(', ')}.`
		: 'Templates come from the environment in the option `views`.';

	return ({page, ctx, tags, viewData, template}) => {
		// An environment of the application's own has the loader of Nunjucks, which reads directories beside its own too.
		if (typeof template === 'string' && leadsOut(template)) throw createPlaceError(template);
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

function isDirectoryList(views: readonly string[] | TemplateEnvironment): views is readonly string[] {
	return Array.isArray(views);
}
