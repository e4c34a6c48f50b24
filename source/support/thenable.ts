/**
 * Whether a value can be awaited: a promise, or what acts like one, such as a query builder.
 *
 * Asked before every `await`, so that nothing is awaited that is there already: each costs a turn of the queue.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
	return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Goes on with a value at once, or when its promise is settled. */
export function proceed<Value, Result>(
	value: Value | Promise<Value>,
	next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
	return isThenable(value) ? value.then(next) : next(value);
}

/**
 * For a promise that nobody will wait for: without a handler its failure would end the process.
 *
 * Only promises of the language, which run already. Another thenable may be a query that `then` would start.
 */
export function ignoreFailure(value: unknown): void {
	if (value instanceof Promise) value.catch(() => undefined);
}
