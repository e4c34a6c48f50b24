import {PropError} from '../errors.ts';
import {isThenable} from '../thenable.ts';
import type {LoaderContext, Props} from '../types.ts';
import {isStatic} from './is-static.ts';

type Loader = (context: LoaderContext) => unknown;
type Container = Record<string, unknown> | unknown[];

/**
 * Replaces functions and promises in props by what they give, at any depth.
 *
 * All loaders start at once, and the result keeps the order of declaration, so that the same page gives the same
 * bytes. It is a promise only where a prop is one. A tree without anything to resolve is given back as it is.
 *
 * @throws {PropError} for a container that contains itself and for a loader that gives a function.
 */
export function resolveProps(component: string, props: Props, context: LoaderContext): Props | Promise<Props> {
	return resolveTree(props, new Walk(component, context)) as Props | Promise<Props>;
}

function resolveTree(value: unknown, walk: Walk): unknown {
	let resolved: unknown;
	try {
		resolved = walk.visit(value);
	} catch (error) {
		// Nobody will wait for what has started: without a handler its failure would end the process.
		for (const promise of walk.pending) promise.catch(() => undefined);
		throw error;
	}

	return walk.pending.length === 0 ? resolved : Promise.all(walk.pending).then(() => resolved);
}

/** One pass over a tree, as far as it is there already. What a promise gives is walked by a pass of its own. */
class Walk {
	readonly pending: Array<Promise<void>> = [];
	readonly #component: string;
	readonly #context: LoaderContext;
	/** The containers around the value at hand and the keys that lead to it. Joined to a path only for a message. */
	readonly #ancestors: object[];
	readonly #keys: string[];

	constructor(component: string, context: LoaderContext, ancestors: object[] = [], keys: string[] = []) {
		this.#component = component;
		this.#context = context;
		this.#ancestors = ancestors;
		this.#keys = keys;
	}

	/** Gives the value itself, a copy with its loaders resolved, or a promise of either. */
	visit(value: unknown): unknown {
		return isStatic(value) ? value : this.#visitDynamic(value);
	}

	#visitDynamic(value: unknown): unknown {
		if (typeof value === 'function') return this.#load(value as Loader);
		return isThenable(value) ? this.#wait(value) : this.#visitContainer(value as Container);
	}

	#visitContainer(source: Container): Container {
		// What has `toJSON` says itself how it is sent.
		if ('toJSON' in source && typeof source.toJSON === 'function') return source;
		if (this.#ancestors.includes(source)) throw this.#createError('it contains itself');
		let copy: Container | undefined;
		this.#ancestors.push(source);
		for (const [key, member] of Object.entries(source)) {
			if (isStatic(member)) continue;
			this.#keys.push(key);
			const resolved = this.#visitDynamic(member);
			this.#keys.pop();
			if (resolved === member) continue;
			copy ??= Array.isArray(source) ? [...source] : {...source};
			this.#assign(copy, key, resolved);
		}

		this.#ancestors.pop();
		return copy ?? source;
	}

	/** Keeps the place of a promise in the order of declaration, and fills it when the promise is settled. */
	#assign(target: Container, key: string, value: unknown): void {
		if (value instanceof Promise) {
			this.pending.push(value.then(settled => define(target, key, settled)));
		} else {
			define(target, key, value);
		}
	}

	#load(loader: Loader): unknown {
		const value = loader(this.#context);
		if (typeof value === 'function') throw this.#createError('its function gives another function');
		return this.visit(value);
	}

	#wait(promise: PromiseLike<unknown>): Promise<unknown> {
		const rest = new Walk(this.#component, this.#context, [...this.#ancestors], [...this.#keys]);
		return Promise.resolve(promise).then(value => {
			if (typeof value === 'function') throw rest.#createError('its promise gives a function');
			return resolveTree(value, rest);
		});
	}

	#createError(reason: string): PropError {
		return new PropError(this.#component, this.#keys.join('.'), reason);
	}
}

/** A plain assignment to a key `__proto__` would change the prototype. */
function define(target: Container, key: string, value: unknown): void {
	Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
}
