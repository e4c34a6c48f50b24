import {getReason} from '../errors/describe.ts';

interface Mistake {
	/** Dotted path from the props, list indices included; `''` where no single value is to blame. */
	readonly path: string;
	readonly reason: string;
}

/** Either a value to look at, or the way back out of one whose members were looked at. */
type Step = {readonly value: unknown; readonly path: string} | {readonly left: object};

/**
 * Finds the first value that made `JSON.stringify` fail, in the order in which it walks.
 *
 * Only ever called after it failed: looking beforehand would walk every page twice. Linear in the size of the props,
 * and with a stack of its own, since what failed may be nested deeper than the call stack.
 */
export function findUnserializable(props: object, cause: unknown): Mistake {
	const ancestors = new Set<object>();
	const steps: Step[] = [{value: props, path: ''}];
	for (let step = steps.pop(); step; step = steps.pop()) {
		if ('left' in step) {
			ancestors.delete(step.left);
			continue;
		}

		const {path} = step;
		let value: unknown;
		try {
			value = applyToJson(step.value, path);
		} catch (error) {
			return {path, reason: `its \`toJSON\` threw "${getReason(error)}"`};
		}

		if (typeof value === 'bigint') return {path, reason: 'it is a BigInt'};
		if (typeof value !== 'object' || value === null) continue;
		if (ancestors.has(value)) return {path, reason: 'it contains itself'};
		ancestors.add(value);
		steps.push({left: value});
		// One by one: a list may be longer than a call takes arguments.
		for (const [key, member] of Object.entries(value).toReversed()) {
			steps.push({value: member, path: path === '' ? key : `${path}.${key}`});
		}
	}

	return {path: '', reason: getReason(cause)};
}

function applyToJson(value: unknown, path: string): unknown {
	const hasMembers = (typeof value === 'object' && value !== null) || typeof value === 'bigint';
	const toJson: unknown = hasMembers ? (value as {toJSON?: unknown}).toJSON : undefined;
	return typeof toJson === 'function' ? toJson.call(value, path.slice(path.lastIndexOf('.') + 1)) : value;
}
