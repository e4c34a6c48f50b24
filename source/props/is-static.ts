import {isThenable} from '../support/thenable.ts';
import {hasPlainPrototype} from './container.ts';
import {Prop} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {LateMembers} from './unpack.ts';

/** The levels that are looked through. A value with more of them may be a cycle, and is left to the walk. */
const quickLookLevels = 64;

/**
 * Whether a value has nothing to resolve at any depth: no function, no promise and no prop of a factory.
 *
 * This runs over every value of every page, and nearly all of them are static, above all the rows of a database. So it
 * is written for speed: it accepts the frequent types first and without a call, it has the loop over a row inside the
 * loop over the rows, and it asks for the prototype, which is slow, only where `constructor` leaves a doubt. We don't
 * use a plain recursion, because it takes twice as long.
 */
export function isStatic(value: unknown, level = 0): boolean {
	if (typeof value !== 'object') return typeof value !== 'function';
	if (value === null) return true;
	if (level > quickLookLevels) return false;
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

/** An instance of a class is left to `JSON.stringify`, unless it stands for a value that has to be made. */
function isStaticInstance(value: object): boolean {
	if (value instanceof Prop || value instanceof LateMembers) return false;
	return !isThenable(value) && !isPropProvider(value) && !isPropsProvider(value);
}
