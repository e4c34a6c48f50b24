import type {Context, Next} from 'koa';
import {answerError, answerNotFound} from './error-page.ts';
import {ValidationError} from './errors.ts';
import {responseHeaders} from './headers.ts';
import {isStop} from './props/loader-context.ts';
import {prefersHtml} from './protocol/accept.ts';
import {getBackUrl, repeatsRequest} from './protocol/back.ts';
import {adaptRedirect, isRedirect, sendRedirect} from './protocol/redirect.ts';
import {clearAnswer} from './protocol/respond.ts';
import {varyErrorOnInertia} from './protocol/vary.ts';
import type {Application, RequestState} from './request-state.ts';
import {getBag, toFieldErrors} from './session/errors.ts';
import {isThenable} from './thenable.ts';
import {toError} from './thrown.ts';
import {isPrecognitionEnd, markPrecognition, sendPrecognition} from './validation/precognition.ts';
import {sendErrors} from './validation/send-errors.ts';

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
			else if (!isPrecognitionEnd(thrown)) ctx.app.emit('error', toError(thrown), ctx);
		}

		if (state.precognition !== undefined) {
			state.marks.undo();
			sendPrecognition(ctx, state.visit, state.precognition);
			return;
		}

		if (ctx.res.statusCode === 404) await answerNotFound(ctx, application, state);
		adaptRedirect(ctx, state.visit);
		const settling = state.marks.settle(isPageSent);
		if (isThenable(settling)) await settling;
	} catch (thrown) {
		if (isStop(thrown, ctx)) throw thrown;
		// The next page is not to say "Saved" of what failed.
		state.marks.undo();
		const error = varyErrorOnInertia(ctx, thrown);
		if (state.visit.isPrecognition) markPrecognition(error);
		await answerThrown(ctx, application, state, error);
	}
}

/** Whether a page that was put into the response is still there, and somebody to get it. */
function isPageSent(ctx: Context): boolean {
	// A 304 has no body: the browser shows the one that it has.
	const hasBody = Boolean(ctx.body) || ctx.status === 304;
	return ctx.writable && hasBody && !isRedirect(ctx) && ctx.res.hasHeader(responseHeaders.version);
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
	} else if (visit.isInertia || prefersHtml(ctx)) {
		const back = getBackUrl(ctx, '/');
		// A wrong query, and there is no other page that could show the messages.
		if (repeatsRequest(ctx, back)) throw error;
		clearAnswer(ctx);
		marks.addErrors(getBag(visit), toFieldErrors(errors, allErrors));
		sendRedirect(ctx, back);
	} else {
		// From a program, or from a script that wants no page.
		sendErrors(ctx, errors);
	}
}

async function answerThrown(ctx: Context, application: Application, state: RequestState, error: Error): Promise<void> {
	try {
		if (await answerError(ctx, application, state, error)) return;
	} catch (failure) {
		if (isStop(failure, ctx)) throw failure;
		// The error itself matters more than the page that was to show it.
		ctx.app.emit('error', toError(failure), ctx);
	}

	throw error;
}
