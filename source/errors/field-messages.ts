import type {FieldErrors} from '../types.ts';

/**
 * What an answer to wrong input has at most, and what is kept of it for the next page. The errors may come from the names
 * and the number of items in a body, which may be a thousand times shorter than its errors.
 */
export const fieldLimits = {fields: 200, messages: 10, messageLength: 1000, pathLength: 200} as const;

/** Whether a value is one message, or a list of messages. */
export function isMessages(value: unknown): value is string | readonly string[] {
	return typeof value === 'string' || (Array.isArray(value) && value.every(message => typeof message === 'string'));
}

/** Lists the messages of each field, within the limits. A single message becomes a list too. */
export function listMessages(errors: FieldErrors): Array<readonly [field: string, messages: readonly string[]]> {
	return Object.entries(errors)
		.slice(0, fieldLimits.fields)
		.map(([field, messages]) => [field, [messages].flat().slice(0, fieldLimits.messages).map(shortenMessage)]);
}

export function shortenMessage(message: string): string {
	return message.length > fieldLimits.messageLength ? `${message.slice(0, fieldLimits.messageLength)}…` : message;
}
