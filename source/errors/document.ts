import {InertiaError} from './inertia-error.ts';

/** The root template or `rootView` failed. Thrown by `render`, with the failure as `cause`. */
export class TemplateError extends InertiaError {
	readonly code = 'ERR_INERTIA_TEMPLATE';
}
