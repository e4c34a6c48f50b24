import {type Container, define} from '../props/container.ts';

type Members = Readonly<Record<string, unknown>>;

/** Whether a value of a page has members by name. A list has none here, because a partial reload replaces all of it. */
export function hasMembers(value: unknown): value is Members {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the value at a dotted path, or `undefined` if there is none. Only own members count, since an inherited one
 * such as `toString` isn't a prop.
 */
export function getAtPath(value: unknown, path: string): unknown {
	let current = value;
	for (const name of path.split('.')) {
		if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
		current = (current as Members)[name];
	}

	return current;
}

/** Returns a copy with another value at a dotted path. The copy shares the members that aren't on this path. */
export function setAtPath(members: Members, path: string, value: unknown): Members {
	return setMember(members, path.split('.'), value) as Members;
}

function setMember(target: unknown, [name = '', ...rest]: readonly string[], value: unknown): Container {
	const copy: Container = Array.isArray(target) ? [...target] : hasMembers(target) ? {...target} : {};
	define(copy, name, rest.length === 0 ? value : setMember((copy as Members)[name], rest, value));
	return copy;
}
