/**
 * The warnings of one `inertia()`, each of which is given once: a mistake in the surroundings of an application is met
 * by every request.
 */
export class Warnings {
	readonly #given = new Set<string>();

	/** Warns through `process.emitWarning`, which an application can listen to by `process.on('warning')`. */
	warnOnce(code: string, message: string): void {
		if (this.#given.has(code)) return;
		this.#given.add(code);
		process.emitWarning(message, {type: 'InertiaWarning', code});
	}
}
