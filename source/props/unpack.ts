import {isThenable} from '../thenable.ts';
import type {Props} from '../types.ts';
import {type Container, define, isContainer} from './container.ts';

/** A function or a promise whose value gets more members, once it is known that they are sent. */
export class Extension {
	readonly source: unknown;
	readonly #members: Array<readonly [path: readonly string[], value: unknown]> = [];

	constructor(source: unknown) {
		this.source = source;
	}

	add(path: readonly string[], value: unknown): void {
		this.#members.push([path, value]);
	}

	/** The members on top of what the source gave; alone, where it gave nothing that has members. */
	extend(given: unknown): Container {
		const target = isContainer(given) ? copy(given) : {};
		const own = new Set<object>([target]);
		for (const [path, value] of this.#members) put(target, path, value, own);
		return target;
	}
}

/**
 * Unpacks keys with dots: `'auth.user'` becomes `user` inside `auth`. A key without dots comes first, wherever it
 * stands, so that the dotted one adds to it.
 *
 * Nothing is called here: a function that gets more members waits until its prop is sent. What was given is never
 * changed, since shared props are given again for the next page.
 */
export function unpackDottedKeys(props: Props): Props {
	const keys = Object.keys(props);
	if (!keys.some(key => key.includes('.'))) return props;
	const result: Container = {};
	const own = new Set<object>([result]);
	for (const key of keys) {
		const [name = ''] = key.split('.', 1);
		// At its first mention, which is its place.
		if (!Object.hasOwn(result, name)) define(result, name, Object.hasOwn(props, name) ? props[name] : undefined);
	}

	for (const key of keys) {
		if (key.includes('.')) put(result, key.split('.'), props[key], own);
	}

	return result;
}

/** Sets a value at a path. Containers on the way are copied the first time. */
function put(root: Container, path: readonly string[], value: unknown, own: Set<object>): void {
	let target = root;
	for (const [index, name] of path.slice(0, -1).entries()) {
		const present: unknown = Object.hasOwn(target, name) ? (target as Record<string, unknown>)[name] : undefined;
		if (present instanceof Extension || typeof present === 'function' || isThenable(present)) {
			const extension = present instanceof Extension ? present : new Extension(present);
			extension.add(path.slice(index + 1), value);
			define(target, name, extension);
			return;
		}

		const isOwn = isContainer(present) && own.has(present);
		const next: Container = isOwn ? present : isContainer(present) ? copy(present) : {};
		own.add(next);
		define(target, name, next);
		target = next;
	}

	define(target, path.at(-1)!, value);
}

function copy(container: Container): Container {
	return Array.isArray(container) ? [...container] : {...container};
}
