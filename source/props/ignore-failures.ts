import {ignoreFailure} from '../support/thenable.ts';
import {isContainer} from './container.ts';
import {findDynamic} from './find-dynamic.ts';
import {hasGetter, peek} from './getters.ts';
import {Prop} from './prop.ts';

/**
 * The lists with something dynamic in them that are looked through. Each further one would be looked through for each list
 * around it, which takes seconds where a request has sent many, one in the other.
 */
const mostLooks = 100;

/**
 * Ignores the failures of all promises in a value that isn't sent. Nobody waits for them, so one would end the process.
 *
 * Code that waits for one of these promises still gets its failure. Getters are left alone: what they would give doesn't
 * exist yet.
 */
export function ignoreFailures(value: unknown): void {
	// A short way for most values: this runs for each omitted prop of each partial reload.
	if (typeof value !== 'object' || value === null) return;
	// We don't use recursion, because the props may have failed for being nested too deep.
	const values: unknown[] = [value];
	let seen: Set<unknown> | undefined;
	let looks = 0;
	while (values.length > 0) {
		const next = values.pop();
		ignoreFailure(next);
		if (next instanceof Prop) values.push(next.source);
		if (!isContainer(next) || seen?.has(next)) continue;
		// A list of rows without promises is passed over at once. A getter that is read here all the same, because its row is
		// unlike the others, has its promise in what `findDynamic` gives.
		const isLookedThrough = looks < mostLooks && Array.isArray(next) && !hasGetter(next);
		const container = isLookedThrough ? findDynamic(next) : next;
		if (container === undefined) continue;
		if (isLookedThrough) looks += 1;
		for (const key of Object.keys(container as object)) {
			const member = peek(container as object, key);
			if (typeof member === 'object' && member !== null) values.push(member);
		}

		if (values.length > 0) seen = (seen ?? new Set()).add(next);
	}
}
