import {ignoreFailure} from '../thenable.ts';
import {isContainer} from './container.ts';
import {isStatic} from './is-static.ts';
import {Prop} from './prop.ts';

/**
 * For props that are left out: a promise among them that fails later would end the process, since nobody waits for it.
 *
 * A promise that is waited for all the same still fails there.
 */
export function ignoreFailures(value: unknown, seen = new Set<object>()): void {
	if (value instanceof Prop) ignoreFailures(value.source, seen);
	ignoreFailure(value);
	if (isStatic(value) || !isContainer(value) || seen.has(value)) return;
	seen.add(value);
	for (const member of Object.values(value)) ignoreFailures(member, seen);
}
