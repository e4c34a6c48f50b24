import {describeValue, getReason} from '../errors/describe.ts';
import {TemplateError} from '../errors/document.ts';
import {isPackageError} from '../errors/thrown.ts';
import type {RootView} from '../options.ts';
import {isThenable} from '../support/thenable.ts';
import type {RenderDocument} from './document.ts';

/** Makes a renderer of the option `rootView`, the application's own function. */
export function createRootViewRenderer(rootView: RootView): RenderDocument {
	return ({page, ctx, tags, viewData}) => {
		const accept = (html: unknown): string => {
			if (typeof html === 'string') return html;
			throw new TemplateError(
				`\`rootView\` must give the document of \`${page.component}\` as a string, received ${describeValue(html)}.`,
			);
		};

		const fail = (cause: unknown): never => {
			// Errors of this package and HTTP errors, such as `ctx.throw(403)`, already say what they are.
			if (isPackageError(cause) || isHttpError(cause)) throw cause;
			throw new TemplateError(`\`rootView\` failed for \`${page.component}\`: ${getReason(cause)}.`, {cause});
		};

		try {
			const html = rootView(page, ctx, tags, viewData);
			return isThenable(html) ? Promise.resolve(html).then(accept).catch(fail) : accept(html);
		} catch (error) {
			return fail(error);
		}
	};
}

function isHttpError(error: unknown): boolean {
	return error instanceof Error && 'status' in error;
}
