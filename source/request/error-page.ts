import {STATUS_CODES} from 'node:http';
import type {Context} from 'koa';
import {listErrorHeaders} from '../errors/error-headers.ts';
import {isExposed, toError} from '../errors/thrown.ts';
import type {Failure} from '../options.ts';
import {namesHtml} from '../protocol/accept.ts';
import {isClientGone} from '../protocol/client-gone.ts';
import {clearAnswer} from '../protocol/respond.ts';
import {sendDevelopmentError} from './development-error.ts';
import type {Exchange} from './exchange.ts';
import {checkComponent, renderPage} from './render.ts';

/**
 * Answers an error with a page of the application; in development with the error itself, which the client shows in its
 * dialog.
 *
 * Gives whether it did. Requests that ask for no page are left to Koa.
 */
export async function sendErrorPage(exchange: Exchange, error: Error): Promise<boolean> {
	const {ctx, settings, visit} = exchange;
	const failure = toFailure(error);
	const showsStack = isDevelopment(exchange) && !isExposed(error);
	if (failure === undefined || !(showsStack || settings.options.errorPage) || !wantsPage(exchange)) return false;
	if (showsStack) {
		sendDevelopmentError(ctx, error, {status: failure.status, isVisit: visit.isInertia});
		ctx.app.emit('error', error, ctx);
		return true;
	}

	if (!(await renderErrorPage(exchange, failure))) return false;
	addErrorHeaders(ctx, error);
	ctx.app.emit('error', error, ctx);
	return true;
}

/** Answers a URL that no handler has answered with a page of the application. Koa's 404 stays where there is none. */
export async function sendNotFoundPage(exchange: Exchange): Promise<void> {
	const {ctx, settings} = exchange;
	if (!settings.options.errorPage || ctx.body !== undefined || !wantsPage(exchange)) return;
	try {
		await renderErrorPage(exchange, {status: 404, message: toMessage(404), error: undefined});
	} catch (error) {
		if (isClientGone(error, ctx)) throw error;
		// The response stays a 404.
		ctx.app.emit('error', toError(error), ctx);
	}
}

async function renderErrorPage(exchange: Exchange, failure: Failure): Promise<boolean> {
	const {ctx, settings} = exchange;
	const component = settings.options.errorPage?.(failure, ctx);
	if (component === undefined) return false;
	checkComponent(exchange, component, 'The option `errorPage` gives the name of a page component or `undefined`');
	const {status, message} = failure;
	const page = {component, props: {status, message}, options: {status}, replacesFailedPage: status >= 500};
	clearAnswer(ctx);
	try {
		await renderPage(exchange, page);
	} catch (error) {
		if (isClientGone(error, ctx)) throw error;
		ctx.app.emit('error', toError(error), ctx);
		// The shared props may be what failed, such as the signed-in user where the database is down.
		await renderPage(exchange, {...page, withoutShared: true});
	}

	return true;
}

/** A visit gets a page, and a request that asks for HTML by name. A missing image or script gets none. */
function wantsPage({ctx, visit}: Exchange): boolean {
	if (ctx.respond === false || ctx.res.headersSent || !ctx.writable) return false;
	return !visit.isPrecognition && (visit.isInertia || namesHtml(ctx));
}

/**
 * Whether errors may be shown with their stack. Koa takes a server whose `NODE_ENV` was forgotten for one in development;
 * we take it for one in production, unless a dev server runs beside it.
 */
function isDevelopment({ctx, snapshot}: Exchange): boolean {
	return ctx.app.env === 'development' && (Boolean(process.env.NODE_ENV) || snapshot.kind === 'development');
}

/** Reads an error as Koa does; `undefined` for a redirect that was thrown. */
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

/** Adds the headers of an error to its page, which may be a list of cookies. */
function addErrorHeaders(ctx: Context, error: object): void {
	for (const [name, value] of listErrorHeaders(error)) {
		// The page itself varies on other headers, which have to stay.
		if (/^vary$/i.test(name)) ctx.vary(String(value).split(/\s*,\s*/));
		else if (/^set-cookie$/i.test(name)) ctx.append(name, value);
		else ctx.set(name, value);
	}
}
