import {ignoreFailure} from '../support/thenable.ts';
import {isContainer} from './container.ts';
import {isStatic} from './is-static.ts';
import {Prop} from './prop.ts';

/**
 * Ignores the failures of all promises in a value that isn't sent. Nobody waits for them, so one would end the process.
 *
 * Code that waits for one of these promises still gets its failure.
 */
export function ignoreFailures(value: unknown): void {
	// A short way for most values: this runs for each omitted prop of each partial reload.
	if (typeof value !== 'object' || value === null) return;
	// We don't use recursion, because the props may have failed for being nested too deep.
	const values: unknown[] = [value];
	const seen = new Set<unknown>();
	while (values.length > 0) {
		const next = values.pop();
		ignoreFailure(next);
		if (next instanceof Prop) values.push(next.source);
		if (isStatic(next) || !isContainer(next) || seen.has(next)) continue;
		seen.add(next);
		for (const member of Object.values(next)) values.push(member);
	}
}
