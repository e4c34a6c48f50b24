import type {Context} from 'koa';
import type {Visit} from '../protocol/visit.ts';
import {SessionMarks} from './next-page-store.ts';

interface MarksHolder {
	readonly visit: Visit;
	marks: SessionMarks | undefined;
}

/** The marks of a request, made when they are first asked for. */
export function getMarks(ctx: Context, state: MarksHolder): SessionMarks {
	state.marks ??= new SessionMarks(ctx, state.visit);
	return state.marks;
}

/** The same where there may be any; `undefined` spares a request without a session what they cost. */
export function findMarks(ctx: Context & {session?: unknown}, state: MarksHolder): SessionMarks | undefined {
	return state.marks || ctx.session !== undefined ? getMarks(ctx, state) : undefined;
}
