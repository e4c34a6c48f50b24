import type {Middleware} from 'koa';
import {requireInertia} from '../request/require-inertia.ts';

/**
 * Encrypts the pages of the routes after it in the browser's history; with `false` it doesn't, where the option does.
 *
 * Use it after `inertia()`, for the routes that show what only a signed-in user may see.
 *
 * @default isEncrypted `true`
 * @example
 * const account = new Router({prefix: '/account'});
 * account.use(encryptHistory());
 * @see https://inertiajs.com/docs/v3/security/history-encryption
 */
export function encryptHistory(isEncrypted = true): Middleware {
	return function encryptHistory(ctx, next) {
		requireInertia(ctx, 'encryptHistory');
		ctx.inertia.encryptHistory(isEncrypted);
		return next();
	};
}
