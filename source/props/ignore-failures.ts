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

/** We don't ask for the descriptor of each member, because that takes twice as long. */
const {__lookupGetter__: findGetter} = Object.prototype as unknown as {
	__lookupGetter__(this: object, key: string): unknown;
};

/** Whether a value is a plain object without an object in it, such as a row of a database. No getter is read. */
function isFlat(value: object): boolean {
	if (value.constructor !== Object) return false;
	for (const key in value) {
		if (findGetter.call(value, key) !== undefined) continue;
		const member = (value as Readonly<Record<string, unknown>>)[key];
		if (typeof member === 'object' && member !== null) return false;
	}

	return true;
}

/**
 * Ignores the failures of all promises in a value that isn't sent. Nobody waits for them, so one would end the process.
 *
 * Code that waits for one of these promises still gets its failure. Getters are left alone: what they would give doesn't
 * exist yet.
 */
export function ignoreFailures(value: unknown): void {
	// A short way for most values: this runs for each omitted prop of each partial reload.
	if (typeof value !== 'object' || value === null || isFlat(value)) return;
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
