/** An object or a list whose members are props: not an instance of a class, and not what says itself how it is sent. */
export type Container = Record<string, unknown> | unknown[];

export function isContainer(value: unknown): value is Container {
	if (typeof value !== 'object' || value === null) return false;
	if (!Array.isArray(value) && !hasPlainPrototype(value)) return false;
	return !('toJSON' in value) || typeof value.toJSON !== 'function';
}

export function hasPlainPrototype(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** Sets a member. A plain assignment to a key `__proto__` would change the prototype. */
export function define(target: Container, key: string, value: unknown): void {
	if (key === '__proto__') {
		Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
	} else {
		(target as Record<string, unknown>)[key] = value;
	}
}

/** Adds a member and gives its key: what was left out of a list before leaves no hole in it. */
export function addMember(target: Container, key: string, value: unknown): string {
	const place = Array.isArray(target) ? String(target.length) : key;
	define(target, place, value);
	return place;
}

/** Removes an item from a list wherever it stands, in place. */
export function removeItems(list: unknown[], removed: unknown): void {
	let length = 0;
	for (const item of list) {
		if (item === removed) continue;
		list[length] = item;
		length += 1;
	}

	list.length = length;
}
