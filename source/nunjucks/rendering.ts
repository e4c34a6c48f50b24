import type {DocumentTags} from '../options.ts';

/** One rendering of a root template. The globals find it in the render context. */
export interface Rendering {
	readonly tags: DocumentTags;
	/** The error of a tag. Nunjucks makes a new error from its message, which loses the class and the code. */
	failure?: unknown;
}

/** The part of Nunjucks' render context that a global uses as `this`. */
export interface RenderContext {
	lookup(name: string): unknown;
	readonly env: {getGlobal(name: string): unknown};
}

/** The key of the rendering in the render context. */
export const renderingKey = 'inertiaRendering';

export function findRendering(context: RenderContext): Rendering | undefined {
	return context.lookup(renderingKey) as Rendering | undefined;
}
