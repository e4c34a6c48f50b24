import type {MaybePromise} from '../types.ts';

/**
 * Whether a value can be awaited: a promise, or an object that acts like one, such as a query builder.
 *
 * We ask before every `await`, and don't await a value that is there, because each `await` costs a turn of the queue.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
	return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Calls `next` with a value: at once, or when its promise is settled. */
export function proceed<Value, Result>(
	value: MaybePromise<Value>,
	next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
	return isThenable(value) ? value.then(next) : next(value);
}

/**
 * Ignores the failure of a promise that nobody will wait for. Without a handler it would end the process.
 *
 * We don't do this for other thenables, because a query builder would start its query when `then` is called.
 */
export function ignoreFailure(value: unknown): void {
	if (value instanceof Promise) value.catch(() => undefined);
}
