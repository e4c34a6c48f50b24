import type {FieldErrors} from '../types.ts';

/** Whether a value is one message, or a list of messages. */
export function isMessages(value: unknown): value is string | readonly string[] {
	return typeof value === 'string' || (Array.isArray(value) && value.every(message => typeof message === 'string'));
}

/** Lists the messages of each field. A single message becomes a list too. */
export function listMessages(errors: FieldErrors): Array<readonly [field: string, messages: readonly string[]]> {
	return Object.entries(errors).map(([field, messages]) => [field, [messages].flat()]);
}
