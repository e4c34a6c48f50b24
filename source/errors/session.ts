import {describeValue} from './describe.ts';
import {InertiaError} from './inertia-error.ts';

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
