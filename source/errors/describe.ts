/** The message of whatever was thrown, to stand inside a message of ours: without a full stop of its own. */
export function getReason(thrown: unknown): string {
	return String(thrown instanceof Error ? thrown.message : thrown).replace(/\.$/, '');
}

/** A short text for a received value, for messages: type and, where it is short, content. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}

	if (typeof value === 'string') {
		return value.length > 64 ? `a string of ${value.length} characters` : JSON.stringify(value);
	}

	if (Array.isArray(value)) return 'an array';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
