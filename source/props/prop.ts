import type {LoaderContext, ScrollMetadata} from '../types.ts';

/** Makes a prop's value when the prop is sent. Sync or async. */
export type Loader<Value> = (context: LoaderContext) => Value | Prop<Value> | PromiseLike<Value | Prop<Value>>;

/** What a prop can be made from: a value, a promise of it, a function that loads it, or another prop. */
export type PropInput<Value> = Value | PromiseLike<Value> | Loader<Value> | Prop<Value>;

/** Where in a prop's value the client merges, and what makes two items of a list the same. */
export interface MergeTrait {
	/** Merge at every depth, instead of at the prop itself or at `append` and `prepend`. */
	readonly isDeep: boolean;
	/** Whether the prop itself is put in front of what the client has, where no paths are given. */
	readonly isPrepended: boolean;
	/** Paths inside the value. */
	readonly append: readonly string[];
	readonly prepend: readonly string[];
	/** Paths inside the value, each ending with the key that identifies an item. */
	readonly matchOn: readonly string[];
}

export interface DeferTrait {
	readonly group?: string;
	readonly isRescued?: boolean;
}

export interface OnceTrait {
	readonly key?: string;
	/** Send the value although the client holds one. */
	readonly isFresh?: boolean;
	/** In epoch milliseconds. A function, since a duration counts from the page and not from the factory's call. */
	readonly getExpiry?: () => number;
}

export interface ScrollTrait {
	/** Path of the list inside the value. */
	readonly wrapper: string;
	readonly getMetadata: (value: unknown) => ScrollMetadata;
}

/** What a prop is beside its value. Each trait stands for itself, so the order of nesting has no meaning. */
export interface PropTraits {
	readonly isAlways?: true;
	readonly isOptional?: true;
	readonly defer?: DeferTrait;
	readonly merge?: MergeTrait;
	readonly once?: OnceTrait;
	readonly scroll?: ScrollTrait;
}

/**
 * A prop that was given more than a value: when it is sent, and what the client does with it.
 *
 * Made by the factories, such as `defer`. Nesting makes a new one, so a prop can be kept and used in many pages.
 */
export class Prop<out Value = unknown> {
	readonly source: PropInput<Value>;
	readonly traits: PropTraits;

	constructor(source: PropInput<Value>, traits: PropTraits) {
		this.source = source;
		this.traits = traits;
	}
}

/** A prop with the traits, around a value or in addition to those that a prop has. */
export function createProp<Value>(input: PropInput<Value>, traits: PropTraits): Prop<Value> {
	return input instanceof Prop ? new Prop(input.source, combineTraits(input.traits, traits)) : new Prop(input, traits);
}

function combineTraits(inner: PropTraits, outer: PropTraits): PropTraits {
	return {
		...inner,
		...outer,
		...(inner.defer && outer.defer && {defer: {...inner.defer, ...outer.defer}}),
		...(inner.merge && outer.merge && {merge: combineMerge(inner.merge, outer.merge)}),
		...(inner.once && outer.once && {once: {...inner.once, ...outer.once}}),
	};
}

function combineMerge(inner: MergeTrait, outer: MergeTrait): MergeTrait {
	return {
		isDeep: inner.isDeep || outer.isDeep,
		isPrepended: inner.isPrepended || outer.isPrepended,
		append: combineLists(inner.append, outer.append),
		prepend: combineLists(inner.prepend, outer.prepend),
		matchOn: combineLists(inner.matchOn, outer.matchOn),
	};
}

function combineLists(inner: readonly string[], outer: readonly string[]): readonly string[] {
	return [...new Set([...inner, ...outer])];
}
