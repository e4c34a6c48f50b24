import {InertiaError} from './inertia-error.ts';

/** The Vite manifest can't be used. Never thrown itself: its kinds say why. */
export abstract class ManifestError extends InertiaError {}

/** There is no manifest at any of the paths, and no dev server runs. Thrown at start, and by tags of a later page. */
export class ManifestMissingError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_MISSING';
}

/** The manifest is there, but it can't be read: permissions, a directory, a server that answers with an error. */
export class ManifestUnreadableError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_UNREADABLE';
}

/** The manifest is not JSON. The message has the line and the column. */
export class ManifestSyntaxError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_SYNTAX';
}

/** The manifest is JSON, but not a Vite manifest. The message says what was found. */
export class ManifestShapeError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_SHAPE';
}

/** A new manifest names files that don't exist yet. Only ever a warning: the last good build stays in service. */
export class ManifestIncompleteError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_INCOMPLETE';
}

/** `vite()` or `viteAsset()` asked for something that the manifest doesn't have. Thrown by `render`. */
export class ManifestEntryError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_ENTRY';
}

/** The hot file names a dev server of this machine that is gone. Thrown by `render` of a document, in development. */
export class HotFileError extends InertiaError {
	readonly code = 'ERR_INERTIA_HOT_FILE';

	constructor(message: string) {
		super(message);
		// No place in the code is at fault, and the advice is to be found in the log.
		this.stack = `${this.name}: ${message}`;
	}
}

/**
 * The version is not one that a header can carry, or its function failed.
 *
 * Thrown at start for a wrong option. A failing version function doesn't throw: it is reported through
 * `app.emit('error')`, and the last good version stays.
 */
export class VersionError extends InertiaError {
	readonly code = 'ERR_INERTIA_VERSION';
}
