import type {Context} from 'koa';
import {toError} from '../errors/thrown.ts';
import {ValidationError} from '../errors/validation.ts';
import {prefersHtml} from '../protocol/accept.ts';
import {getBackUrl, repeatsRequest} from '../protocol/back.ts';
import {isClientGone} from '../protocol/client-gone.ts';
import {responseHeaders} from '../protocol/headers.ts';
import {adaptRedirect, getRedirectPath, isRedirect, sendRedirect} from '../protocol/redirect.ts';
import {clearAnswer} from '../protocol/respond.ts';
import {varyErrorOnInertia} from '../protocol/vary.ts';
import {isSubmission} from '../protocol/visit.ts';
import {getBag, toFieldErrors} from '../session/error-bags.ts';
import {findNextPage, openNextPage} from '../session/find-next-page.ts';
import type {MaybePromise} from '../types.ts';
import {isPrecognitionEnd, markPrecognition, sendPrecognition} from '../validation/precognition.ts';
import {sendErrors} from '../validation/send-errors.ts';
import {sendErrorPage, sendNotFoundPage} from './error-page.ts';
import type {Exchange} from './exchange.ts';

/**
 * Takes what a handler throws to end early: wrong input, or the end of a validation that was all the request asked for.
 *
 * @throws everything else.
 */
export function catchEarlyExit(exchange: Exchange, thrown: unknown): void {
	const {ctx} = exchange;
	if (thrown instanceof ValidationError) sendBackWithErrors(exchange, thrown);
	else if (exchange.precognition === undefined) throw thrown;
	else if (!isPrecognitionEnd(thrown)) ctx.app.emit('error', toError(thrown), ctx);
}

/**
 * Turns the response of the handlers into one that the client can follow: the result of a validation, a page for a URL
 * that no handler answers, a redirect in the client's own way. Gives a promise only where something has to be waited for.
 */
export function completeResponse(exchange: Exchange): MaybePromise<void> {
	const {ctx, visit, precognition, nextPage} = exchange;
	if (precognition !== undefined) {
		nextPage?.rollBack();
		sendPrecognition(ctx, visit, precognition);
		return undefined;
	}

	if (ctx.res.statusCode !== 404) return finishResponse(exchange);
	return sendNotFoundPage(exchange).then(() => finishResponse(exchange));
}

/**
 * Answers an error of the handlers with a page, where the application and the request want one.
 *
 * @throws the error, with the headers that Koa's own response to it needs, where they don't.
 */
export async function answerFailure(exchange: Exchange, thrown: unknown): Promise<void> {
	const {ctx, visit, nextPage} = exchange;
	if (isClientGone(thrown, ctx)) return;
	const error = varyErrorOnInertia(ctx, thrown);
	// The next page must not say "Saved" of a request that failed.
	nextPage?.rollBack();
	if (visit.isPrecognition) markPrecognition(error);
	try {
		if (await sendErrorPage(exchange, error)) return;
	} catch (failure) {
		if (isClientGone(failure, ctx)) return;
		// The error itself matters more than the page that was to show it.
		ctx.app.emit('error', toError(failure), ctx);
	}

	// The choice of a page may have looked at more headers of the request.
	throw varyErrorOnInertia(ctx, error);
}

function finishResponse(exchange: Exchange): MaybePromise<void> {
	adaptRedirect(exchange.ctx, exchange.visit, exchange.settings.warnings);
	return keepForNextPage(exchange);
}

/** Keeps flash, errors and history orders in the session, unless the response is a page that shows them. */
function keepForNextPage(exchange: Exchange): MaybePromise<void> {
	const nextPage = isSubmission(exchange.visit) ? findNextPage(exchange) : exchange.nextPage;
	return nextPage?.commit({isPageSent, getRedirectPath});
}

/** Whether a page that was put into the response is still there, and somebody to get it. */
function isPageSent(ctx: Context): boolean {
	// A 304 has no body, but the browser shows the page that it has.
	const hasBody = Boolean(ctx.body) || ctx.status === 304;
	return ctx.writable && hasBody && !isRedirect(ctx) && ctx.res.hasHeader(responseHeaders.version);
}

function sendBackWithErrors(exchange: Exchange, error: ValidationError): void {
	const {ctx, visit, settings} = exchange;
	const {errors} = error;
	if (visit.isPrecognition) {
		exchange.precognition ??= errors;
	} else if (visit.isInertia || prefersHtml(ctx)) {
		const back = getBackUrl(ctx, '/', settings.warnings);
		// The query of a GET is wrong, and no other page could show the messages.
		if (repeatsRequest(ctx, back)) throw error;
		clearAnswer(ctx);
		openNextPage(exchange).addErrors(getBag(visit), toFieldErrors(errors, settings.options.allErrors));
		sendRedirect(ctx, back);
	} else {
		// The request comes from a program, or from a script that wants no page.
		sendErrors(ctx, errors);
	}
}
