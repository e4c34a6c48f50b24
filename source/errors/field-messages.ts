import type {FieldErrors} from '../types.ts';

/** Whether a value is what a field may say: one message, or a list of them. */
export function isMessages(value: unknown): value is string | readonly string[] {
	return typeof value === 'string' || (Array.isArray(value) && value.every(message => typeof message === 'string'));
}

/** Each field with a list of its messages, also where one message was given without a list. */
export function listMessages(errors: FieldErrors): Array<readonly [field: string, messages: readonly string[]]> {
	return Object.entries(errors).map(([field, messages]) => [field, [messages].flat()]);
}
