import {STATUS_CODES} from 'node:http';
import type {Context} from 'koa';
import {isExposed, toError} from '../errors/thrown.ts';
import type {Failure} from '../options.ts';
import {isClientGone} from '../props/loader-context.ts';
import {namesHtml} from '../protocol/accept.ts';
import {clearAnswer} from '../protocol/respond.ts';
import type {ErrorWithHeaders} from '../protocol/vary.ts';
import {sendDevelopmentError} from './development-error.ts';
import {checkComponent, renderPage} from './render.ts';
import type {Application, RequestState} from './request-state.ts';

/**
 * Answers an error with a page of the application; in development with the error itself, which the client shows in its
 * dialog.
 *
 * Gives whether it did: requests that ask for no page are left to Koa.
 */
export async function answerError(
	ctx: Context,
	application: Application,
	state: RequestState,
	error: Error,
): Promise<boolean> {
	const failure = toFailure(error);
	const showsStack = isDevelopment(ctx, state) && !isExposed(error);
	if (failure === undefined || !(showsStack || application.options.errorPage) || !wantsPage(ctx, state)) return false;
	if (showsStack) {
		sendDevelopmentError(ctx, error, {status: failure.status, isVisit: state.visit.isInertia});
		ctx.app.emit('error', error, ctx);
		return true;
	}

	if (!(await renderErrorPage(ctx, application, state, failure))) return false;
	setHeaders(ctx, error);
	ctx.app.emit('error', error, ctx);
	return true;
}

/** Answers a URL that nothing has answered, as Koa's 404. */
export async function answerNotFound(ctx: Context, application: Application, state: RequestState): Promise<void> {
	if (!application.options.errorPage || ctx.body !== undefined || !wantsPage(ctx, state)) return;
	try {
		await renderErrorPage(ctx, application, state, {status: 404, message: toMessage(404), error: undefined});
	} catch (error) {
		if (isClientGone(error, ctx)) throw error;
		// Without the page it is a 404 still.
		ctx.app.emit('error', toError(error), ctx);
	}
}

async function renderErrorPage(
	ctx: Context,
	application: Application,
	state: RequestState,
	failure: Failure,
): Promise<boolean> {
	const component = application.options.errorPage?.(failure, ctx);
	if (component === undefined) return false;
	checkComponent(component, 'The option `errorPage` gives the name of a page component or `undefined`');
	const {status, message} = failure;
	const page = {component, props: {status, message}, options: {status}, isFailure: status >= 500};
	clearAnswer(ctx);
	try {
		await renderPage(ctx, application, state, page);
	} catch (error) {
		if (isClientGone(error, ctx)) throw error;
		ctx.app.emit('error', toError(error), ctx);
		// What is shared may be what failed, such as the database of the signed-in user.
		const unshared = {...application, options: {...application.options, share: undefined}};
		await renderPage(ctx, unshared, {...state, shared: []}, page);
	}

	return true;
}

/** A visit, or a request that asks for HTML by name: an image or a script that is missing gets no page. */
function wantsPage(ctx: Context, {visit}: RequestState): boolean {
	if (ctx.respond === false || ctx.res.headersSent || !ctx.writable) return false;
	return !visit.isPrecognition && (visit.isInertia || namesHtml(ctx));
}

/**
 * Whether errors may be shown with their stack. A server whose `NODE_ENV` was forgotten is in development for Koa; while
 * no dev server runs beside it, it counts as one in production.
 */
function isDevelopment(ctx: Context, {snapshot}: RequestState): boolean {
	return ctx.app.env === 'development' && (Boolean(process.env.NODE_ENV) || snapshot.kind === 'development');
}

/** As Koa answers an error; `undefined` for a redirect that was thrown. */
function toFailure(error: Error & {status?: unknown; statusCode?: unknown}): Failure | undefined {
	const asked = error.status || error.statusCode;
	const known = typeof asked === 'number' && STATUS_CODES[asked] !== undefined ? asked : 500;
	if (known >= 300 && known < 400) return undefined;
	const status = known < 300 ? 500 : known;
	return {status, message: isExposed(error) ? String(error.message) : toMessage(status), error};
}

function toMessage(status: number): string {
	return STATUS_CODES[status] ?? '';
}

function setHeaders(ctx: Context, {headers = {}}: ErrorWithHeaders): void {
	for (const [name, value] of Object.entries(headers)) {
		// Beside what the page itself varies on.
		if (/^vary$/i.test(name)) ctx.vary(String(value).split(/\s*,\s*/));
		else if (!/^content-(?:type|length)$/i.test(name)) ctx.set(name, String(value));
	}
}
