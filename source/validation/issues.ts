import type {StandardSchemaV1} from '@standard-schema/spec';
import {fieldLimits, shortenMessage} from '../errors/field-messages.ts';
import {appendToList} from '../support/append-to-list.ts';
import type {FieldErrors} from '../types.ts';
import {AskedFields} from './asked-fields.ts';

/** The field of an issue without a path: the issue is about the form as a whole. */
const wholeForm = 'form';

/**
 * Collects the messages by field, in the order of the issues, for the fields that are asked for; `undefined` means all. A
 * nested field has a dotted path: `items.0.name`.
 *
 * Fields and messages beyond what an answer may have are left out, and so is a field whose path is longer than any form
 * has. Such a path comes from the names in a body, and stands in the issue of everything below it.
 */
export function toErrors(
	issues: readonly StandardSchemaV1.Issue[],
	fields: readonly string[] | undefined,
): FieldErrors {
	const asked = fields && AskedFields.of(fields);
	const errors = new Map<string, string[]>();
	for (const {path, message} of issues) {
		const field = path?.length ? toField(path) : wholeForm;
		if (field === undefined || (asked && !asked.has(field))) continue;
		const count = errors.get(field)?.length ?? 0;
		if (count === fieldLimits.messages || (count === 0 && errors.size === fieldLimits.fields)) continue;
		appendToList(errors, field, shortenMessage(message));
	}

	return Object.fromEntries(errors);
}

/** Gives the dotted path; `undefined` for one that is too long. */
function toField(path: ReadonlyArray<PropertyKey | StandardSchemaV1.PathSegment>): string | undefined {
	const names = path.map(segment => String(typeof segment === 'object' ? segment.key : segment));
	const length = names.reduce((sum, name) => sum + name.length + 1, -1);
	return length > fieldLimits.pathLength ? undefined : names.join('.');
}

/** Picks the errors of some fields and of the fields inside them. `*` stands for any name, `undefined` for all fields. */
export function pickErrors(errors: FieldErrors, fields: readonly string[] | undefined): FieldErrors {
	if (fields === undefined) return errors;
	const asked = AskedFields.of(fields);
	return Object.fromEntries(Object.entries(errors).filter(([field]) => asked.has(field)));
}
