import {getReason} from '../errors/describe.ts';
import type {PropMistake} from '../errors/props.ts';
import {containsItself, failsInToJson, isBigInt, isTooLarge} from './mistakes.ts';

/** A value to look at, or a note to leave a value whose members were looked at. */
type Step = {readonly value: unknown; readonly path: string} | {readonly left: object};

/**
 * Finds the first value that made `JSON.stringify` fail, in the order in which that visits the values.
 *
 * We don't look before `JSON.stringify` fails, because every page would be walked twice. The time is linear in the size
 * of the props. We don't use recursion, because the props may be nested deeper than the call stack.
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
		// We push one step at a time, because a list may be longer than the arguments that a call can take.
		// A list may have other members beside its items, which JSON leaves out.
		const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
		for (const key of keys.reverse()) {
			const member = (value as Readonly<Record<string, unknown>>)[key];
			steps.push({value: member, path: path === '' ? String(key) : `${path}.${key}`});
		}
	}

	return {path: '', ...isTooLarge(getReason(cause))};
}

function applyToJson(value: unknown, path: string): unknown {
	const hasMembers = (typeof value === 'object' && value !== null) || typeof value === 'bigint';
	const toJson: unknown = hasMembers ? (value as {toJSON?: unknown}).toJSON : undefined;
	return typeof toJson === 'function' ? toJson.call(value, path.slice(path.lastIndexOf('.') + 1)) : value;
}
