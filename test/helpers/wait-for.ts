import {setTimeout as delay} from 'node:timers/promises';

/** Polls until the condition holds, and fails with its source when it doesn't within `limit` milliseconds. */
export async function waitFor(condition: () => boolean | Promise<boolean>, limit = 10_000): Promise<void> {
	const deadline = performance.now() + limit;
	while (!(await condition())) {
		if (performance.now() > deadline) throw new Error(`Not within ${limit} ms: ${condition}`);
		await delay(25);
	}
}
