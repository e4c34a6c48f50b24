import {format} from 'node:util';
import {InertiaError} from './inertia-error.ts';
import {OptionError} from './option-error.ts';
import {PropError, PropLoadError} from './props.ts';

/**
 * Whether a failed loader said all by itself: an error with the path of a prop inside it, or an HTTP error that shows
 * its message to the user, such as `ctx.throw(404)`.
 */
export function needsNoWrapping(error: unknown): boolean {
	if (error instanceof PropError || error instanceof PropLoadError) return true;
	return error instanceof Error && isExposed(error);
}

/** Whether an error shows its message to the user, as one of `ctx.throw(404)` does. */
export function isExposed(error: object): boolean {
	return 'expose' in error && error.expose === true;
}

/** What was thrown, as Koa and its listeners expect it: an error that takes properties. */
export function toError(thrown: unknown): Error {
	if (!(thrown instanceof Error)) return new Error(format('non-error thrown: %j', thrown), {cause: thrown});
	return Object.isExtensible(thrown) ? thrown : Object.assign(new Error(thrown.message, {cause: thrown}), thrown);
}

/** Whether an error comes from this package and says all by itself, so that none has to be put around it. */
export function isPackageError(error: unknown): error is InertiaError | OptionError {
	return error instanceof InertiaError || error instanceof OptionError;
}
