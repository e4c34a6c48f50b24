import type {DocumentTags} from '../document.ts';
import {TemplateError} from '../errors.ts';

/** One rendering of a root template, as the globals find it in the render context. */
export interface Rendering {
	readonly tags: DocumentTags;
	/** What a tag threw. Nunjucks makes a new error of its message alone, and so loses its class and code. */
	failure?: unknown;
}

/** The part of Nunjucks' render context that a global sees as `this`. */
export interface RenderContext {
	lookup(name: string): unknown;
}

/** The key of the rendering in the render context. */
export const renderingKey = 'inertiaRendering';

export function findRendering(context: RenderContext): Rendering | undefined {
	return context.lookup(renderingKey) as Rendering | undefined;
}

/** Runs a tag of the page that is being rendered, and keeps its failure. */
export function runTag(context: RenderContext, name: string, run: (tags: DocumentTags) => string): string {
	const rendering = findRendering(context);
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
