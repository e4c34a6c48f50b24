import {describeValue} from './describe.ts';
import {InertiaError} from './inertia-error.ts';

/**
 * A flash, errors or an order for the history are to reach the page of another request, and there is no session that
 * keeps them.
 *
 * Thrown after the handler. Not thrown when the same request renders a page, which then shows them.
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

/**
 * The session is kept in a cookie, and the cookie is larger than a browser stores.
 *
 * Thrown after the handler, when it has put a flash or errors into the session. Not thrown for a session in a `store`.
 */
export class SessionSizeError extends InertiaError {
	readonly code = 'ERR_INERTIA_SESSION_SIZE';
	/** The bytes of the cookie, including its name. */
	readonly size: number;

	constructor(size: number, limit: number, own: number) {
		super(
			`The session cookie would have ${size} bytes, of which flash and errors are ${own} before they are encoded, and browsers drop a cookie above ${limit}. Flash less, or keep sessions on the server with the option \`store\` of koa-session, for example koa-redis.`,
		);
		this.size = size;
	}
}
