import {getReason} from '../errors/describe.ts';
import type {PropMistake} from '../errors/props.ts';
import {containsItself, failsInToJson, isBigInt, isTooLarge} from './mistakes.ts';

/** Either a value to look at, or the way back out of one whose members were looked at. */
type Step = {readonly value: unknown; readonly path: string} | {readonly left: object};

/**
 * Finds the first value that made `JSON.stringify` fail, in the order in which it walks.
 *
 * Only ever called after it failed: looking beforehand would walk every page twice. Linear in the size of the props,
 * and with a stack of its own, since what failed may be nested deeper than the call stack.
 */
export function findUnserializable(props: object, cause: unknown): PropMistake {
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
			return {path, ...failsInToJson(getReason(error))};
		}

		if (typeof value === 'bigint') return {path, ...isBigInt};
		if (typeof value !== 'object' || value === null) continue;
		if (ancestors.has(value)) return {path, ...containsItself};
		ancestors.add(value);
		steps.push({left: value});
		// One by one: a list may be longer than a call takes arguments.
		for (const [key, member] of Object.entries(value).toReversed()) {
			steps.push({value: member, path: path === '' ? key : `${path}.${key}`});
		}
	}

	return {path: '', ...isTooLarge(getReason(cause))};
}

function applyToJson(value: unknown, path: string): unknown {
	const hasMembers = (typeof value === 'object' && value !== null) || typeof value === 'bigint';
	const toJson: unknown = hasMembers ? (value as {toJSON?: unknown}).toJSON : undefined;
	return typeof toJson === 'function' ? toJson.call(value, path.slice(path.lastIndexOf('.') + 1)) : value;
}
