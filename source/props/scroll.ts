import {describeValue} from '../errors/describe.ts';
import {checkOptions, isFunction, isObject, text} from '../support/check-options.ts';
import type {ScrollMetadata} from '../types.ts';
import {createMergeTrait, innerPaths} from './merging.ts';
import {createProp, type Prop, type PropInput} from './prop.ts';

/** The options of `scroll()`. */
export interface ScrollOptions<Value = unknown> {
	/**
	 * The number or cursor of the current page, the next and the previous one, or a function that reads them from the
	 * value. A member that is left out is `null`: there is no such page.
	 *
	 * Use it for a paginator whose members have other names than the default looks for.
	 *
	 * @default `{currentPage, lastPage}` or `{nextCursor, previousCursor, cursor}`, read from the value or its `meta`
	 * @example
	 * import {page, scroll} from 'koa-inertia';
	 *
	 * const listUsers = async () => ({data: [{id: 7, name: 'Ada'}], page: 1, more: true});
	 * export const users = page('Users', {
	 * 	users: scroll(listUsers, {
	 * 		metadata: ({page, more}) => ({currentPage: page, nextPage: more ? page + 1 : null}),
	 * 	}),
	 * });
	 */
	readonly metadata?: Partial<ScrollMetadata> | ((value: Value) => Partial<ScrollMetadata>);
	/**
	 * The query parameter by which the client asks for another page.
	 *
	 * Use it when a page has two lists that scroll, or when the handler reads another parameter.
	 *
	 * @default `'page'`, or `'cursor'` when the value has cursors
	 * @example
	 * import {page, scroll} from 'koa-inertia';
	 *
	 * const paginate = async (currentPage: number) => ({data: [{id: currentPage}], currentPage, lastPage: 9});
	 * export const team = page('Team', ctx => ({
	 * 	users: scroll(() => paginate(Number(ctx.query.users ?? 1)), {pageName: 'users'}),
	 * 	posts: scroll(() => paginate(Number(ctx.query.posts ?? 1)), {pageName: 'posts'}),
	 * }));
	 */
	readonly pageName?: string;
	/**
	 * Path of the list inside the value. It doesn't matter when the value is the list itself.
	 *
	 * Use it for a paginator that keeps its items under another name.
	 *
	 * @default `'data'`
	 * @example
	 * import {page, scroll} from 'koa-inertia';
	 *
	 * const listUsers = async () => ({items: [{id: 7, name: 'Ada'}], currentPage: 1, lastPage: 9});
	 * export const users = page('Users', {users: scroll(listUsers, {wrapper: 'items'})});
	 */
	readonly wrapper?: string;
	/**
	 * Paths of lists, each followed by the key that identifies an item, such as `'data.id'`.
	 *
	 * Use it when an item may come again, for example after others were inserted before it: the client then replaces it
	 * in its place, instead of adding it a second time.
	 *
	 * @default none: every item is added
	 * @example
	 * import {page, scroll} from 'koa-inertia';
	 *
	 * const listUsers = async () => ({data: [{id: 7, name: 'Ada'}], currentPage: 1, lastPage: 9});
	 * export const users = page('Users', {users: scroll(listUsers, {matchOn: 'data.id'})});
	 */
	readonly matchOn?: string | readonly string[];
}

/** The number of a page, or its cursor. */
type PagePosition = ScrollMetadata['currentPage'];

const scrollOptions = {
	metadata: {
		accepts: (value: unknown) => isObject(value) || isFunction(value),
		expected: 'an object with the pages, or a function that gives one',
	},
	pageName: text,
	wrapper: text,
	matchOn: innerPaths,
};

/**
 * Makes a prop for the client's infinite scroll: a paginated list, to which each further page is added at the end at
 * which the user scrolls.
 *
 * Use it around `defer` to load the first page after the rest of the props.
 *
 * @throws {OptionError} for an unknown or wrong option. `render` throws {PropLoadError} for a value that doesn't tell
 * its page.
 * @example
 * import {page, scroll} from 'koa-inertia';
 *
 * const paginate = async (currentPage: number) => ({data: [{id: currentPage}], currentPage, lastPage: 9});
 * export const users = page('Users', ctx => ({
 * 	users: scroll(() => paginate(Number(ctx.query.page ?? 1)), {matchOn: 'data.id'}),
 * }));
 * @see https://inertiajs.com/docs/v3/data-props/infinite-scroll
 */
export function scroll<Value>(value: PropInput<Value>, options: ScrollOptions<Value> = {}): Prop<Value> {
	checkOptions('scroll', options, scrollOptions);
	const {metadata, pageName, wrapper = 'data', matchOn = []} = options;
	const getMetadata = (loaded: unknown): ScrollMetadata => {
		if (metadata === undefined) return deriveMetadata(loaded, pageName);
		// The cast is as safe as the type of the loader: nothing else tells what it gives.
		const given = typeof metadata === 'function' ? metadata(loaded as Value) : metadata;
		if (!isObject(given)) throw new TypeError(`its \`metadata\` gives ${describeValue(given)} instead of an object`);
		const {previousPage = null, nextPage = null, currentPage = null} = given;
		return {pageName: pageName ?? given.pageName ?? 'page', previousPage, nextPage, currentPage};
	};

	return createProp(value, {scroll: {wrapper, getMetadata}, merge: createMergeTrait({matchOn})});
}

/** Reads the page numbers that most paginators give, or cursors. Of the cursors only `nextCursor` is needed. */
function deriveMetadata(value: unknown, pageName: string | undefined): ScrollMetadata {
	const top = toRecord(value);
	for (const {currentPage, lastPage, nextCursor, previousCursor, cursor} of [top, toRecord(top.meta)]) {
		if (typeof currentPage === 'number' && typeof lastPage === 'number') {
			return {
				pageName: pageName ?? 'page',
				previousPage: currentPage > 1 ? currentPage - 1 : null,
				nextPage: currentPage < lastPage ? currentPage + 1 : null,
				currentPage,
			};
		}

		if (isPagePosition(nextCursor)) {
			return {
				pageName: pageName ?? 'cursor',
				previousPage: isPagePosition(previousCursor) ? previousCursor : null,
				nextPage: nextCursor,
				// The first page has no cursor. We give 1, because the client then takes the parameter off the address.
				currentPage: isPagePosition(cursor) ? (cursor ?? 1) : 1,
			};
		}
	}

	throw new TypeError(
		`${describeValue(value)} tells its page neither by {currentPage, lastPage} nor by {nextCursor}; give \`scroll\` the option \`metadata\``,
	);
}

function isPagePosition(value: unknown): value is PagePosition {
	return value === null || typeof value === 'number' || typeof value === 'string';
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
	return isObject(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
