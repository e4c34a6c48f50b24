/**
 * The candidate that is closest to `name`, for messages that say "Did you mean …?".
 *
 * Gives `undefined` when nothing is close: a far guess in an error message misleads.
 */
export function findNearest(name: string, candidates: Iterable<string>): string | undefined {
	let nearest: string | undefined;
	let shortest = Math.max(2, Math.floor(name.length / 2)) + 1;
	for (const candidate of candidates) {
		// The difference in length is a lower bound of the distance: most of 10,000 manifest keys end here.
		if (Math.abs(candidate.length - name.length) >= shortest) continue;
		const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
		if (distance < shortest) {
			nearest = candidate;
			shortest = distance;
		}
	}

	return nearest;
}

/** ` Did you mean …?` for the nearest candidate, or an empty string. */
export function suggest(name: string, candidates: Iterable<string>): string {
	const nearest = findNearest(name, candidates);
	return nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
}

/** Levenshtein distance, one row of the matrix at a time. */
function editDistance(from: string, to: string): number {
	let previous = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row += 1) {
		const current = [row];
		for (let column = 1; column <= to.length; column += 1) {
			const substitution = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
			current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
		}

		previous = current;
	}

	return previous[to.length]!;
}
