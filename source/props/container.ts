/** A plain object or a list, whose members are props. Class instances and objects with `toJSON` are values. */
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

/** Sets a member. We don't use an assignment for the key `__proto__`, because it would change the prototype. */
export function define(target: Container, key: string, value: unknown): void {
	if (key === '__proto__') {
		Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
	} else {
		(target as Record<string, unknown>)[key] = value;
	}
}

/**
 * Adds a member and gives its key. An item goes to the end of a list, so that an omitted one before it leaves no hole.
 */
export function addMember(target: Container, key: string, value: unknown): string {
	const place = Array.isArray(target) ? String(target.length) : key;
	define(target, place, value);
	return place;
}
