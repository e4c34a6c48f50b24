import type {Context} from 'koa';
import {isRecord} from '../support/check-options.ts';
import type {MaybePromise} from '../types.ts';

/** A request with what session middleware adds to it. */
interface SessionHolder extends Context {
	session?: unknown;
	/** The method of koa-generic-session. */
	regenerateSession?: unknown;
	/** The object of koa-session-minimal. */
	sessionHandler?: unknown;
}

/**
 * Begins a new session in place of one that was dropped, and lets `write` fill it.
 *
 * The new one needs another id: whoever has copied the cookie of the old one could use it further. Each session
 * middleware has a way of its own for this.
 */
export function beginSession(ctx: SessionHolder, write: () => void): MaybePromise<void> {
	const {regenerateSession, sessionHandler} = ctx;
	if (typeof regenerateSession === 'function') return regenerateSession().then(write);
	if (isRecord(sessionHandler) && typeof sessionHandler.regenerateId === 'function') sessionHandler.regenerateId();
	ctx.session = {};
	write();
	const {session} = ctx;
	// koa-session saves the session when it changes the id, so that it has to be filled before.
	return isRecord(session) && typeof session.regenerate === 'function' ? session.regenerate() : undefined;
}
