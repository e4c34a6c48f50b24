import type {Context} from 'koa';
import type {DocumentPlan} from '../document/early-hints.ts';
import {isRedirect} from '../protocol/redirect.ts';
import type {Exchange, Preloads} from './exchange.ts';

const noPreloads: Preloads = Object.freeze({link: '', body: undefined});

/**
 * Tells the browser what the document will load, while the props are still to come. Once for a request: an error page
 * that takes the place of a failed page sends none.
 */
export function sendEarlyHints(exchange: Exchange, plan: DocumentPlan): void {
	const {ctx, settings, snapshot, preloads} = exchange;
	if (!settings.earlyHints || preloads) return;
	exchange.preloads = noPreloads;
	settings.earlyHints.send(ctx, snapshot, plan);
}

/** Adds the `Link` header. This comes last, when it is known whether the document is what is sent. */
export function appendPreloads(ctx: Context, {link, body}: Preloads): void {
	if (link === '' || isRedirect(ctx) || !ctx.writable || ctx.headerSent) return;
	// A middleware that compresses puts a stream in the place of the document, and says so by this header.
	if (ctx.body !== body && !(ctx.body && ctx.res.hasHeader('Content-Encoding'))) return;
	if (ctx.res.hasHeader('Link')) ctx.append('Link', link);
	else ctx.res.setHeader('Link', link);
}
