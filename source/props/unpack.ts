import {isThenable} from '../support/thenable.ts';
import type {Props} from '../types.ts';
import {type Container, define, isContainer} from './container.ts';
import {isPropsProvider} from './provider.ts';

/**
 * Members that dotted keys add to a function, a promise or a provider. They wait here until its value is made, which
 * happens only when it is sent.
 */
export class LateMembers {
	readonly source: unknown;
	readonly #members: Array<readonly [path: readonly string[], value: unknown]> = [];

	constructor(source: unknown) {
		this.source = source;
	}

	add(path: readonly string[], value: unknown): void {
		this.#members.push([path, value]);
	}

	/** Adds the members to the value of the source. They take its place when it is no object and no list. */
	extend(given: unknown): unknown {
		const holder = {given};
		const own = new Set<object>();
		for (const [path, value] of this.#members) put(holder, ['given', ...path], value, own);
		return holder.given;
	}
}

/**
 * Unpacks keys with dots: `'auth.user'` becomes `user` inside `auth`. Keys without dots are handled first, wherever
 * they stand, so that a dotted key adds to their values.
 *
 * Nothing is called here: members of a function wait in `LateMembers` until its prop is sent. The given props are never
 * changed, because shared props are given again for the next page.
 */
export function unpackDottedKeys(props: Props): Props {
	const keys = Object.keys(props);
	if (!keys.some(key => key.includes('.'))) return props;
	const result: Container = {};
	const own = new Set<object>([result]);
	for (const key of keys) {
		const [name = ''] = key.split('.', 1);
		// The first key that mentions a name decides where it stands.
		if (!Object.hasOwn(result, name)) define(result, name, Object.hasOwn(props, name) ? props[name] : undefined);
	}

	for (const key of keys) {
		if (key.includes('.')) put(result, key.split('.'), props[key], own);
	}

	return result;
}

/** Sets a value at a path. A container on the way is copied when it isn't our `own` yet. */
function put(root: Container, path: readonly string[], value: unknown, own: Set<object>): void {
	let target = root;
	for (const [index, name] of path.slice(0, -1).entries()) {
		const rest = path.slice(index + 1);
		const present: unknown = Object.hasOwn(target, name) ? (target as Record<string, unknown>)[name] : undefined;
		if (isMadeLater(present)) {
			const late = present instanceof LateMembers ? present : new LateMembers(present);
			late.add(rest, value);
			define(target, name, late);
			return;
		}

		const next = openContainer(present, rest[0]!, own);
		define(target, name, next);
		target = next;
	}

	define(target, path.at(-1)!, value);
}

function isMadeLater(value: unknown): boolean {
	return typeof value === 'function' || isThenable(value) || isPropsProvider(value) || value instanceof LateMembers;
}

/** Gives a container that we may change and that can hold the name. Anything else becomes an empty object. */
function openContainer(present: unknown, name: string, own: Set<object>): Container {
	if (own.has(present as object) && canHold(present as Container, name)) return present as Container;
	const container = isContainer(present) ? copyContainer(present, name) : {};
	own.add(container);
	return container;
}

/** A list becomes an object when the name is neither the index of an item nor that of the next one. */
function copyContainer(container: Container, name: string): Container {
	return Array.isArray(container) && canHold(container, name) ? [...container] : {...container};
}

function canHold(container: Container, name: string): boolean {
	return !Array.isArray(container) || (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) <= container.length);
}
