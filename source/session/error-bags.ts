import {describeValue} from '../errors/describe.ts';
import {isMessages, listMessages} from '../errors/field-messages.ts';
import {OptionError} from '../errors/option-error.ts';
import type {Visit} from '../protocol/visit.ts';
import {isRecord} from '../support/check-options.ts';
import type {FieldErrors, Props} from '../types.ts';
import type {ErrorBags} from './next-page.ts';

/** The bag of errors that belong to no named form. */
const defaultBag = 'default';

/** Characters that the name of a bag may have. The client names it, and it is kept in the session. */
const longestBag = 100;

/** Gives the bag of the form that a request sends. */
export function getBag({errorBag}: Visit): string {
	return errorBag === '' || errorBag.length > longestBag ? defaultBag : errorBag;
}

/**
 * Checks the messages and keeps those that the option `allErrors` asks for, since a session in a cookie has little room.
 *
 * @throws {OptionError} for a field without messages.
 */
export function toFieldErrors(errors: FieldErrors, allErrors: boolean): FieldErrors {
	if (!isRecord(errors)) {
		throw new OptionError(
			`\`ctx.inertia.errors\` takes an object of messages by field, received ${describeValue(errors)}.`,
		);
	}

	for (const [field, messages] of Object.entries(errors)) {
		if (isMessages(messages)) continue;
		throw new OptionError(
			`In \`ctx.inertia.errors\`, the field \`${field}\` must have a message or a list of messages, received ${describeValue(messages)}.`,
		);
	}

	return chooseMessages(errors, allErrors);
}

/**
 * Makes the `errors` prop of a page: the fields of the form that made the request, beside those of named forms.
 *
 * @see https://inertiajs.com/docs/v3/the-basics/validation#error-bags
 */
export function toErrorsProp(bags: ErrorBags, requestedBag: string, allErrors: boolean): Props {
	const chosen = Object.entries(bags).map(([bag, fields]) => [bag, chooseMessages(fields, allErrors)] as const);
	const named = Object.fromEntries(chosen.filter(([bag]) => bag !== defaultBag));
	const common = chosen.find(([bag]) => bag === defaultBag)?.[1];
	if (!common) return named;
	if (requestedBag === '') return {...named, ...common};
	const own = Object.hasOwn(named, requestedBag) ? named[requestedBag] : undefined;
	return {...named, [requestedBag]: {...common, ...own}};
}

/** Keeps one half of the fields in every bag; `undefined` when nothing is left. */
export function halveErrors(bags: ErrorBags): ErrorBags | undefined {
	const halves = Object.entries(bags).map(([bag, fields]) => {
		const entries = Object.entries(fields);
		return [bag, Object.fromEntries(entries.slice(0, Math.floor(entries.length / 2)))] as const;
	});
	const kept = halves.filter(([, fields]) => Object.keys(fields).length > 0);
	return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Gives each field its first message, or a list of all. Fields without messages are left out, and so is what is too much. */
function chooseMessages(fields: FieldErrors, allErrors: boolean): FieldErrors {
	const given = listMessages(fields).filter(([, list]) => list.length > 0);
	return Object.fromEntries(given.map(([field, list]) => [field, allErrors ? list : list[0]!]));
}
