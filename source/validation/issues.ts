import type {StandardSchemaV1} from '@standard-schema/spec';
import {appendToList} from '../support/append-to-list.ts';
import type {FieldErrors} from '../types.ts';

/** The field of an issue without a path: the issue is about the form as a whole. */
const wholeForm = 'form';

/** Collects the messages by field, in the order of the issues. A nested field has a dotted path: `items.0.name`. */
export function toErrors(issues: readonly StandardSchemaV1.Issue[]): FieldErrors {
	const errors = new Map<string, string[]>();
	for (const {path, message} of issues) {
		appendToList(errors, path?.length ? path.map(toName).join('.') : wholeForm, message);
	}

	return Object.fromEntries(errors);
}

function toName(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
	return String(typeof segment === 'object' ? segment.key : segment);
}

/** Picks the errors of some fields and of the fields inside them. `*` stands for any name, `undefined` for all fields. */
export function pickErrors(errors: FieldErrors, fields: readonly string[] | undefined): FieldErrors {
	if (fields === undefined) return errors;
	const asked = fields.map(field => field.split('.'));
	const picked = Object.entries(errors).filter(([field]) => {
		const names = field.split('.');
		return asked.some(pattern =>
			pattern.every((part, index) => index < names.length && (part === '*' || part === names[index])),
		);
	});
	return Object.fromEntries(picked);
}
