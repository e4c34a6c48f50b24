import type {RenderDocument} from './document.ts';
import {describeValue, TemplateError} from './errors.ts';
import type {RootView} from './options.ts';

/** Renders the first document by the application's own function. */
export function createRootViewDocument(rootView: RootView): RenderDocument {
	return ({page, ctx, tags}) => {
		const html = rootView(page, ctx, tags);
		return html instanceof Promise ? html.then(checkHtml) : checkHtml(html);
	};
}

function checkHtml(html: unknown): string {
	if (typeof html === 'string') return html;
	throw new TemplateError(`\`rootView\` must give the document as a string, received ${describeValue(html)}.`);
}
