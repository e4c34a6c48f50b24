import type {DocumentTags} from '../options.ts';

/** One rendering of a root template, as the globals find it in the render context. */
export interface Rendering {
	readonly tags: DocumentTags;
	/** What a tag threw. Nunjucks makes a new error of its message alone, and so loses its class and code. */
	failure?: unknown;
}

/** The part of Nunjucks' render context that a global sees as `this`. */
export interface RenderContext {
	lookup(name: string): unknown;
	readonly env: {getGlobal(name: string): unknown};
}

/** The key of the rendering in the render context. */
export const renderingKey = 'inertiaRendering';

export function findRendering(context: RenderContext): Rendering | undefined {
	return context.lookup(renderingKey) as Rendering | undefined;
}
