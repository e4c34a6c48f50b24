import type {Context} from 'koa';
import {toError} from '../errors/thrown.ts';
import {ValidationError} from '../errors/validation.ts';
import {isClientGone} from '../props/loader-context.ts';
import {prefersHtml} from '../protocol/accept.ts';
import {getBackUrl, repeatsRequest} from '../protocol/back.ts';
import {responseHeaders} from '../protocol/headers.ts';
import {adaptRedirect, isRedirect, sendRedirect} from '../protocol/redirect.ts';
import {clearAnswer} from '../protocol/respond.ts';
import type {ErrorWithHeaders} from '../protocol/vary.ts';
import {getBag, toFieldErrors} from '../session/error-bags.ts';
import {findMarks, getMarks} from '../session/find-store.ts';
import {isSubmission} from '../session/next-page-store.ts';
import {isPrecognitionEnd, markPrecognition, sendPrecognition} from '../validation/precognition.ts';
import {sendErrors} from '../validation/send-errors.ts';
import {answerError, answerNotFound} from './error-page.ts';
import type {Application, RequestState} from './request-state.ts';

/**
 * Answers what a handler threw to end itself: wrong input, or a validation that was all that was asked for.
 *
 * @throws everything else.
 */
export function answerEnd(ctx: Context, application: Application, state: RequestState, thrown: unknown): void {
	if (thrown instanceof ValidationError) answerInvalid(ctx, application, state, thrown);
	else if (state.precognition === undefined) throw thrown;
	else if (!isPrecognitionEnd(thrown)) ctx.app.emit('error', toError(thrown), ctx);
}

/**
 * Makes of what the handlers did an answer for the client: of a redirect one that it can follow, of a URL that none of
 * them answers a page.
 *
 * A promise only where there is something to wait for.
 */
export function finishAnswer(ctx: Context, application: Application, state: RequestState): unknown {
	if (state.precognition !== undefined) {
		state.marks?.undo();
		sendPrecognition(ctx, state.visit, state.precognition);
		return undefined;
	}

	if (ctx.res.statusCode !== 404) return settle(ctx, state);
	return answerNotFound(ctx, application, state).then(() => settle(ctx, state));
}

/** Gives whether an error got an answer; else Koa is to make it. */
export async function answerThrown(
	ctx: Context,
	application: Application,
	state: RequestState,
	error: ErrorWithHeaders,
): Promise<boolean> {
	// The next page is not to say "Saved" of what failed.
	state.marks?.undo();
	if (state.visit.isPrecognition) markPrecognition(error);
	try {
		return await answerError(ctx, application, state, error);
	} catch (failure) {
		if (isClientGone(failure, ctx)) return true;
		// The error itself matters more than the page that was to show it.
		ctx.app.emit('error', toError(failure), ctx);
		return false;
	}
}

function settle(ctx: Context, state: RequestState): unknown {
	adaptRedirect(ctx, state.visit);
	const marks = isSubmission(state.visit) ? findMarks(ctx, state) : state.marks;
	return marks?.settle(isPageSent);
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
	const {visit} = state;
	const {errors} = error;
	if (visit.isPrecognition) {
		state.precognition ??= errors;
	} else if (visit.isInertia || prefersHtml(ctx)) {
		const back = getBackUrl(ctx, '/');
		// A wrong query, and there is no other page that could show the messages.
		if (repeatsRequest(ctx, back)) throw error;
		clearAnswer(ctx);
		getMarks(ctx, state).addErrors(getBag(visit), toFieldErrors(errors, allErrors));
		sendRedirect(ctx, back);
	} else {
		// From a program, or from a script that wants no page.
		sendErrors(ctx, errors);
	}
}
