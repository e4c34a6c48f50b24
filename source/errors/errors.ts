import type {FieldErrors} from '../types.ts';
import {isMessages} from './field-messages.ts';

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

/** An argument or an option is unknown, or has a value that can't be used. Thrown by the function that receives it. */
export class OptionError extends TypeError {
	readonly code = 'ERR_INERTIA_OPTION';

	override get name(): string {
		return 'OptionError';
	}
}

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

/**
 * A prop can't be sent as JSON: a BigInt, a value that contains itself or is too deep, a function that gives a function.
 *
 * Thrown by `render`. A loader that fails is a `PropLoadError`.
 */
export class PropError extends InertiaError {
	readonly code = 'ERR_INERTIA_PROP';
	/** The page component that was to be rendered. */
	readonly component: string;
	/** Dotted path of the prop, list indices included; `''` for the props as a whole. */
	readonly path: string;

	constructor(component: string, path: string, reason: string, options?: ErrorOptions) {
		super(
			`${path === '' ? 'The props' : `The prop \`${path}\``} of \`${component}\` can't be sent as JSON: ${reason}. Give the page plain data in its place, for example a string.`,
			options,
		);
		this.component = component;
		this.path = path;
	}
}

/**
 * The function, the promise or the provider of a prop failed; what it threw is the `cause`.
 *
 * Thrown by `render`; for a deferred prop with `rescue` it is reported through `app.emit('error')` instead. It has the
 * status of its cause. An HTTP error that shows its message to the user, such as `ctx.throw(404)`, is an answer and
 * passes as it is.
 */
export class PropLoadError extends InertiaError {
	readonly code = 'ERR_INERTIA_PROP_LOAD';
	/** The page component that was to be rendered. */
	readonly component: string;
	/** Dotted path of the prop, list indices included. */
	readonly path: string;
	/** The status and the headers of the answer that Koa makes from the error, where the cause has some. */
	readonly status?: number;
	readonly headers?: unknown;

	constructor(component: string, path: string, cause: unknown) {
		const reason = cause instanceof Error ? getReason(cause) : `${describeValue(cause)} was thrown`;
		super(
			`The prop \`${path}\` of \`${component}\` failed to load: ${reason}. What it threw is the \`cause\`. With \`defer\` and its option \`rescue\` a page is sent without such a prop.`,
			{cause},
		);
		this.component = component;
		this.path = path;
		if (!(cause instanceof Error)) return;
		const {status, statusCode, headers} = cause as {status?: unknown; statusCode?: unknown; headers?: unknown};
		const answered = status ?? statusCode;
		if (typeof answered === 'number') this.status = answered;
		if (headers !== undefined) this.headers = headers;
		// Koa logs the stack alone, and the place of the mistake is in that of the cause.
		this.stack = `${this.stack}\n[cause]: ${cause.stack}`;
	}
}

/** The root template or `rootView` failed. Thrown by `render`, with the failure as `cause`. */
export class TemplateError extends InertiaError {
	readonly code = 'ERR_INERTIA_TEMPLATE';
}

/**
 * Something waits for the next page, and there is no session to keep it: a flash, errors or a mark for the history, on a
 * request that doesn't render a page itself.
 *
 * Thrown after the handler.
 */
export class SessionMissingError extends InertiaError {
	readonly code = 'ERR_INERTIA_SESSION_MISSING';

	constructor(kept: readonly string[], session: unknown) {
		const calls = kept.map(name => `\`ctx.inertia.${name}()\`${name === 'errors' ? ' or `validate()`' : ''}`);
		super(
			`${calls.join(' and ')} ${calls.length > 1 ? 'need' : 'needs'} a session to reach the next page, and \`ctx.session\` is ${describeValue(session)}. Add one before \`inertia()\`, for example with koa-session: \`app.keys = [process.env.SESSION_KEY]; app.use(createSession(app));\``,
		);
	}
}

/** The session is kept in a cookie and has grown beyond what a browser stores. Thrown after the handler. */
export class SessionSizeError extends InertiaError {
	readonly code = 'ERR_INERTIA_SESSION_SIZE';
	/** Bytes of the cookie, its name included. */
	readonly size: number;

	constructor(size: number, limit: number, own: number) {
		super(
			`The session cookie would have ${size} bytes, of which flash and errors are ${own} before they are encoded, and browsers drop a cookie above ${limit}. Flash less, or keep sessions on the server with the option \`store\` of koa-session, for example koa-redis.`,
		);
		this.size = size;
	}
}

/**
 * The input doesn't fit its schema. Thrown by `ctx.inertia.validate`, and may be thrown by an application too.
 *
 * The middleware answers it: with the errors in the session and a redirect back, or with a 422 where JSON is asked for.
 *
 * @example
 * if (await users.hasEmail(email)) throw new ValidationError({email: 'This address is taken.'});
 */
export class ValidationError extends InertiaError {
	readonly code = 'ERR_INERTIA_VALIDATION';
	readonly status = 422;
	readonly expose = true;
	/** Messages by dotted path of the field. */
	readonly errors: FieldErrors;

	constructor(errors: FieldErrors, options?: ErrorOptions) {
		const wrong = Object.entries(errors).find(([, messages]) => !isMessages(messages));
		if (wrong) {
			throw new OptionError(
				`\`ValidationError\` takes messages by field, received ${describeValue(wrong[1])} for \`${wrong[0]}\`.`,
			);
		}

		const fields = Object.entries(errors).filter(([, messages]) => messages.length > 0);
		super(`The input is not valid: ${fields.map(([field]) => field).join(', ') || 'no field was named'}.`, options);
		// Without any message the client would take the answer for a success.
		this.errors = fields.length > 0 ? Object.fromEntries(fields) : {form: 'The input is not valid.'};
	}
}

/** The schema threw where it should have given issues; what it threw is the `cause`. Thrown by `ctx.inertia.validate`. */
export class SchemaError extends InertiaError {
	readonly code = 'ERR_INERTIA_SCHEMA';
}

/**
 * There is no parsed body to validate. Thrown by `ctx.inertia.validate`.
 *
 * `status` is 500 without a body parser, and 415 when there is one that doesn't know the type of what was sent.
 */
export class BodyMissingError extends InertiaError {
	readonly code = 'ERR_INERTIA_BODY_MISSING';
	readonly status: number;

	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}

/** The message of whatever was thrown, to stand inside a message of ours: without a full stop of its own. */
export function getReason(thrown: unknown): string {
	return String(thrown instanceof Error ? thrown.message : thrown).replace(/\.$/, '');
}

/** A short text for a received value, for messages: type and, where it is short, content. */
export function describeValue(value: unknown): string {
	if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}

	if (typeof value === 'string') {
		return value.length > 64 ? `a string of ${value.length} characters` : JSON.stringify(value);
	}

	if (Array.isArray(value)) return 'an array';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
