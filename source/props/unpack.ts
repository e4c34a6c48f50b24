import {PropError} from '../errors/props.ts';
import {isThenable} from '../support/thenable.ts';
import type {Props} from '../types.ts';
import {type Container, define, isContainer} from './container.ts';
import {copyMember, copyObject, setMember} from './getters.ts';
import {depthLimit, hasTooManyLevels} from './mistakes.ts';
import {Prop} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {toPlain} from './to-json.ts';

/** A member of an object, which is read when it is needed: it may be a getter. */
interface Member {
	readonly source: object;
	readonly key: string;
}

/**
 * Members that dotted keys add to a function, a promise, a provider or a model. They wait here until its value is made,
 * which happens only when it is sent.
 */
export class LateMembers {
	readonly source: unknown;
	readonly #members: Array<readonly [path: readonly string[], member: Member]> = [];

	constructor(source: unknown) {
		this.source = source;
	}

	add(path: readonly string[], member: Member): void {
		this.#members.push([path, member]);
	}

	/**
	 * Adds the members to the value of the source, beside those that JSON has of it. They take its place when it is no
	 * object and no list.
	 *
	 * @throws what `toJSON` of the value throws.
	 */
	extend(value: unknown, key: string): unknown {
		const holder = {given: isModel(value) ? toPlain(value, key) : value};
		const own = new Set<object>();
		for (const [path, member] of this.#members) put(holder, ['given', ...path], member, own);
		return holder.given;
	}
}

/**
 * Unpacks keys with dots: `'auth.user'` becomes `user` inside `auth`. Keys without dots are handled first, wherever
 * they stand, so that a dotted key adds to their values.
 *
 * Nothing is called here: members of a function wait in `LateMembers` until its prop is sent. The given props are never
 * changed, because shared props are given again for the next page.
 *
 * @throws {PropError} for a key with more names than props may have levels.
 */
export function unpackDottedKeys(props: Props, component: string): Props {
	const keys = Object.keys(props);
	if (!keys.some(key => key.includes('.'))) return props;
	const result: Container = {};
	const own = new Set<object>([result]);
	for (const key of keys) {
		const [name = ''] = key.split('.', 1);
		// The first key that mentions a name decides where it stands.
		if (Object.hasOwn(result, name)) continue;
		if (Object.hasOwn(props, name)) copyMember(props, name, result);
		else define(result, name, undefined);
	}

	for (const key of keys) {
		if (!key.includes('.')) continue;
		const path = key.split('.');
		// The names of a key may come from a request, and so many that their objects would hold up the process.
		if (path.length > depthLimit) throw new PropError(component, {path: shorten(key), ...hasTooManyLevels});
		put(result, path, {source: props, key}, own);
	}

	return result;
}

function shorten(key: string): string {
	return `${key.slice(0, 100)}…`;
}

/** Puts a member at a path. A container on the way is copied when it isn't our `own` yet. */
function put(root: Container, path: readonly string[], {source, key}: Member, own: Set<object>): void {
	let target = root;
	const last = path.length - 1;
	for (let index = 0; index < last; index += 1) {
		const name = path[index]!;
		const present = openMember(target, name);
		if (present instanceof Prop) {
			const late = toLateMembers(present.source);
			late.add(path.slice(index + 1), {source, key});
			setMember(target, name, new Prop(late, present.traits));
			return;
		}

		if (isMadeLater(present) || isModel(present)) {
			const late = toLateMembers(present);
			late.add(path.slice(index + 1), {source, key});
			setMember(target, name, late);
			return;
		}

		const next = openContainer(present, path[index + 1]!, own);
		setMember(target, name, next);
		target = next;
	}

	copyMember(source, key, target, path[last]!);
}

function toLateMembers(source: unknown): LateMembers {
	return source instanceof LateMembers ? source : new LateMembers(source);
}

/** Gives a member of our own copy. In place of a getter it gives the function, which is then called as late as a loader. */
function openMember(target: Container, name: string): unknown {
	const descriptor = Object.getOwnPropertyDescriptor(target, name);
	return descriptor?.get ?? descriptor?.value;
}

function isMadeLater(value: unknown): boolean {
	if (typeof value === 'function' || value instanceof Prop || value instanceof LateMembers) return true;
	return isThenable(value) || isPropsProvider(value) || isPropProvider(value);
}

/** Whether JSON decides what is sent of a value, as it does of an instance of a class and of an object with `toJSON`. */
function isModel(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !isContainer(value) && !isMadeLater(value);
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
	if (!Array.isArray(container)) return copyObject(container);
	const items = [...container];
	return canHold(items, name) ? items : {...items};
}

function canHold(container: Container, name: string): boolean {
	return !Array.isArray(container) || (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) <= container.length);
}
