import {inspect} from 'node:util';
import type {Context} from 'koa';
import {getNonce} from '../document/nonce.ts';
import {clearAnswer} from '../protocol/respond.ts';
import {escapeAttribute} from '../support/html.ts';

/**
 * Answers with an error and its stack as a document, which the client shows in its dialog. It must be used in development
 * only, since it shows everything.
 *
 * @see https://inertiajs.com/docs/v3/advanced/error-handling
 */
export function sendDevelopmentError(
	ctx: Context,
	error: Error,
	{status, isVisit}: {readonly status: number; readonly isVisit: boolean},
): void {
	clearAnswer(ctx);
	const title = escapeAttribute(`${error.name}: ${error.message}`);
	const nonce = getNonce(ctx);
	const attribute = nonce ? ` nonce="${escapeAttribute(nonce)}"` : '';
	// The dialog of a visit is under the policy of the document around it, whose nonce is another one. Its style would be
	// refused, so it has none.
	const style = isVisit && nonce ? '' : `<style${attribute}>${rules}</style>`;
	ctx.status = status;
	ctx.type = 'html';
	ctx.body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${style}</head><body><h1>${title}</h1><p>${escapeAttribute(`${ctx.method} ${ctx.originalUrl}`)} · status ${status} · shown where <code>app.env</code> is <code>development</code></p><pre>${escapeAttribute(inspect(error))}</pre></body></html>`;
}

const rules = `
body{margin:0;padding:2rem;background:#fff;color:#1c1917;font:1rem/1.5 system-ui,sans-serif}
h1{margin:0 0 .5rem;font-size:1.25rem;overflow-wrap:anywhere}p{margin:0 0 1rem;color:#78716c}
pre{padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.5rem;background:#1c1917;color:#f5f5f4;font-size:.8125rem}
`;
