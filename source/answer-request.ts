import type {Context, Next} from 'koa';
import {answerError, answerNotFound, namesHtml} from './error-page.ts';
import {ValidationError} from './errors.ts';
import {responseHeaders} from './headers.ts';
import {isStop} from './props/loader-context.ts';
import {getBackUrl, isOwnUrl} from './protocol/back.ts';
import {adaptRedirect, isRedirect, sendRedirect} from './protocol/redirect.ts';
import {varyErrorOnInertia} from './protocol/vary.ts';
import type {Application, RequestState} from './render.ts';
import {defaultBag, toFieldErrors} from './session/errors.ts';
import {markPrecognition, sendErrors, sendPrecognition} from './validation/precognition.ts';

/**
 * Runs the handlers of a request, and makes of what they do an answer for the client: of a redirect one that it can
 * follow, of wrong input a way back to the form, of an error a page.
 *
 * @throws an error that none of these answers, for Koa to do it.
 */
export async function answerRequest(
	ctx: Context,
	next: Next,
	application: Application,
	state: RequestState,
): Promise<void> {
	try {
		try {
			await next();
		} catch (thrown) {
			if (thrown instanceof ValidationError) answerInvalid(ctx, application, state, thrown);
			else if (state.precognition === undefined) throw thrown;
		}

		if (state.precognition !== undefined) {
			state.marks.undo();
			sendPrecognition(ctx, state.visit, state.precognition);
			return;
		}

		if (ctx.res.statusCode === 404) await answerNotFound(ctx, application, state);
		adaptRedirect(ctx, state.visit);
		state.marks.settle(isPageSent);
	} catch (thrown) {
		if (isStop(thrown, ctx)) throw thrown;
		// The next page is not to say "Saved" of what failed.
		state.marks.undo();
		const error = varyErrorOnInertia(ctx, thrown);
		if (state.visit.isPrecognition) markPrecognition(error);
		await answerThrown(ctx, application, state, error);
	}
}

/** Whether the page that was put into the response is still what it holds, and there is somebody to get it. */
function isPageSent(ctx: Context): boolean {
	return ctx.writable && Boolean(ctx.body) && !isRedirect(ctx) && ctx.res.hasHeader(responseHeaders.version);
}

function answerInvalid(
	ctx: Context,
	{options: {allErrors}}: Application,
	state: RequestState,
	error: ValidationError,
): void {
	const {marks, visit} = state;
	const {errors} = error;
	if (visit.isPrecognition) {
		state.precognition ??= errors;
	} else if (visit.isInertia || asksForHtml(ctx)) {
		const back = getBackUrl(ctx, '/');
		// A wrong query, with no other page to show it on.
		if (isOwnUrl(ctx, back)) throw error;
		marks.addErrors(visit.errorBag || defaultBag, toFieldErrors(errors, allErrors));
		sendRedirect(ctx, back);
	} else {
		// Of a program, or of a script that wants no page.
		sendErrors(ctx, errors);
	}
}

/** By name, as a form of the browser's own does: what takes anything is a program. */
function asksForHtml(ctx: Context): boolean {
	return namesHtml(ctx) && ctx.accepts('html', 'json') === 'html';
}

async function answerThrown(ctx: Context, application: Application, state: RequestState, error: Error): Promise<void> {
	try {
		if (await answerError(ctx, application, state, error)) return;
	} catch (failure) {
		if (isStop(failure, ctx)) throw failure;
		// The error itself matters more than the page that was to show it.
		ctx.app.emit('error', failure, ctx);
	}

	throw error;
}
