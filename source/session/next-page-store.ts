import type {Context} from 'koa';
import {SessionMissingError} from '../errors/session.ts';
import type {Visit} from '../protocol/visit.ts';
import {isRecord} from '../support/check-options.ts';
import type {FieldErrors} from '../types.ts';
import {checkCookieSize} from './cookie-size.ts';
import {getBag} from './error-bags.ts';
import {combineMarks, type Marks, noMarks, parseMarks, withoutErrors} from './next-page.ts';

/** The only key of `ctx.session` that this package reads or writes. */
const key = 'inertia';

/**
 * What waits in the session for the next page, as one request sees and changes it.
 *
 * Taken out by a page that is really sent, not by whoever reads it: a redirect, a 409 or a failed render leaves all
 * where it was. What a request adds is kept in memory too, so that a page of the same request needs no session, and
 * that a sign-out which drops the session doesn't drop the order to clear the history.
 */
export class SessionMarks {
	readonly #ctx: Context & {session?: unknown};
	readonly #visit: Visit;
	/** The session when it was last looked at: a handler may put another in its place, of another user. */
	#session: unknown;
	/** What waited in it before this request. */
	#waiting: Marks | undefined;
	/** What is in it now, as far as we wrote it. */
	#saved = noMarks;
	/** Whether the page in the response shows what waited. */
	#isWaitingShown = false;
	/** What this request adds, beside what the page in the response shows of it. */
	#added = noMarks;
	#shownAdded = noMarks;

	constructor(ctx: Context, visit: Visit) {
		this.#ctx = ctx;
		this.#visit = visit;
	}

	add(marks: Marks): void {
		this.#added = combineMarks(this.#added, marks);
		// Now, and not when the answer is known: a session that is saved before that would go without.
		this.#save();
	}

	/** Adds to the errors of this request, where `add` would replace those of the same form. */
	addErrors(bag: string, fields: FieldErrors): void {
		const {errors} = this.#added;
		const before = errors && Object.hasOwn(errors, bag) ? errors[bag] : undefined;
		this.add({errors: {[bag]: {...before, ...fields}}});
	}

	/**
	 * What a page of this request shows. One that is loaded ahead may never be shown, and gets nothing that waits. Nor does
	 * one that stands in for a page which failed; only its history is cleared.
	 */
	forPage(isFailure: boolean): Marks {
		// Also what a page shows that was rendered before: it isn't sent.
		const added = combineMarks(this.#shownAdded, this.#added);
		if (this.#visit.isPrefetch) return added;
		const waiting = this.#look();
		if (!isFailure) return combineMarks(waiting, added);
		return waiting.clearHistory ? {...added, clearHistory: true} : added;
	}

	/** Removes what the page shows, which is in the response now. A HEAD shows nothing of what waits. */
	take(isFailure: boolean): void {
		if (this.#added === noMarks && this.#waiting === noMarks) return;
		if (this.#visit.method !== 'HEAD') {
			this.#shownAdded = combineMarks(this.#shownAdded, this.#added);
			this.#isWaitingShown = !(this.#visit.isPrefetch || isFailure);
		}

		this.#added = noMarks;
		this.#save();
	}

	/**
	 * Keeps for the next page what this answer doesn't show. A promise only where it has to begin a new session.
	 *
	 * @throws {SessionMissingError} when there is something to keep and no session, {SessionSizeError} when a cookie
	 * can't hold it.
	 */
	settle(isPageSent: (ctx: Context) => boolean): unknown {
		const ctx = this.#ctx;
		// Of a form that is sent again, the messages of the attempt before are out of date, seen or not.
		if (isSubmission(this.#visit)) this.#save();
		if ((this.#isWaitingShown || this.#shownAdded !== noMarks) && !isPageSent(ctx)) {
			this.#added = combineMarks(this.#shownAdded, this.#added);
			this.#isWaitingShown = false;
			this.#save();
		}

		if (this.#added === noMarks) return undefined;
		// After a sign-out it is `null`: what the handler leaves for the next page is all that a new session holds.
		const isDropped = ctx.session === null;
		if (isDropped) ctx.session = {};
		const {session} = ctx;
		if (!isRecord(session)) {
			if (ctx.writable) throw new SessionMissingError(Object.keys(this.#added), session);
			return undefined;
		}

		// Again, where the handler has emptied the session, or put another in its place.
		this.#save();
		checkCookieSize(ctx, key);
		// koa-session would keep the id of the one that was dropped, for whoever has copied its cookie.
		return isDropped && typeof session.regenerate === 'function' ? session.regenerate() : undefined;
	}

	/**
	 * Leaves the session as it was, for an answer that is made from an error. Only the order to clear the history stays:
	 * a sign-out that failed half way may have dropped the session already, and clearing once too often costs nothing.
	 */
	undo(): void {
		const {clearHistory} = combineMarks(this.#shownAdded, this.#added);
		this.#added = clearHistory ? {clearHistory} : noMarks;
		this.#shownAdded = noMarks;
		this.#isWaitingShown = false;
		if (this.#waiting !== undefined) this.#save();
	}

	#look(): Marks {
		const {session} = this.#ctx;
		if (this.#waiting === undefined || session !== this.#session) {
			this.#saved = isRecord(session) && Object.hasOwn(session, key) ? parseMarks(session[key]) : noMarks;
			this.#waiting = isSubmission(this.#visit) ? withoutErrors(this.#saved, getBag(this.#visit)) : this.#saved;
			this.#session = session;
			this.#isWaitingShown = false;
		}

		return this.#waiting;
	}

	#save(): void {
		const waiting = this.#look();
		const marks = combineMarks(this.#isWaitingShown ? noMarks : waiting, this.#added);
		const {session} = this.#ctx;
		if (!isRecord(session)) return;
		// What is written anew without a change may differ in the order of its keys, and be sent as another cookie.
		if (marks === this.#saved && (marks === noMarks || Object.hasOwn(session, key))) return;
		this.#saved = marks;
		if (marks === noMarks) delete session[key];
		else session[key] = marks;
	}
}

/** Whether a request sends a form, and doesn't only ask whether it could. */
export function isSubmission({isPrecognition, method}: Visit): boolean {
	return method !== 'GET' && method !== 'HEAD' && !isPrecognition;
}
