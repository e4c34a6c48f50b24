/** Finds the candidate that is closest to a name. When none is close it finds nothing, because a far guess misleads. */
function findNearest(name: string, candidates: Iterable<string>): string | undefined {
	let nearest: string | undefined;
	let shortest = Math.max(2, Math.floor(name.length / 2)) + 1;
	for (const candidate of candidates) {
		// The distance is at least the difference in length. Most of 10,000 manifest keys are ruled out by it.
		if (Math.abs(candidate.length - name.length) >= shortest) continue;
		const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
		if (distance < shortest) {
			nearest = candidate;
			shortest = distance;
		}
	}

	return nearest;
}

/** Gives ` Did you mean …?` with the nearest candidate, or an empty string when none is close. */
export function suggest(name: string, candidates: Iterable<string>): string {
	const nearest = findNearest(name, candidates);
	return nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
}

/** The Levenshtein distance. It keeps only one row of the matrix at a time. */
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
