import type {ServerHttp2Stream} from 'node:http2';
import type {Context} from 'koa';
import {BodyMissingError} from '../errors/validation.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * Reads the input that a request sends: the query of a GET, of a HEAD and of a DELETE without a body; else the parsed
 * body, or `{}` when there is no body.
 *
 * @throws {BodyMissingError} when the request has a body that nothing has parsed.
 */
export function readInput(ctx: Context & {request: {body?: unknown}}): unknown {
	if (ctx.method === 'GET' || ctx.method === 'HEAD') return ctx.query;
	const {body} = ctx.request;
	const isEmpty = body === undefined || (isRecord(body) && Object.keys(body).length === 0);
	if (!isEmpty) return body;
	// A parser gives `{}` for a content type that it doesn't know, and doesn't read the body then.
	const isRead = body !== undefined && ctx.req.readableDidRead;
	// The client's forms send the input of a precognition DELETE in its query, although a visit has it in its body.
	if (!sendsBody(ctx)) return ctx.method === 'DELETE' ? ctx.query : {};
	if (isRead) return {};
	throw new BodyMissingError(
		`\`ctx.inertia.validate\` found no parsed body in a ${ctx.method} request with ${ctx.request.type || 'no content type'}. Use a body parser before the handler: \`app.use(bodyParser())\` of @koa/bodyparser for JSON and forms (its option \`parsedMethods\` names more than POST, PUT and PATCH), @koa/multer for multipart/form-data. Or give the input: \`ctx.inertia.validate(schema, input)\`.`,
		body === undefined ? 500 : 415,
	);
}

function sendsBody({req}: Context): boolean {
	const {'transfer-encoding': encoding, 'content-length': length} = req.headers;
	// An HTTP/2 request may have neither header: its first frame says whether a body follows.
	// We look for its stream, because the module of the class takes long to load at the start of every application.
	const {stream} = req as typeof req & {readonly stream?: ServerHttp2Stream};
	if (length === undefined && stream) return !stream.endAfterHeaders;
	return encoding !== undefined || Number(length ?? 0) > 0;
}
