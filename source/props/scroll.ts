import {describeValue} from '../errors/describe.ts';
import {checkOptions, isFunction, isObject, text} from '../support/check-options.ts';
import type {ScrollMetadata} from '../types.ts';
import {createMergeTrait, paths} from './merging.ts';
import {createProp, type Prop, type PropInput} from './prop.ts';

/** The options of `scroll()`. */
export interface ScrollOptions<Value = unknown> {
	/**
	 * The page that the value is and those around it, or a function that reads them from the value. A page that isn't
	 * named is `null`: there is none.
	 *
	 * @default from the value, at its top or in its `meta`: `{currentPage, lastPage}` or `{nextCursor, previousCursor, cursor}`
	 */
	readonly metadata?: Partial<ScrollMetadata> | ((value: Value) => Partial<ScrollMetadata>);
	/** The query parameter that asks for another page. @default `'page'`, `'cursor'` where the value has cursors */
	readonly pageName?: string;
	/** Path of the list inside the value. A value that is a list itself needs none. @default `'data'` */
	readonly wrapper?: string;
	/** Lists with the key that tells which items are the same, for example `'data.id'`. @default none */
	readonly matchOn?: string | readonly string[];
}

type Page = ScrollMetadata['currentPage'];

const scrollOptions = {
	metadata: {
		accepts: (value: unknown) => isObject(value) || isFunction(value),
		expected: 'an object with the pages, or a function that gives one',
	},
	pageName: text,
	wrapper: text,
	matchOn: paths,
};

/**
 * A paginated list for the client's infinite scroll: each further page is added at the end at which the user scrolls.
 *
 * Together with `defer` the first page comes after the rest.
 *
 * @throws {OptionError} for an unknown or wrong option. While the page is rendered, {PropLoadError} for a value without
 * known pages.
 * @example
 * await ctx.inertia.render('Users', {users: scroll(() => users.paginate(ctx.query.page), {matchOn: 'data.id'})});
 * @see https://inertiajs.com/docs/v3/data-props/infinite-scroll
 */
export function scroll<Value>(value: PropInput<Value>, options: ScrollOptions<Value> = {}): Prop<Value> {
	checkOptions('scroll', options, scrollOptions);
	const {metadata, pageName, wrapper = 'data', matchOn = []} = options;
	const getMetadata = (loaded: unknown): ScrollMetadata => {
		if (metadata === undefined) return deriveMetadata(loaded, pageName);
		// What was loaded is what the type says, or the loader's own type is wrong.
		const given = typeof metadata === 'function' ? metadata(loaded as Value) : metadata;
		if (!isObject(given)) throw new TypeError(`its \`metadata\` gives ${describeValue(given)} instead of an object`);
		const {previousPage = null, nextPage = null, currentPage = null} = given;
		return {pageName: pageName ?? given.pageName ?? 'page', previousPage, nextPage, currentPage};
	};

	return createProp(value, {scroll: {wrapper, getMetadata}, merge: createMergeTrait({matchOn})});
}

/** By numbers as most paginators have it, or by cursors, of which only the next one is needed. */
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

		if (isPage(nextCursor)) {
			return {
				pageName: pageName ?? 'cursor',
				previousPage: isPage(previousCursor) ? previousCursor : null,
				nextPage: nextCursor,
				// The first page has no cursor. The client takes the parameter off the address there, as for page 1.
				currentPage: isPage(cursor) ? (cursor ?? 1) : 1,
			};
		}
	}

	throw new TypeError(
		`${describeValue(value)} tells its page neither by {currentPage, lastPage} nor by {nextCursor}; give \`scroll\` the option \`metadata\``,
	);
}

function isPage(value: unknown): value is Page {
	return value === null || typeof value === 'number' || typeof value === 'string';
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
	return isObject(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
