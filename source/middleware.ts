import type {Context, Middleware, Next} from 'koa';
import type {Assets} from './assets/assets.ts';
import {OptionError} from './errors/option-error.ts';
import {sendVersionMismatch} from './protocol/respond.ts';
import {varyOnInertia} from './protocol/vary.ts';
import {answerFailure, catchEarlyExit, completeResponse} from './request/after-handler.ts';
import {finishRenders} from './request/begun-renders.ts';
import {InertiaContext} from './request/context.ts';
import {Exchange} from './request/exchange.ts';
import {appendPreloads} from './request/preloads.ts';
import type {Settings} from './request/settings.ts';
import {SetupCheck} from './request/setup-check.ts';
import {isThenable} from './support/thenable.ts';

/**
 * A second `inertia()` has other options, above all other shared props and another version: the outer one would refuse
 * every visit of a client that got its page from the inner one. We don't guess which one a request is for.
 */
const nestedMessage =
	'`inertia()` runs inside of another `inertia()` for the same request. Use one for the application, with a function as `template` or `rootView` where a part of it looks different, or give each its own routes: `app.use(mount("/admin", admin))` with its own `inertia()` before `app.use(inertia())` of the rest.';

/** The middleware that `inertia()` gives. */
export type InertiaMiddleware = Middleware & {
	/** The version, the manifest and the tags of the assets, for use outside a request. */
	readonly assets: Assets;
};

/** Makes the middleware: the life of a request, from the first look at its headers to the last header of its response. */
export function createMiddleware(settings: Settings): InertiaMiddleware {
	const {assets, readVersion} = settings;

	const middleware = async function inertia(ctx: Context, next: Next): Promise<void> {
		// The same middleware may be used twice, for example by an application and by a router in it.
		if (ctx.inertia?.belongsTo(settings)) return next();
		if (ctx.inertia) throw new OptionError(nestedMessage);
		varyOnInertia(ctx);
		const taking = assets.take(ctx.app.env);
		const snapshot = isThenable(taking) ? await taking : taking;
		const server = readVersion ? await readVersion(ctx, snapshot) : snapshot;
		const exchange = new Exchange(ctx, settings, snapshot, server);
		ctx.inertia = new InertiaContext(exchange);
		// A stale visit is refused before any handler runs, since a handler may take the flash out of the session, or write.
		if (exchange.decision.action === 'refuse') return sendVersionMismatch(ctx, exchange.decision.serverVersion);
		const setupCheck = ctx.app.env === 'development' ? new SetupCheck(exchange) : undefined;
		try {
			try {
				await next();
			} catch (thrown) {
				catchEarlyExit(exchange, thrown);
			}

			if (exchange.openRenders > 0) await finishRenders(exchange);
			const completing = completeResponse(exchange);
			if (isThenable(completing)) await completing;
		} catch (thrown) {
			await answerFailure(exchange, thrown);
		}

		setupCheck?.complete();
		if (exchange.preloads) appendPreloads(ctx, exchange.preloads);
		// A handler may have set the header anew.
		varyOnInertia(ctx);
	};

	return Object.assign(middleware, {assets});
}
