/** Gives the message of a thrown value, without its full stop, so that it can stand inside another message. */
export function getReason(thrown: unknown): string {
	return String(thrown instanceof Error ? thrown.message : thrown).replace(/\.$/, '');
}

/** Describes a received value for a message: its content when that is short, else its type. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}

	if (typeof value === 'string') {
		return value.length > 64 ? `a string of ${value.length} characters` : JSON.stringify(value);
	}

	if (Array.isArray(value)) return 'an array';
	if (value instanceof Promise) return 'a promise';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
