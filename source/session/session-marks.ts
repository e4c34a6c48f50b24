import type {Context} from 'koa';
import {isRecord} from '../check-options.ts';
import {SessionMissingError} from '../errors.ts';
import type {FieldErrors} from '../types.ts';
import type {Visit} from '../visit.ts';
import {checkCookieSize} from './cookie-size.ts';
import {combineMarks, type Marks, noMarks, parseMarks} from './marks.ts';

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
	/** The session when it was last looked at: a handler may put another in its place, of another user. */
	#session: unknown;
	/** What waited in it before this request. */
	#before: Marks | undefined;
	/** What is in it now. */
	#saved = noMarks;
	/** Whether the page in the response shows what waited. */
	#isTaken = false;
	/** What this request adds, beside what the page in the response shows of it. */
	#own = noMarks;
	#shownOwn = noMarks;

	constructor(ctx: Context) {
		this.#ctx = ctx;
	}

	add(marks: Marks): void {
		this.#own = combineMarks(this.#own, marks);
		// Now, and not when the answer is known: a session that is saved before that would go without.
		this.#save();
	}

	/** Adds to the errors of this request, where `add` would replace those of the same form. */
	addErrors(bag: string, fields: FieldErrors): void {
		const own = this.#own.errors;
		const before = own && Object.hasOwn(own, bag) ? own[bag] : undefined;
		this.add({errors: {[bag]: {...before, ...fields}}});
	}

	/** What a page of this request shows. One that is loaded ahead may never be shown, and gets nothing that waits. */
	forPage({isPrefetch}: Visit): Marks {
		// Also what a page shows that was rendered before: it isn't sent.
		const own = combineMarks(this.#shownOwn, this.#own);
		return isPrefetch ? own : combineMarks(this.#look(), own);
	}

	/** Takes out what the page shows, which is in the response now. Of a HEAD nobody sees it. */
	take({isPrefetch, method}: Visit): void {
		if (this.#own === noMarks && this.#before === noMarks) return;
		if (method !== 'HEAD') {
			this.#shownOwn = combineMarks(this.#shownOwn, this.#own);
			this.#isTaken = !isPrefetch;
		}

		this.#own = noMarks;
		this.#save();
	}

	/**
	 * Keeps for the next page what this answer doesn't show.
	 *
	 * @throws {SessionMissingError} when there is something to keep and no session, {SessionSizeError} when a cookie
	 * can't hold it.
	 */
	settle(isPageSent: (ctx: Context) => boolean): void {
		const ctx = this.#ctx;
		if ((this.#isTaken || this.#shownOwn !== noMarks) && !isPageSent(ctx)) {
			this.#own = combineMarks(this.#shownOwn, this.#own);
			this.#isTaken = false;
			this.#save();
		}

		if (this.#own === noMarks) return;
		// `null` after a sign-out: what the handler leaves for the next page is all that a new session holds.
		if (ctx.session === null) ctx.session = {};
		else if (!isRecord(ctx.session) && ctx.writable) throw new SessionMissingError(Object.keys(this.#own));
		// Again, where the handler has put another session in the place of the first.
		this.#save();
		checkCookieSize(ctx, key);
	}

	/** Leaves the session as it was, for an answer that is made from an error. */
	undo(): void {
		this.#own = noMarks;
		this.#shownOwn = noMarks;
		this.#isTaken = false;
		if (this.#before !== undefined) this.#save();
	}

	#look(): Marks {
		const {session} = this.#ctx;
		if (this.#before === undefined || session !== this.#session) {
			this.#before = isRecord(session) && Object.hasOwn(session, key) ? parseMarks(session[key]) : noMarks;
			this.#saved = this.#before;
			this.#session = session;
			this.#isTaken = false;
		}

		return this.#before;
	}

	#save(): void {
		const before = this.#look();
		const marks = combineMarks(this.#isTaken ? noMarks : before, this.#own);
		const {session} = this.#ctx;
		// What is written anew without a change may differ in the order of its keys, and be sent as another cookie.
		if (marks === this.#saved || !isRecord(session)) return;
		this.#saved = marks;
		if (marks === noMarks) delete session[key];
		else session[key] = marks;
	}
}
