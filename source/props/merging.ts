import {checkOptions, type Expectation, isString} from '../support/check-options.ts';
import {createProp, type MergeTrait, type Prop, type PropInput} from './prop.ts';

type Paths = string | readonly string[];

/** The options of `deepMerge()`. Paths are dotted and begin inside the value. */
export interface DeepMergeOptions {
	/** Lists with the key that tells which items are the same: `'id'` for the value itself, `'data.id'` for a list in it. @default none: every item is a new one */
	readonly matchOn?: Paths;
}

/** The options of `prepend()`. Paths are dotted and begin inside the value. */
export interface PrependOptions extends DeepMergeOptions {
	/** Lists inside the value that get new items at their beginning, for example `'data'`. @default the value itself */
	readonly prepend?: Paths;
}

/** The options of `merge()`. Paths are dotted and begin inside the value. */
export interface MergeOptions extends PrependOptions {
	/** Lists inside the value that get new items at their end, for example `'data'`. @default the value itself */
	readonly append?: Paths;
}

export const paths: Expectation = {
	accepts: value => isString(value) || (Array.isArray(value) && value.every(isString)),
	expected: 'a path inside the value, or a list of paths',
};
const deepMergeOptions = {matchOn: paths};
const prependOptions = {...deepMergeOptions, prepend: paths};
const mergeOptions = {...prependOptions, append: paths};

/**
 * A prop that partial reloads add to what the client has, instead of replacing it: lists grow at their end, objects get
 * the new members.
 *
 * For lists that are loaded page by page. With `matchOn`, an item that the client has already is replaced in its place.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * await ctx.inertia.render('Feed', {posts: merge(() => posts.page(ctx.query.page), {append: 'data', matchOn: 'data.id'})});
 * @see https://inertiajs.com/docs/v3/data-props/merging-props
 */
export function merge<Value>(value: PropInput<Value>, options: MergeOptions = {}): Prop<Value> {
	checkOptions('merge', options, mergeOptions);
	return createProp(value, {merge: createMergeTrait(options)});
}

/**
 * Like `merge`, with the new items at the beginning of lists.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * await ctx.inertia.render('Chat', {messages: prepend(() => messages.before(ctx.query.id), {matchOn: 'id'})});
 * @see https://inertiajs.com/docs/v3/data-props/merging-props
 */
export function prepend<Value>(value: PropInput<Value>, options: PrependOptions = {}): Prop<Value> {
	checkOptions('prepend', options, prependOptions);
	return createProp(value, {merge: createMergeTrait({...options, isPrepended: true})});
}

/**
 * Like `merge`, at every depth of the value: all lists in it grow, all objects get the new members.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * await ctx.inertia.render('Chat', {rooms: deepMerge(() => rooms.listNew(), {matchOn: 'open.id'})});
 * @see https://inertiajs.com/docs/v3/data-props/merging-props
 */
export function deepMerge<Value>(value: PropInput<Value>, options: DeepMergeOptions = {}): Prop<Value> {
	checkOptions('deepMerge', options, deepMergeOptions);
	return createProp(value, {merge: createMergeTrait({...options, isDeep: true})});
}

export function createMergeTrait({
	append = [],
	prepend: front = [],
	matchOn = [],
	isDeep = false,
	isPrepended = false,
}: MergeOptions & {readonly isDeep?: boolean; readonly isPrepended?: boolean}): MergeTrait {
	return {isDeep, isPrepended, append: [append].flat(), prepend: [front].flat(), matchOn: [matchOn].flat()};
}
