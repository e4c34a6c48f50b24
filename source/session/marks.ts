import {isRecord} from '../check-options.ts';
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

/** Of two flashed values of one name the later wins, and so do the errors of one form as a whole: the earlier ones are of an attempt before. */
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
	const bags = Object.entries(stored).filter(
		([, fields]) => isRecord(fields) && Object.values(fields).every(isMessages),
	);
	return Object.fromEntries(bags) as ErrorBags;
}

export function isMessages(value: unknown): value is string | readonly string[] {
	return typeof value === 'string' || (Array.isArray(value) && value.every(message => typeof message === 'string'));
}
