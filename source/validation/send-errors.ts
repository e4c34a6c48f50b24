import type {Context} from 'koa';
import {listMessages} from '../errors/field-messages.ts';
import {clearAnswer} from '../protocol/respond.ts';
import type {FieldErrors} from '../types.ts';

/** Answers with 422 and the errors as JSON, in the shape that the client's forms read. */
export function sendErrors(ctx: Context, errors: FieldErrors): void {
	const lists = listMessages(errors);
	clearAnswer(ctx);
	ctx.status = 422;
	ctx.body = {message: String(lists[0]?.[1]?.[0] ?? ''), errors: Object.fromEntries(lists)};
}
