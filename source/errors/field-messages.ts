/** Whether a value is what a field may say: one message, or a list of them. */
export function isMessages(value: unknown): value is string | readonly string[] {
	return typeof value === 'string' || (Array.isArray(value) && value.every(message => typeof message === 'string'));
}
