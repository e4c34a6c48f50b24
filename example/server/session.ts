import {randomBytes} from 'node:crypto';
import process from 'node:process';
import type Koa from 'koa';
import {createSession} from 'koa-session';

declare module 'koa' {
	interface ExtendableContext {
		session: Session | null;
	}
}

type Session = {
	/** Who is signed in. */
	userId?: number;
	/** The page that was asked for before the sign-in. */
	wantedUrl?: string;
};

/**
 * Keeps the session in a signed cookie: its user can read it, but not change it. A sign-out removes the cookie from the
 * browser, but a stolen copy stays valid. To end that too, keep sessions in a store, and call `ctx.session.regenerate()`
 * when somebody signs in.
 */
export function addSession(app: Koa) {
	// Without a key of your own, every start signs everybody out.
	app.keys = [process.env.SESSION_KEY || randomBytes(32).toString('base64url')];
	app.use(createSession({key: 'nightbook', sameSite: 'lax'}, app));
}
