/** What `limitTime` gives when the time is over first. */
export const timedOut = Symbol('timed out');

/** Waits for a promise for at most so many milliseconds. The promise itself goes on. */
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
