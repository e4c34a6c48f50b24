import {isMessages} from '../errors/field-messages.ts';
import {isRecord} from '../support/check-options.ts';
import type {FieldErrors} from '../types.ts';

/** What one request leaves for the next page. */
export interface Marks {
	/** Values to show once, by name. */
	readonly flash?: Readonly<Record<string, unknown>>;
	/** Errors of forms, by the name of the form. */
	readonly errors?: ErrorBags;
	readonly clearHistory?: true;
	readonly preserveFragment?: true;
}

export type ErrorBags = Readonly<Record<string, FieldErrors>>;

/** One object for all that have none, so that it can be told by identity. */
export const noMarks: Marks = Object.freeze({});

/**
 * Of two flashed values with one name the later wins. The errors of one form are replaced as a whole: the earlier ones
 * belong to an earlier attempt.
 */
export function combineMarks(first: Marks, second: Marks): Marks {
	if (second === noMarks) return first;
	if (first === noMarks) return second;
	return {
		...first,
		...second,
		...((first.flash || second.flash) && {flash: {...first.flash, ...second.flash}}),
		...((first.errors || second.errors) && {errors: {...first.errors, ...second.errors}}),
	};
}

/** Without the errors of one form. */
export function withoutErrors(marks: Marks, bag: string): Marks {
	const {errors, ...others} = marks;
	if (!errors || !Object.hasOwn(errors, bag)) return marks;
	const kept = Object.entries(errors).filter(([name]) => name !== bag);
	if (kept.length > 0) return {...others, errors: Object.fromEntries(kept)};
	return Object.keys(others).length > 0 ? others : noMarks;
}

/**
 * Reads marks out of a session. Whatever hasn't their shape is left out: a session may come from an older release, or
 * from a cookie that isn't signed.
 */
export function parseMarks(stored: unknown): Marks {
	if (!isRecord(stored)) return noMarks;
	const {flash, errors, clearHistory, preserveFragment} = stored;
	return {
		...(isRecord(flash) && {flash}),
		...(isRecord(errors) && {errors: parseBags(errors)}),
		...(clearHistory === true && {clearHistory}),
		...(preserveFragment === true && {preserveFragment}),
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
