/** Milliseconds of both functions, one for each round. */
type Durations = {subject: number[]; reference: number[]};

const time = (use: () => unknown): number => {
	const startedAt = performance.now();
	use();
	return performance.now() - startedAt;
};

/** Measures two functions in this process, in interleaved rounds. The first rounds only warm up. */
export const compareFunctions = (
	subject: () => unknown,
	reference: () => unknown,
	{rounds, warmUpRounds}: {rounds: number; warmUpRounds: number},
): Durations => {
	const durations: Durations = {subject: [], reference: []};
	for (let round = -warmUpRounds; round < rounds; round++) {
		const order = [['subject', subject] as const, ['reference', reference] as const];
		for (const [side, use] of round % 2 === 0 ? order : order.reverse()) {
			const elapsed = time(use);
			if (round >= 0) {
				durations[side].push(elapsed);
			}
		}
	}

	return durations;
};
