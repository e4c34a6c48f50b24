import {checkOptions, type Expectation, isString} from '../support/check-options.ts';
import {createProp, type MergeTrait, type Prop, type PropInput} from './prop.ts';

type Paths = string | readonly string[];

/** The options of `deepMerge()`. Paths are dotted and begin inside the value. */
export interface DeepMergeOptions {
	/**
	 * Paths of lists, each followed by the key that identifies an item: `'id'` when the value is the list, `'data.id'`
	 * for a list inside it.
	 *
	 * Use it when an item may come again: the client then replaces it in its place, instead of adding it a second time.
	 *
	 * @default none: every item is added
	 * @example
	 * import {merge, page} from 'koa-inertia';
	 *
	 * const listPosts = async () => [{id: 7, title: 'Moon'}];
	 * export const feed = page('Feed', {posts: merge(listPosts, {matchOn: 'id'})});
	 */
	readonly matchOn?: Paths;
}

/** The options of `prepend()`. Paths are dotted and begin inside the value. */
export interface PrependOptions extends DeepMergeOptions {
	/**
	 * Paths of lists inside the value that get the new items at their beginning.
	 *
	 * Use it when the list isn't the value itself. Other members of the value are replaced.
	 *
	 * @default the value itself: with `merge` at its end, with `prepend` at its beginning
	 * @example
	 * import {page, prepend} from 'koa-inertia';
	 *
	 * const listMessages = async () => ({data: [{id: 7, text: 'Hello'}], total: 31});
	 * export const chat = page('Chat', {messages: prepend(listMessages, {prepend: 'data'})});
	 */
	readonly prepend?: Paths;
}

/** The options of `merge()`. Paths are dotted and begin inside the value. */
export interface MergeOptions extends PrependOptions {
	/**
	 * Paths of lists inside the value that get the new items at their end.
	 *
	 * Use it when the list isn't the value itself. Other members of the value are replaced.
	 *
	 * @default the value itself, when `prepend` names no path either
	 * @example
	 * import {merge, page} from 'koa-inertia';
	 *
	 * const listPosts = async () => ({data: [{id: 7, title: 'Moon'}], total: 31});
	 * export const feed = page('Feed', {posts: merge(listPosts, {append: 'data'})});
	 */
	readonly append?: Paths;
}

export const innerPaths: Expectation = {
	accepts: value => isString(value) || (Array.isArray(value) && value.every(isString)),
	expected: 'a path inside the value, or a list of paths',
};
const deepMergeOptions = {matchOn: innerPaths};
const prependOptions = {...deepMergeOptions, prepend: innerPaths};
const mergeOptions = {...prependOptions, append: innerPaths};

/**
 * Makes a prop that a partial reload adds to the value that the client has, instead of replacing it: a list grows at its
 * end, an object gets the new members.
 *
 * Use it for a list that is loaded page by page. With `matchOn`, an item that the client has already is replaced in its
 * place.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * import {merge, page} from 'koa-inertia';
 *
 * const listPosts = async (number: number) => ({data: [{id: number, title: `Post ${number}`}]});
 * export const feed = page('Feed', ctx => ({
 * 	posts: merge(() => listPosts(Number(ctx.query.page ?? 1)), {append: 'data', matchOn: 'data.id'}),
 * }));
 * @see https://inertiajs.com/docs/v3/data-props/merging-props
 */
export function merge<Value>(value: PropInput<Value>, options: MergeOptions = {}): Prop<Value> {
	checkOptions('merge', options, mergeOptions);
	return createProp(value, {merge: createMergeTrait(options)});
}

/**
 * Makes a prop that a partial reload adds like that of `merge`, but with the new items at the beginning of a list.
 *
 * Use it for a list whose older items are loaded above the newer ones, such as the messages of a chat.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * import {page, prepend} from 'koa-inertia';
 *
 * const listBefore = async (id: number) => [{id: id - 1, text: 'Hello'}];
 * export const chat = page('Chat', ctx => ({
 * 	messages: prepend(() => listBefore(Number(ctx.query.before ?? 100)), {matchOn: 'id'}),
 * }));
 * @see https://inertiajs.com/docs/v3/data-props/merging-props
 */
export function prepend<Value>(value: PropInput<Value>, options: PrependOptions = {}): Prop<Value> {
	checkOptions('prepend', options, prependOptions);
	return createProp(value, {merge: createMergeTrait({...options, isPrepended: true})});
}

/**
 * Makes a prop that a partial reload merges at every depth: each list in the value grows, each object gets the new
 * members.
 *
 * Use it for a value with several lists that are loaded bit by bit.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * import {deepMerge, page} from 'koa-inertia';
 *
 * const listRooms = async () => ({open: [{id: 7, name: 'Lobby'}], closed: [{id: 8, name: 'Attic'}]});
 * export const chat = page('Chat', {rooms: deepMerge(listRooms, {matchOn: ['open.id', 'closed.id']})});
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
