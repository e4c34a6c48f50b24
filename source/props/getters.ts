import {type Container, isContainer} from './container.ts';

/** The levels in which `hasGetter` looks. Rows of a list seldom have more than two. */
const sampledLevels = 8;

/**
 * Whether a member of an object is a getter. What it gives may start a query, so a getter is read only for a page that
 * gets its value, and then once.
 */
export function isGetter(source: object, key: string): boolean {
	return Object.getOwnPropertyDescriptor(source, key)?.get !== undefined;
}

/** Reads a member that isn't sent; `undefined` in place of a getter. */
export function peek(source: object, key: string): unknown {
	return Object.getOwnPropertyDescriptor(source, key)!.value;
}

/**
 * Whether a value has a getter at any depth. Of a list we look at the first item only, because the items are rows of one
 * kind, and a look at every member of each would take longer than the rest of the page.
 */
export function hasGetter(value: unknown, level = 0): boolean {
	if (typeof value !== 'object' || !isContainer(value) || level > sampledLevels) return false;
	if (Array.isArray(value)) return hasGetter(value[0], level + 1);
	for (const key of Object.keys(value)) {
		const {get, value: member} = Object.getOwnPropertyDescriptor(value, key)!;
		if (get !== undefined || (typeof member === 'object' && hasGetter(member, level + 1))) return true;
	}

	return false;
}

/** Puts the members of one object into another. A getter stays one, and is read from the object that it belongs to. */
export function copyMembers<Target extends object>(source: object, target: Target): Target {
	for (const key of Object.keys(source)) copyMember(source, key, target);
	return target;
}

/** Puts one member of an object into another, perhaps under another name. A getter stays one. */
export function copyMember(source: object, key: string, target: object, name = key): void {
	const {get, value} = Object.getOwnPropertyDescriptor(source, key)!;
	if (get) {
		const read = () => (source as Readonly<Record<string, unknown>>)[key];
		Object.defineProperty(target, name, {get: read, enumerable: true, configurable: true});
	} else {
		setMember(target, name, value);
	}
}

/** Puts the members of two objects into a new one. The second wins, in the place of the first. */
export function mergeMembers<First extends object, Second extends object>(
	first: First,
	second: Second,
): First & Second {
	if (!hasOwnGetter(first) && !hasOwnGetter(second)) return {...first, ...second};
	return copyMembers(second, copyMembers(first, {})) as First & Second;
}

/** Gives a copy of a container with another value for one member. */
export function replaceMember(container: Container, key: string, value: unknown): Container {
	const copy = Array.isArray(container) ? container.slice() : copyMembers(container, {});
	setMember(copy, key, value);
	return copy;
}

/** Sets a member, also in place of a getter, which refuses what is assigned. */
export function setMember(target: object, key: string, value: unknown): void {
	// We don't define every member, because that takes several times as long.
	if (key !== '__proto__' && Reflect.set(target, key, value)) return;
	Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
}

/** Gives a copy of an object with the same getters. */
export function copyObject<Source extends object>(source: Source): Source {
	return mergeMembers(source, {});
}

function hasOwnGetter(source: object): boolean {
	for (const key of Object.keys(source)) if (isGetter(source, key)) return true;
	return false;
}
