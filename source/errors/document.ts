import {InertiaError} from './inertia-error.ts';

/**
 * The root template or `rootView` failed; the failure is the `cause`.
 *
 * Thrown by `render` of a document. Not thrown when a tag fails with an error of this package, such as a
 * `ManifestEntryError`, or when `rootView` throws an HTTP error: these pass as they are.
 */
export class TemplateError extends InertiaError {
	readonly code = 'ERR_INERTIA_TEMPLATE';
}
