import type {Context} from 'koa';
import {BodyMissingError} from '../errors.ts';

/**
 * What the request sends to be validated: the query of a GET, else the parsed body.
 *
 * @throws {BodyMissingError} when nothing has parsed the body.
 */
export function readInput(ctx: Context & {request: {body?: unknown}}): unknown {
	if (ctx.method === 'GET' || ctx.method === 'HEAD') return ctx.query;
	const {body} = ctx.request;
	if (body !== undefined) return body;
	const type = ctx.request.type || 'no content type';
	throw new BodyMissingError(
		`\`ctx.inertia.validate\` found no \`ctx.request.body\` in a ${ctx.method} request with ${type}. Use a body parser before the handler: \`app.use(bodyParser())\` of @koa/bodyparser (its option \`parsedMethods\` names more than POST, PUT and PATCH), @koa/multer for files. Or give the input: \`ctx.inertia.validate(schema, input)\`.`,
	);
}
