import type {Context} from 'koa';
import {SessionMissingError} from '../errors/session.ts';
import {resolveReference} from '../protocol/site-url.ts';
import {isSubmission, type Visit} from '../protocol/visit.ts';
import {isRecord} from '../support/check-options.ts';
import {isThenable} from '../support/thenable.ts';
import type {FieldErrors, MaybePromise} from '../types.ts';
import {beginSession} from './begin-session.ts';
import {checkCookieSize} from './cookie-size.ts';
import {getBag, halveErrors} from './error-bags.ts';
import {combineNextPages, emptyNextPage, type NextPage, parseNextPage, withoutErrors} from './next-page.ts';

/** The only key of `ctx.session` that this package reads or writes. */
const key = 'inertia';

/** What has become of the response. */
interface Outcome {
	/** Whether a page that was put into the response is still there, and somebody to get it. */
	isPageSent(ctx: Context): boolean;
	/** The path that the response redirects to, on this site. */
	getRedirectPath(ctx: Context): string | undefined;
}

/**
 * Flash, errors and history orders for the next page, as one request sees and changes them.
 *
 * They leave the session with a page that is really sent, and not when somebody reads them: a redirect, a 409 or a failed
 * render leaves them there. The orders of this request are kept in memory too, so that a page of the same request needs no
 * session, and a sign-out that drops the session doesn't drop the order to clear the history.
 *
 * | | orders of earlier requests | orders of this request |
 * | --- | --- | --- |
 * | at first | `#waiting`, in the session | none |
 * | `add`, `addErrors` | – | `#added`, in the session too |
 * | `markShown`: a page in the response shows them | `#isWaitingShown`, out of the session | `#added` → `#shown`, out of the session |
 * | `commit`, the page is sent | gone | gone; what was added after the page stays in the session |
 * | `commit`, the page was replaced | back in the session | `#shown` → `#added`, back in the session |
 * | `rollBack`: the handler failed | back in the session | gone, but for `clearHistory` |
 */
export class NextPageStore {
	readonly #ctx: Context & {session?: unknown};
	readonly #visit: Visit;
	/** The session at the last look. A handler may put another one in its place, of another user. */
	#session: unknown;
	/** The orders of earlier requests; `undefined` until the session is read. */
	#waiting: NextPage | undefined;
	/** What this object last wrote into the session. */
	#saved = emptyNextPage;
	/** Whether the page in the response shows the orders of earlier requests. */
	#isWaitingShown = false;
	/** The orders of this request that no page in the response shows. */
	#added = emptyNextPage;
	/** The orders of this request that the page in the response shows. */
	#shown = emptyNextPage;

	constructor(ctx: Context, visit: Visit) {
		this.#ctx = ctx;
		this.#visit = visit;
	}

	/** Adds orders for the next page. */
	add(nextPage: NextPage): void {
		this.#added = combineNextPages(this.#added, nextPage);
		// The session is written now and not at the end: one that is saved before that would go without.
		this.#save();
	}

	/** Adds to the errors that this request has given the same form; `add` would replace them. */
	addErrors(bag: string, fields: FieldErrors): void {
		const {errors} = this.#added;
		const before = errors && Object.hasOwn(errors, bag) ? errors[bag] : undefined;
		this.add({errors: {[bag]: {...before, ...fields}}});
	}

