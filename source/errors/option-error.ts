/**
 * An option is unknown, or an argument or option has a value that can't be used.
 *
 * Thrown by the function that receives it. Not thrown for an option that is `undefined`: that gets its default.
 */
export class OptionError extends TypeError {
	readonly code = 'ERR_INERTIA_OPTION';

	override get name(): string {
		return 'OptionError';
	}
}
