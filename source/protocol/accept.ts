import type {Context} from 'koa';

/** Whether a request asks for HTML by name, as a browser does for a document. A program takes anything. */
export function namesHtml(ctx: Context): boolean {
	// A cache must not give the response to another kind of request.
	ctx.vary('Accept');
	return /\btext\/html\b/i.test(ctx.get('Accept'));
}

/** Whether a request asks for HTML by name, and would rather have it than JSON. */
export function prefersHtml(ctx: Context): boolean {
	return namesHtml(ctx) && ctx.accepts('html', 'json') === 'html';
}
