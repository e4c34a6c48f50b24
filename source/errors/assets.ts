import {InertiaError} from './inertia-error.ts';

/** The Vite manifest can't be used. This is the base of the errors that say why, and is never thrown itself. */
export abstract class ManifestError extends InertiaError {}

/**
 * There is no manifest at any of the paths, and no dev server runs.
 *
 * Thrown by `inertia()` and `createAssets()`, and by `render` of a document when the dev server has stopped since. With
 * the option `version` and without `manifest` only the tags throw it. Not thrown when the manifest disappears later:
 * the last good build stays in service, with a warning.
 */
export class ManifestMissingError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_MISSING';
}

/** The manifest is there, but it can't be read: for example it is a directory, or its server answers with an error. */
export class ManifestUnreadableError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_UNREADABLE';
}

/** The manifest is not JSON. The message names the line and the column. */
export class ManifestSyntaxError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_SYNTAX';
}

/** The manifest is JSON, but not a Vite manifest. The message says what was found. */
export class ManifestShapeError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_SHAPE';
}

/**
 * A new manifest names files that don't exist yet.
 *
 * Never thrown: it is a warning of the process, and the last good build stays in service.
 */
export class ManifestIncompleteError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_INCOMPLETE';
}

/**
 * `vite()` or `viteAsset()` names a file that the manifest doesn't have, or an entry that a dev server on this machine
 * doesn't find.
 *
 * Thrown by `render` of a document, and by the methods of `createAssets()`. Not thrown for an unknown `page` of
 * `vite()`: its tags are those of the entry alone.
 */
export class ManifestEntryError extends ManifestError {
	readonly code = 'ERR_INERTIA_MANIFEST_ENTRY';
}

/**
 * The hot file names a dev server of this machine that is gone.
 *
 * Thrown by `render` of a document in development. Not thrown for a visit of the client, which needs no tags, nor in
 * production, where no hot file is read.
 */
export class HotFileError extends InertiaError {
	readonly code = 'ERR_INERTIA_HOT_FILE';

	constructor(message: string) {
		super(message);
		// The stack has the message alone: no place in the code is at fault, and the log shows the advice at once.
		this.stack = `${this.name}: ${message}`;
	}
}

/**
 * The version can't be sent in a header, or the version function failed.
 *
 * Thrown by `inertia()` and `createAssets()` for a wrong option. Not thrown when a version function fails: that is
 * reported through `app.emit('error')`, and the last good version stays.
 */
export class VersionError extends InertiaError {
	readonly code = 'ERR_INERTIA_VERSION';
}
