/** The result of `limitTime` when the time is over before the promise is settled. */
export const timedOut = Symbol('timed out');

/** Waits for a promise, but at most for some milliseconds. The promise itself isn't stopped. */
export async function limitTime<Value>(
	promise: PromiseLike<Value>,
	milliseconds: number,
): Promise<Value | typeof timedOut> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<typeof timedOut>(resolve => {
		timer = setTimeout(resolve, milliseconds, timedOut);
	});
	try {
		return await Promise.race([promise, limit]);
	} finally {
		clearTimeout(timer);
	}
}
