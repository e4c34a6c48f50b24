import {Http2ServerRequest} from 'node:http2';
import type {Context} from 'koa';
import {BodyMissingError} from '../errors/validation.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * What the request sends to be validated: the query of a GET, or of a DELETE without a body; else the parsed body, `{}`
 * where there is none.
 *
 * @throws {BodyMissingError} when there is a body, and nothing has parsed it.
 */
export function readInput(ctx: Context & {request: {body?: unknown}}): unknown {
	if (ctx.method === 'GET' || ctx.method === 'HEAD') return ctx.query;
	const {body} = ctx.request;
	const isEmpty = body === undefined || (isRecord(body) && Object.keys(body).length === 0);
	if (!isEmpty) return body;
	// A parser gives `{}` for a content type that it doesn't know, and leaves the body where it is.
	const isRead = body !== undefined && ctx.req.readableDidRead;
	// The client's forms validate a DELETE by its query, although a visit sends the same data as its body.
	if (!sendsBody(ctx)) return ctx.method === 'DELETE' ? ctx.query : {};
	if (isRead) return {};
	throw new BodyMissingError(
		`\`ctx.inertia.validate\` found no parsed body in a ${ctx.method} request with ${ctx.request.type || 'no content type'}. Use a body parser before the handler: \`app.use(bodyParser())\` of @koa/bodyparser for JSON and forms (its option \`parsedMethods\` names more than POST, PUT and PATCH), @koa/multer for multipart/form-data. Or give the input: \`ctx.inertia.validate(schema, input)\`.`,
		body === undefined ? 500 : 415,
	);
}

function sendsBody({req}: Context): boolean {
	const {'transfer-encoding': encoding, 'content-length': length} = req.headers;
	// HTTP/2 may name neither: there the first frame says whether others come.
	if (length === undefined && req instanceof Http2ServerRequest) return !req.stream.endAfterHeaders;
	return encoding !== undefined || Number(length ?? 0) > 0;
}
