import {OptionError} from '../errors/option-error.ts';
import {ignoreFailure} from '../support/thenable.ts';
import type {MaybePromise} from '../types.ts';
import type {Exchange} from './exchange.ts';
import {type PageRequest, renderPage} from './render.ts';

/**
 * Renders a page for a handler, which may forget to wait for it. So the exchange counts the renders that were begun, until
 * their page is in the response, and keeps a promise of all of them.
 */
export function beginRender(exchange: Exchange, request: PageRequest): Promise<void> {
	exchange.openRenders += 1;
	let rendering: MaybePromise<void>;
	try {
		rendering = renderPage(exchange, request);
	} catch (error) {
		rendering = Promise.reject(error);
	}

	// Most pages are there at once.
	if (!rendering) return Promise.resolve();
	// Without this, the failure of a render that no handler waits for would end the process.
	ignoreFailure(rendering);
	const {rendering: earlier} = exchange;
	exchange.rendering = earlier ? afterBoth(earlier, rendering) : rendering;
	return rendering;
}

/**
 * Waits for the renders that were begun and have not put a page into the response.
 *
 * @throws the failure of the last one, where the handlers have left the response as it was.
 */
export async function finishRenders({ctx, rendering}: Exchange): Promise<void> {
	try {
		await rendering;
	} catch (error) {
		if (ctx.res.statusCode === 404 && ctx.body === undefined) throw error;
	}
}

function afterBoth(first: Promise<void>, second: Promise<void>): Promise<void> {
	const both = Promise.allSettled([first, second]).then(() => second);
	ignoreFailure(both);
	return both;
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
