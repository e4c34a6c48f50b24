import type {Context} from 'koa';
import {SessionSizeError} from '../errors/session.ts';
import {isRecord} from '../support/check-options.ts';

/** Bytes of name and value together above which browsers drop a cookie without a word. */
const cookieLimit = 4096;

/**
 * Checks that a session in a cookie still fits into it. Without this check the flash and the sign-in are gone, and nobody
 * says why.
 *
 * Only koa-session says where it keeps its sessions, in `ctx.sessionOptions`. Other sessions are not checked.
 *
 * @throws {SessionSizeError}
 */
export function checkCookieSize(ctx: Context & {session?: unknown; sessionOptions?: unknown}, key: string): void {
	const {session, sessionOptions} = ctx;
	if (!isRecord(sessionOptions) || sessionOptions.store || sessionOptions.ContextStore) return;
	const {encode, key: name, maxAge} = sessionOptions;
	if (typeof encode !== 'function' || typeof name !== 'string' || !isRecord(session)) return;
	const data: unknown = JSON.parse(JSON.stringify(session));
	// koa-session adds these members before it writes the cookie.
	const added = maxAge === 'session' ? {_session: true} : {_expire: Date.now(), _maxAge: maxAge || 86_400_000};
	const size = name.length + 1 + String(encode({...(isRecord(data) && data), ...added})).length;
	if (size > cookieLimit)
		throw new SessionSizeError(size, cookieLimit, Buffer.byteLength(JSON.stringify(session[key])));
}
