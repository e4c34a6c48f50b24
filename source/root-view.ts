import type {RenderDocument} from './document.ts';
import {describeValue, InertiaError, OptionError, TemplateError} from './errors.ts';
import type {RootView} from './options.ts';

/** Renders the first document by the application's own function. */
export function createRootViewDocument(rootView: RootView): RenderDocument {
	return async ({page, ctx, tags}) => {
		let html: unknown;
		try {
			html = await rootView(page, ctx, tags);
		} catch (cause) {
			// Errors that say themselves what they are, `ctx.throw(403)` among them, stay what they are.
			if (cause instanceof InertiaError || cause instanceof OptionError || isHttpError(cause)) throw cause;
			const reason = cause instanceof Error ? cause.message : String(cause);
			throw new TemplateError(`\`rootView\` failed for \`${page.component}\`: ${reason}`, {cause});
		}

		if (typeof html === 'string') return html;
		throw new TemplateError(
			`\`rootView\` must give the document of \`${page.component}\` as a string, received ${describeValue(html)}.`,
		);
	};
}

function isHttpError(error: unknown): boolean {
	return error instanceof Error && 'status' in error;
}
