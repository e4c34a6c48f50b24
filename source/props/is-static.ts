import {isThenable} from '../support/thenable.ts';
import {hasPlainPrototype} from './container.ts';
import {Prop} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {Extension} from './unpack.ts';

/** Levels that are looked through; what is nested deeper may be a cycle, which is left to a closer look. */
const deepestLevel = 64;

/**
 * Whether a value holds nothing to resolve, at any depth: no function, no promise and no prop of a factory.
 *
 * Nearly all that a page sends is of this kind, rows of a database above all, so this runs over every value of every
 * page, and is written for that: the frequent types are ruled out first and without a call, the loop over a row
 * stands inside the loop over the rows, and the prototype, which is slow to get, is asked for only where
 * `constructor` leaves a doubt. The plain recursion takes twice as long.
 */
export function isStatic(value: unknown, level = 0): boolean {
	if (typeof value !== 'object') return typeof value !== 'function';
	if (value === null) return true;
	if (level > deepestLevel) return false;
	if (Array.isArray(value)) return isStaticList(value, level);
	if (value.constructor !== Object && !hasPlainPrototype(value)) return isStaticInstance(value);
	for (const key in value) {
		const member = (value as Readonly<Record<string, unknown>>)[key];
		if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') continue;
		if (member !== null && !isStatic(member, level + 1)) return false;
	}

	return true;
}

function isStaticList(list: readonly unknown[], level: number): boolean {
	for (let index = 0; index < list.length; index += 1) {
		const item = list[index];
		if (typeof item !== 'object' || item === null || item.constructor !== Object) {
			if (!isStatic(item, level + 1)) return false;
			continue;
		}

		for (const key in item) {
			const member = (item as Readonly<Record<string, unknown>>)[key];
			if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') continue;
			if (member !== null && !isStatic(member, level + 2)) return false;
		}
	}

	return true;
}

/** An instance of a class is left to `JSON.stringify` as it is, unless it is one that stands for something else. */
function isStaticInstance(value: object): boolean {
	if (value instanceof Prop || value instanceof Extension) return false;
	return !isThenable(value) && !isPropProvider(value) && !isPropsProvider(value);
}