	/**
	 * Gives what a page of this request shows.
	 *
	 * A prefetched page may never be shown, so it gets nothing of earlier requests. A partial reload gets it only at the
	 * path where a redirect has led to: it may be the poll of another tab. A page that replaces one which failed
	 * gets only their order to clear the history: the rest belongs to the page that failed.
	 */
	peek(replacesFailedPage: boolean): NextPage {
		// A page that was rendered earlier in this request is replaced by this one, which shows the same.
		const own = combineNextPages(this.#shown, this.#added);
		const waiting = this.#readSession();
		if (!this.#isFor(waiting)) return own;
		if (!replacesFailedPage) return combineNextPages(waiting, own);
		return waiting.clearHistory ? {...own, clearHistory: true} : own;
	}

	/** Takes out of the session what the page shows that is in the response now. A HEAD shows nothing. */
	markShown(replacesFailedPage: boolean): void {
		if (this.#added === emptyNextPage && this.#waiting === emptyNextPage) return;
		if (this.#visit.method !== 'HEAD') {
			this.#shown = combineNextPages(this.#shown, this.#added);
			this.#isWaitingShown = !replacesFailedPage && this.#isFor(this.#readSession());
		}

		this.#added = emptyNextPage;
		this.#save();
	}

	/**
	 * Keeps in the session what this response doesn't show. Gives a promise only where a new session has to begin.
	 *
	 * @throws {SessionMissingError} when there is something to keep and no session, {SessionSizeError} when a cookie
	 * can't hold a flash.
	 */
	commit({isPageSent, getRedirectPath}: Outcome): MaybePromise<void> {
		const ctx = this.#ctx;
		// When a form is sent again, the messages of the attempt before are out of date, whether they were seen or not.
		if (isSubmission(this.#visit)) this.#save();
		if ((this.#isWaitingShown || this.#shown !== emptyNextPage) && !isPageSent(ctx)) {
			this.#added = combineNextPages(this.#shown, this.#added);
			this.#isWaitingShown = false;
			this.#save();
		}

		const path = this.#hasSomethingToKeep ? getRedirectPath(ctx) : undefined;
		if (path !== undefined) this.#address(path);
		if (this.#added === emptyNextPage) return undefined;
		// After a sign-out the session is `null`. The new one holds only what the handler leaves for the next page.
		return ctx.session === null ? beginSession(ctx, () => this.#keepAdded()) : this.#keepAdded();
	}

	/**
	 * Leaves the session as it was, for a response that is made from an error. Only the order to clear the history stays:
	 * a sign-out that failed half way may have dropped the session already, and clearing once too often costs nothing.
	 */
	rollBack(): void {
		const {clearHistory} = combineNextPages(this.#shown, this.#added);
		this.#added = clearHistory ? {clearHistory} : emptyNextPage;
		this.#shown = emptyNextPage;
		this.#isWaitingShown = false;
		if (this.#waiting !== undefined) this.#save();
	}

	/** Whether the page of this request shows what earlier requests have left. */
	#isFor({path}: NextPage): boolean {
		const {isPrefetch, partialComponent} = this.#visit;
		return !isPrefetch && (partialComponent === '' || path === undefined || isOwnPath(this.#ctx, path));
	}

	get #hasSomethingToKeep(): boolean {
		return this.#added !== emptyNextPage || (this.#waiting !== undefined && this.#waiting !== emptyNextPage);
	}

	/** Keeps the path of the page that a redirect leads to, which may be a redirect itself. */
	#address(path: string): void {
		if (this.#added !== emptyNextPage) {
			this.#added = {...this.#added, path};
		} else if (this.#waiting?.path !== undefined && !this.#isWaitingShown && isOwnPath(this.#ctx, this.#waiting.path)) {
			this.#waiting = {...this.#waiting, path};
			this.#save();
		}
	}

	#keepAdded(): void {
		const {session} = this.#ctx;
		if (!isSession(session)) {
			if (this.#ctx.writable) throw new SessionMissingError(listOrders(this.#added), session);
			return;
		}

		// The handler may have emptied the session, or put another one in its place, since the last write.
		this.#save();
		this.#fitIntoCookie();
	}

	/** Leaves out errors until the session fits into its cookie: wrong input must not become an error of the server. */
	#fitIntoCookie(): void {
		try {
			checkCookieSize(this.#ctx, key);
		} catch (error) {
			const {errors, ...others} = this.#added;
			if (!errors) throw error;
			const fewer = halveErrors(errors);
			this.#added = fewer ? {...others, errors: fewer} : Object.keys(others).length > 0 ? others : emptyNextPage;
			this.#save();
			if (!fewer) this.#ctx.app.emit('error', error, this.#ctx);
			this.#fitIntoCookie();
		}
	}

	#readSession(): NextPage {
		const {session} = this.#ctx;
		if (this.#waiting === undefined || session !== this.#session) {
			this.#saved = isSession(session) && Object.hasOwn(session, key) ? parseNextPage(session[key]) : emptyNextPage;
			this.#waiting = isSubmission(this.#visit) ? withoutErrors(this.#saved, getBag(this.#visit)) : this.#saved;
			this.#session = session;
			this.#isWaitingShown = false;
		}

		return this.#waiting;
	}

	#save(): void {
		const waiting = this.#readSession();
		const kept = combineNextPages(this.#isWaitingShown ? emptyNextPage : waiting, this.#added);
		const {session} = this.#ctx;
		if (!isSession(session)) return;
		// We don't write an unchanged value: with another order of keys koa-session would send the cookie again.
		if (kept === this.#saved && (kept === emptyNextPage || Object.hasOwn(session, key))) return;
		this.#saved = kept;
		if (kept === emptyNextPage) delete session[key];
		else session[key] = kept;
	}
}

/** Whether there is a session to write to. One that has to be waited for, as koa-generic-session may give it, is none. */
function isSession(session: unknown): session is Record<string, unknown> {
	return isRecord(session) && !isThenable(session);
}

function listOrders({path: _, ...orders}: NextPage): string[] {
	return Object.keys(orders);
}

/** A proxy may take the beginning off the path, and redirects name the whole one. */
function isOwnPath(ctx: Context, path: string): boolean {
	const own = resolveReference(ctx, '')?.url.pathname ?? '/';
	return path === own || (own !== '/' && path.endsWith(own));
}
