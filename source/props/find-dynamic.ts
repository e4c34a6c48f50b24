import {isThenable} from '../support/thenable.ts';
import {type Container, hasPlainPrototype} from './container.ts';
import {isGetter, replaceMember} from './getters.ts';
import {Prop} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {LateMembers} from './unpack.ts';

/** The levels that are looked through. A value with more of them may be a cycle, and is left to the walk. */
const quickLookLevels = 64;

/**
 * Looks for something to resolve in a value, at any depth: a function, a promise or a prop of a factory. Gives
 * `undefined` for a static value, which has none, and else what the walk goes through.
 *
 * That is the value itself, unless the search has read a getter on its way. Then it is a copy with what the getter gave,
 * because a second read may run the same query again, and nobody would wait for the first promise.
 *
 * This runs over every value of every page, and nearly all of them are static, above all the rows of a database. So it
 * is written for speed: it accepts the frequent types first and without a call, it has the loop over a row inside the
 * loop over the rows, it asks for the prototype, which is slow, only where `constructor` leaves a doubt, and for getters
 * only where it has found something. We don't use a plain recursion, because it takes twice as long.
 */
export function findDynamic(value: unknown, level = 0): unknown {
	if (typeof value !== 'object') return typeof value === 'function' ? value : undefined;
	if (value === null) return undefined;
	if (level > quickLookLevels) return value;
	if (Array.isArray(value)) return findInList(value, level);
	if (value.constructor !== Object && !hasPlainPrototype(value)) return isStaticInstance(value) ? undefined : value;
	for (const key in value) {
		const member = (value as Readonly<Record<string, unknown>>)[key];
		if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') continue;
		if (member === null) continue;
		const dynamic = findDynamic(member, level + 1);
		if (dynamic !== undefined) return keepRead(value as Container, key, member, dynamic);
	}

	return undefined;
}

function findInList(list: unknown[], level: number): unknown {
	for (let index = 0; index < list.length; index += 1) {
		const item = list[index];
		if (typeof item !== 'object' || item === null || item.constructor !== Object) {
			const dynamic = findDynamic(item, level + 1);
			if (dynamic !== undefined) return keepItem(list, index, item, dynamic);
			continue;
		}

		for (const key in item) {
			const member = (item as Readonly<Record<string, unknown>>)[key];
			if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') continue;
			if (member === null) continue;
			const dynamic = findDynamic(member, level + 2);
			if (dynamic === undefined) continue;
			return keepItem(list, index, item, keepRead(item as Container, key, member, dynamic));
		}
	}

	return undefined;
}

/** Gives the container itself; a copy when its member came from a getter, or has itself become a copy. */
export function keepRead(container: Container, key: string, member: unknown, dynamic: unknown): Container {
	return dynamic === member && !isGetter(container, key) ? container : replaceMember(container, key, dynamic);
}

/** The same for a list, whose items are no getters. */
function keepItem(list: unknown[], index: number, item: unknown, dynamic: unknown): Container {
	return dynamic === item ? list : replaceMember(list, String(index), dynamic);
}

/** An instance of a class is left to `JSON.stringify`, unless it stands for a value that has to be made. */
function isStaticInstance(value: object): boolean {
	if (value instanceof Prop || value instanceof LateMembers) return false;
	return !isThenable(value) && !isPropProvider(value) && !isPropsProvider(value);
}
