export const median = (values: readonly number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/**
The median of the ratios of neighbouring rounds. We don't use the ratio of two medians, so that a machine that is slow for a
while slows both halves of a round.
*/
export const medianRatio = (dividends: readonly number[], divisors: readonly number[]): number =>
	median(dividends.map((dividend, index) => dividend / (divisors[index] ?? Number.NaN)));
