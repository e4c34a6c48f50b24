/**
 * The base of every error of this package, except `OptionError`, which is a `TypeError`.
 *
 * `code` is stable: match on it, or on the class. The message may change.
 *
 * @example
 * import Koa from 'koa';
 * import {InertiaError} from 'koa-inertia';
 *
 * const app = new Koa();
 * app.on('error', error => {
 * 	const code = error instanceof InertiaError ? error.code : 'unknown';
 * 	console.error(code, error.message);
 * });
 */
export abstract class InertiaError extends Error {
	abstract readonly code: `ERR_INERTIA_${string}`;

	override get name(): string {
		return this.constructor.name;
	}
}
