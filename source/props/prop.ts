import type {LoaderContext, ScrollMetadata} from '../types.ts';

/** A function that makes the value of a prop when the prop is sent. It may be async. */
export type Loader<Value> = (context: LoaderContext) => Value | Prop<Value> | PromiseLike<Value | Prop<Value>>;

/** What a prop can be made from: a value, a promise of it, a function that loads it, or another prop. */
export type PropInput<Value> = Value | PromiseLike<Value> | Loader<Value> | Prop<Value>;

/** Where the client merges a prop's value, and which key identifies an item of a list. */
export interface MergeTrait {
	/** Whether the client merges at every depth, and not only at the prop itself or at `append` and `prepend`. */
	readonly isDeep: boolean;
	/** Whether the client puts the value in front of the one that it has. This counts only when no paths are given. */
	readonly isPrepended: boolean;
	/** Paths inside the value that grow at their end. */
	readonly append: readonly string[];
	/** Paths inside the value that grow at their beginning. */
	readonly prepend: readonly string[];
	/** Paths inside the value, each ending with the key that identifies an item. */
	readonly matchOn: readonly string[];
}

interface DeferTrait {
	readonly group?: string;
	readonly isRescued?: boolean;
}

interface OnceTrait {
	readonly key?: string;
	/** Whether the value is sent although the client holds one. */
	readonly isFresh?: boolean;
	/** Gives epoch milliseconds. It is a function, because a duration begins with the page, not with the factory. */
	readonly getExpiry?: () => number;
}

export interface ScrollTrait {
	/** Path of the list inside the value. */
	readonly wrapper: string;
	readonly getMetadata: (value: unknown) => ScrollMetadata;
}

/** What a prop has beside its value. The traits don't depend on each other, so factories can be nested in any order. */
interface PropTraits {
	readonly isAlways?: true;
	readonly isOptional?: true;
	readonly defer?: DeferTrait;
	readonly merge?: MergeTrait;
	readonly once?: OnceTrait;
	readonly scroll?: ScrollTrait;
}

/**
 * A value together with traits: when the prop is sent, and what the client does with it.
 *
 * The factories make it, such as `defer`. A prop never changes, and a factory around it makes a new one, so an
 * application can keep a prop and use it in many pages.
 */
export class Prop<out Value = unknown> {
	readonly source: PropInput<Value>;
	readonly traits: PropTraits;

	constructor(source: PropInput<Value>, traits: PropTraits) {
		this.source = source;
		this.traits = traits;
	}
}

/** Makes a prop with traits. When the input is a prop, the traits are added to its own. */
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
