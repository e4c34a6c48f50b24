/**
 * Whether a value can be awaited: a promise, or what acts like one, such as a query builder.
 *
 * Asked before every `await`, so that nothing is awaited that is there already: each costs a turn of the queue.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
	return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
