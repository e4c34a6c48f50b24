/**
 * The base of every error that this package throws, except the `TypeError` for a wrong option.
 *
 * `code` is stable: match on it, or on the class. The message may change.
 *
 * @example
 * app.on('error', error => {
 * 	if (error instanceof InertiaError && error.code === 'ERR_INERTIA_MANIFEST_ENTRY') {
 * 		alertTheTeam(error.message);
 * 	}
 * });
 */
export abstract class InertiaError extends Error {
	abstract readonly code: `ERR_INERTIA_${string}`;

	override get name(): string {
		return this.constructor.name;
	}
}
