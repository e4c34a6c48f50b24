import {OptionError} from '../errors/option-error.ts';
import type {Exchange} from './exchange.ts';
import {type PageRequest, renderPage} from './render.ts';

/**
 * Renders a page for a handler, which may forget to wait for it. So the exchange counts the renders that are under way
 * and keeps the failure of the last one.
 */
export function beginRender(exchange: Exchange, request: PageRequest): Promise<void> {
	const rendering = renderPage(exchange, request);
	exchange.openRenders += 1;
	exchange.rendering = rendering;
	// This handles a failure too: without it, one that no handler waits for would end the process.
	rendering.then(
		() => {
			exchange.openRenders -= 1;
		},
		(error: unknown) => {
			exchange.openRenders -= 1;
			exchange.renderFailure = {error};
		},
	);
	return rendering;
}

/**
 * Waits for a render that no handler has waited for.
 *
 * @throws the failure of a render, where the handlers have left the response as it was.
 */
export async function finishRenders(exchange: Exchange): Promise<void> {
	while (exchange.openRenders > 0) await exchange.rendering;
	const {ctx, renderFailure} = exchange;
	if (renderFailure && ctx.res.statusCode === 404 && ctx.body === undefined) throw renderFailure.error;
}

/**
 * Whether the response is on its way, so that what a call asks for would be lost. Then the call is reported, with the
 * place in the application that made it. We don't throw, because such a call stands in a callback that nobody waits for,
 * where an error ends the process.
 */
export function isTooLate({ctx}: Exchange, name: string): boolean {
	if (!ctx.headerSent) return false;
	const error = new OptionError(
		`\`ctx.inertia.${name}()\` was called after the response was sent, and changes nothing. Call it before the handler ends, and \`await\` what the handler waits for, \`next()\` included.`,
	);
	ctx.app.emit('error', error, ctx);
	return true;
}
