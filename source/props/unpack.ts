import {isThenable} from '../support/thenable.ts';
import type {Props} from '../types.ts';
import {type Container, define, isContainer} from './container.ts';
import {isPropsProvider} from './provider.ts';

/** A function, a promise or a provider that gets more members, once it is known that they are sent. */
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
	extend(given: unknown): unknown {
		const holder = {given};
		const own = new Set<object>();
		for (const [path, value] of this.#members) put(holder, ['given', ...path], value, own);
		return holder.given;
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
		const rest = path.slice(index + 1);
		const present: unknown = Object.hasOwn(target, name) ? (target as Record<string, unknown>)[name] : undefined;
		if (isMadeLater(present)) {
			const extension = present instanceof Extension ? present : new Extension(present);
			extension.add(rest, value);
			define(target, name, extension);
			return;
		}

		const next = open(present, rest[0]!, own);
		define(target, name, next);
		target = next;
	}

	define(target, path.at(-1)!, value);
}

function isMadeLater(value: unknown): boolean {
	return typeof value === 'function' || isThenable(value) || isPropsProvider(value) || value instanceof Extension;
}

/** A container that may be changed and takes a member of this name; an empty one in place of anything else. */
function open(present: unknown, name: string, own: Set<object>): Container {
	if (own.has(present as object) && takes(present as Container, name)) return present as Container;
	const container = isContainer(present) ? copy(present, name) : {};
	own.add(container);
	return container;
}

/** A list with another name than that of an item, or of the one after the last, is a list no longer. */
function copy(container: Container, name: string): Container {
	return Array.isArray(container) && takes(container, name) ? [...container] : {...container};
}

function takes(container: Container, name: string): boolean {
	return !Array.isArray(container) || (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) <= container.length);
}
