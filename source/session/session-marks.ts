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
	/** What waited when the session was first looked at. */
	#before: Marks | undefined;
	#own = noMarks;
	/** What the page in the response shows. */
	#shown = noMarks;

	constructor(ctx: Context) {
		this.#ctx = ctx;
	}

	add(marks: Marks): void {
		this.#own = combineMarks(this.#own, marks);
		// Now, and not when the answer is known: a session that is saved before that would go without.
		this.#write(combineMarks(this.#read(), this.#own));
	}

	/** Adds to the errors of this request, where `add` would replace those of the same form. */
	addErrors(bag: string, fields: FieldErrors): void {
		const own = this.#own.errors;
		const before = own && Object.hasOwn(own, bag) ? own[bag] : undefined;
		this.add({errors: {[bag]: {...before, ...fields}}});
	}

	/** What a page of this request shows. One that is loaded ahead may never be shown, and gets nothing that waits. */
	forPage({isPrefetch}: Visit): Marks {
		const waiting = isPrefetch ? this.#own : combineMarks(this.#read(), this.#own);
		// A page that was rendered before in this request isn't sent.
		return combineMarks(this.#shown, waiting);
	}

	/** Takes out what the page shows, which is in the response now. */
	take(visit: Visit): void {
		if (this.#own === noMarks && this.#before === noMarks) return;
		const isSeen = visit.method !== 'HEAD';
		if (isSeen) this.#shown = this.forPage(visit);
		this.#own = noMarks;
		this.#write(isSeen && !visit.isPrefetch ? noMarks : this.#getBefore());
	}

	/**
	 * Keeps for the next page what this answer doesn't show.
	 *
	 * @throws {SessionMissingError} when there is something to keep and no session, {SessionSizeError} when a cookie
	 * can't hold it.
	 */
	settle(isPageSent: (ctx: Context) => boolean): void {
		if (this.#shown !== noMarks && !isPageSent(this.#ctx)) this.#own = combineMarks(this.#shown, this.#own);
		if (this.#own === noMarks) return;
		const ctx = this.#ctx;
		const marks = combineMarks(this.#read(), this.#own);
		if (isRecord(ctx.session)) this.#write(marks);
		// Dropped by the handler, as at a sign-out: what it leaves for the next page is all that a new one holds.
		else if (ctx.session === null) ctx.session = {[key]: marks};
		else if (ctx.writable) throw new SessionMissingError(Object.keys(this.#own));
		checkCookieSize(ctx, key);
	}

	/** Leaves all as it was, for an answer that is made from an error. */
	undo(): void {
		if (this.#before !== undefined) this.#write(this.#before);
		this.#own = noMarks;
		this.#shown = noMarks;
	}

	#getBefore(): Marks {
		this.#read();
		return this.#before ?? noMarks;
	}

	#read(): Marks {
		const {session} = this.#ctx;
		const marks = isRecord(session) && Object.hasOwn(session, key) ? parseMarks(session[key]) : noMarks;
		this.#before ??= marks;
		return marks;
	}

	#write(marks: Marks): void {
		const {session} = this.#ctx;
		if (!isRecord(session)) return;
		if (marks !== noMarks) session[key] = marks;
		else if (Object.hasOwn(session, key)) delete session[key];
	}
}
