/**
 * Whether JSON has `{}` in the place of an object that gives items: a `Map`, a `Set`, an iterator, a generator, a
 * `URLSearchParams`. A class with items and public members, or with `toJSON`, is no such object.
 */
export function hidesItems(value: object): boolean {
	if (!(Symbol.iterator in value || Symbol.asyncIterator in value) || Array.isArray(value)) return false;
	return Object.keys(value).length === 0 && !('toJSON' in value);
}

/** The name of a built-in class, for example `Map`. */
export function getTag(value: object): string {
	return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** What to write in place of an object that hides its items. */
export function adviseOnItems(value: object): string {
	if (value instanceof Map) return '`Object.fromEntries(map)`, or `[...map.values()]`';
	return value instanceof Set ? '`[...set]`' : 'a list of its items or an object, for example `[...items]`';
}
