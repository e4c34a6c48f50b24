import {ignoreFailure} from '../support/thenable.ts';
import {isContainer} from './container.ts';
import {isStatic} from './is-static.ts';
import {Prop} from './prop.ts';

/**
 * For props that are left out: a promise among them that fails later would end the process, since nobody waits for it.
 *
 * A promise that is waited for all the same still fails there.
 */
export function ignoreFailures(value: unknown): void {
	// Most of what is left out: asked for each prop of each partial reload.
	if (typeof value !== 'object' || value === null) return;
	// With a stack of its own: props that failed for their depth come here too.
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
