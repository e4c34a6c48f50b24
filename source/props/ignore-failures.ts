import {ignoreFailure} from '../thenable.ts';
import {isContainer} from './container.ts';
import {isStatic} from './is-static.ts';
import {Prop} from './prop.ts';

/**
 * For props that are left out: a promise among them that fails later would end the process, since nobody waits for it.
 *
 * A promise that is waited for all the same still fails there.
 */
export function ignoreFailures(value: unknown, seen?: Set<object>): void {
	// Most of what is left out: asked for each prop of each partial reload.
	if (typeof value !== 'object' || value === null) return;
	if (value instanceof Prop) ignoreFailures(value.source, seen);
	ignoreFailure(value);
	if (isStatic(value) || !isContainer(value) || seen?.has(value)) return;
	const visited = seen ?? new Set();
	visited.add(value);
	for (const member of Object.values(value)) ignoreFailures(member, visited);
}
