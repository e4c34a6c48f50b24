import {format} from 'node:util';
import {InertiaError} from './inertia-error.ts';
import {OptionError} from './option-error.ts';
import {PropError, PropLoadError} from './props.ts';

/**
 * Whether the error of a loader is kept as it is: it names the path of an inner prop already, or it is an HTTP error
 * that shows its message to the user, such as that of `ctx.throw(404)`.
 */
export function needsNoWrapping(error: unknown): boolean {
	if (error instanceof PropError || error instanceof PropLoadError) return true;
	return error instanceof Error && isExposed(error);
}

/** Whether an error shows its message to the user, as that of `ctx.throw(404)` does. */
export function isExposed(error: object): boolean {
	return 'expose' in error && error.expose === true;
}

/** Turns a thrown value into what Koa and its listeners expect: an error to which properties can be added. */
export function toError(thrown: unknown): Error {
	if (!(thrown instanceof Error)) return new Error(format('non-error thrown: %j', thrown), {cause: thrown});
	return Object.isExtensible(thrown) ? thrown : Object.assign(new Error(thrown.message, {cause: thrown}), thrown);
}

/** Whether an error is of this package. It names its subject already, so no other error has to be put around it. */
export function isPackageError(error: unknown): error is InertiaError | OptionError {
	return error instanceof InertiaError || error instanceof OptionError;
}
