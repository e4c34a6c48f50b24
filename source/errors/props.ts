import {describeValue, getReason} from './describe.ts';
import {listErrorHeaders} from './error-headers.ts';
import {InertiaError} from './inertia-error.ts';

/** Why a prop can't be sent, and what to do about it. */
export interface PropMistake {
	/** Dotted path from the props, list indices included; `''` where no single value is to blame. */
	readonly path: string;
	/** The end of the sentence "The prop … can't be sent as JSON: …", without its full stop. */
	readonly reason: string;
	/** A sentence with the next step. */
	readonly advice: string;
}

/**
 * A prop can't be sent as JSON: a BigInt, a value that contains itself or has too many levels, a function that gives a
 * function.
 *
 * Thrown by `render`. Not thrown for a prop that the visit doesn't get, nor for a loader that fails, which is a
 * `PropLoadError`.
 */
export class PropError extends InertiaError {
	readonly code = 'ERR_INERTIA_PROP';
	/** The page component that was to be rendered. */
	readonly component: string;
	/** Dotted path of the prop, list indices included; `''` for the props as a whole. */
	readonly path: string;

	constructor(component: string, {path, reason, advice}: PropMistake, options?: ErrorOptions) {
		const subject = path === '' ? 'The props' : `The prop \`${path}\``;
		super(`${subject} of \`${component}\` can't be sent as JSON: ${reason}. ${advice}`, options);
		this.component = component;
		this.path = path;
	}
}

/**
 * The function, the promise or the provider of a prop failed; the thrown value is the `cause`.
 *
 * Thrown by `render`, with the status of its cause. Not thrown for a deferred prop with `rescue`: that is reported
 * through `app.emit('error')`, and the page is sent without it. Not thrown for an HTTP error that shows its message to
 * the user, such as that of `ctx.throw(404)`: that is an answer, and passes as it is.
 */
export class PropLoadError extends InertiaError {
	readonly code = 'ERR_INERTIA_PROP_LOAD';
	/** The page component that was to be rendered. */
	readonly component: string;
	/** Dotted path of the prop, list indices included. */
	readonly path: string;
	/** The status of the answer that Koa makes from the error, when the cause has one. */
	readonly status?: number;
	/** The headers of that answer, when the cause is an HTTP error that has some. */
	readonly headers?: Readonly<Record<string, string | string[]>>;

	constructor(component: string, path: string, cause: unknown) {
		const reason = cause instanceof Error ? getReason(cause) : `${describeValue(cause)} was thrown`;
		super(
			`The prop \`${path}\` of \`${component}\` failed to load: ${reason}. What it threw is the \`cause\`. With \`defer\` and its option \`rescue\` a page is sent without such a prop.`,
			{cause},
		);
		this.component = component;
		this.path = path;
		if (!(cause instanceof Error)) return;
		const {status, statusCode} = cause as {status?: unknown; statusCode?: unknown};
		const answered = status ?? statusCode;
		if (typeof answered === 'number') this.status = answered;
		const headers = listErrorHeaders(cause);
		if (headers.length > 0) this.headers = Object.fromEntries(headers);
		// Koa logs only the stack, and the stack of the cause has the place of the mistake.
		this.stack = `${this.stack}\n[cause]: ${cause.stack}`;
	}
}
