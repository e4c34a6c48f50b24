import {type Container, define} from '../props/container.ts';

type Members = Readonly<Record<string, unknown>>;

/** Whether a value of a page has members by name. A list has none here: a partial reload replaces it whole. */
export function hasMembers(value: unknown): value is Members {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path; `undefined` when there is none. Own members only: no prop is called `toString` by itself. */
export function getAtPath(value: unknown, path: string): unknown {
	let current = value;
	for (const name of path.split('.')) {
		if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
		current = (current as Members)[name];
	}

	return current;
}

/** A copy with another value at the dotted path. What isn't on the way there is shared. */
export function setAtPath(members: Members, path: string, value: unknown): Members {
	return setMember(members, path.split('.'), value) as Members;
}

function setMember(target: unknown, [name = '', ...rest]: readonly string[], value: unknown): Container {
	const copy: Container = Array.isArray(target) ? [...target] : hasMembers(target) ? {...target} : {};
	define(copy, name, rest.length === 0 ? value : setMember((copy as Members)[name], rest, value));
	return copy;
}
