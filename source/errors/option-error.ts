/** An argument or an option is unknown, or has a value that can't be used. Thrown by the function that receives it. */
export class OptionError extends TypeError {
	readonly code = 'ERR_INERTIA_OPTION';

	override get name(): string {
		return 'OptionError';
	}
}
