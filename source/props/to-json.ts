import {isObject} from '../support/check-options.ts';
import {hasPlainPrototype} from './container.ts';
import {copyMembers} from './getters.ts';

/** Whether an object says itself what JSON has of it. */
export function hasToJson(value: object): value is {toJSON(key: string): unknown} {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}

/**
 * Gives what JSON has in the place of an object: what its `toJSON` gives, else the object. An object of a class becomes a
 * plain one with the members that JSON has of it, so that it can be walked through, and get more members.
 */
export function toPlain(value: object, key: string): unknown {
	const json = hasToJson(value) ? value.toJSON(key) : value;
	if (!isObject(json) || Array.isArray(json)) return json;
	const members = json as object;
	if (!hasToJson(members)) return hasPlainPrototype(members) ? members : copyMembers(members, {});
	// `toJSON` of an object literal often gives its own members without some, and is then one of them.
	const {toJSON: _, ...others} = members as {toJSON: unknown};
	return others;
}
