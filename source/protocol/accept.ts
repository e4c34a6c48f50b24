import type {Context} from 'koa';

/** Whether a request asks for HTML by name, as a browser does for a document: what takes anything is a program. */
export function namesHtml(ctx: Context): boolean {
	// An answer that is kept must not be that of another kind of request.
	ctx.vary('Accept');
	return /\btext\/html\b/i.test(ctx.get('Accept'));
}

/** Whether it would rather have HTML than JSON, too. */
export function prefersHtml(ctx: Context): boolean {
	return namesHtml(ctx) && ctx.accepts('html', 'json') === 'html';
}
