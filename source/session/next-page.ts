import {isMessages} from '../errors/field-messages.ts';
import {isRecord} from '../support/check-options.ts';
import type {FieldErrors} from '../types.ts';

/** What a request leaves for the next page: in the session, or for a page of the same request. */
export interface NextPage {
	/** Values that are shown once, by name. */
	readonly flash?: Readonly<Record<string, unknown>>;
	/** Errors of forms, by the name of the form. */
	readonly errors?: ErrorBags;
	readonly clearHistory?: true;
	readonly preserveFragment?: true;
	/** The path of the page that they are for, where a redirect has led to it. */
	readonly path?: string;
}

export type ErrorBags = Readonly<Record<string, FieldErrors>>;

/** Nothing for the next page. It is one object, so that an identity check is enough to recognise it. */
export const emptyNextPage: NextPage = Object.freeze({});

/**
 * Puts two together. Of two flashed values with one name the later wins. The errors of one form are replaced as a whole,
 * since the earlier ones belong to an earlier attempt.
 */
export function combineNextPages(first: NextPage, second: NextPage): NextPage {
	if (second === emptyNextPage) return first;
	if (first === emptyNextPage) return second;
	return {
		...first,
		...second,
		...((first.flash || second.flash) && {flash: {...first.flash, ...second.flash}}),
		...((first.errors || second.errors) && {errors: combineErrors(first.errors, second.errors)}),
	};
}

/** The most forms whose errors are kept. The client names the forms, and those of a few pages are all that is needed. */
const mostBags = 20;

function combineErrors(first: ErrorBags = {}, second: ErrorBags = {}): ErrorBags {
	const bags = {...first, ...second};
	const names = Object.keys(bags);
	if (names.length <= mostBags) return bags;
	// Those of this request come last, unless an earlier one has used the name.
	const kept = [...names.filter(name => !Object.hasOwn(second, name)), ...Object.keys(second)].slice(-mostBags);
	return Object.fromEntries(kept.map(name => [name, bags[name]!]));
}

/** Leaves out the errors of one form. */
export function withoutErrors(nextPage: NextPage, bag: string): NextPage {
	const {errors, ...others} = nextPage;
	if (!errors || !Object.hasOwn(errors, bag)) return nextPage;
	const kept = Object.entries(errors).filter(([name]) => name !== bag);
	if (kept.length > 0) return {...others, errors: Object.fromEntries(kept)};
	return Object.keys(others).length > 0 ? others : emptyNextPage;
}

/**
 * Reads the session data. Members of another shape are left out: a session may come from an older release, or from a
 * cookie that isn't signed.
 */
export function parseNextPage(stored: unknown): NextPage {
	if (!isRecord(stored)) return emptyNextPage;
	const {flash, errors, clearHistory, preserveFragment, path} = stored;
	return {
		...(isRecord(flash) && {flash}),
		...(isRecord(errors) && {errors: parseBags(errors)}),
		...(clearHistory === true && {clearHistory}),
		...(preserveFragment === true && {preserveFragment}),
		...(typeof path === 'string' && {path}),
	};
}

function parseBags(stored: Readonly<Record<string, unknown>>): ErrorBags {
	return Object.fromEntries(
		Object.entries(stored).filter((entry): entry is [string, FieldErrors] => isFieldErrors(entry[1])),
	);
}

function isFieldErrors(value: unknown): value is FieldErrors {
	return isRecord(value) && Object.values(value).every(isMessages);
}
