import type {ConformanceCase} from './case-format.ts';
import {type Part, partsOf} from './parts.ts';

/** The parts that aren't built yet. Whoever builds one removes its line, and its cases run. */
export const waiting: ReadonlySet<Part> = new Set<Part>(['ssr']);

export const missingParts = (definition: ConformanceCase, missing = waiting): Part[] =>
	partsOf(definition).filter(part => missing.has(part));

/** The pending list as lines: each part with its count and the cases that wait for it. */
export const describePending = (cases: ConformanceCase[], missing = waiting): string[] => {
	const pending = cases.filter(definition => missingParts(definition, missing).length > 0);
	const lines = [...missing].flatMap(part => {
		const own = pending.filter(definition => missingParts(definition, missing).includes(part));
		return own.length === 0 ? [] : [`${part} (${own.length}): ${own.map(({id}) => id).join(', ')}`];
	});
	const summary = `${pending.length} of ${cases.length} cases wait for a part (one that needs two is listed twice)`;
	return [summary, ...lines];
};
