import {once} from 'node:events';
import {connect, createServer} from 'node:http2';
import type {AddressInfo} from 'node:net';
import test from 'ava';
import Koa from 'koa';
import {type FieldErrors, inertia, OptionError, ValidationError} from 'koa-inertia';
import {BodyMissingError} from 'koa-inertia/errors';
import {z} from 'zod';
import {createSessionApp} from '../helpers/session-app.ts';

const given: Array<[given: FieldErrors, errors: FieldErrors]> = [
	[{}, {form: 'The input is not valid.'}],
	[{email: []}, {form: 'The input is not valid.'}],
	[{email: [], name: 'Name?'}, {name: 'Name?'}],
];
for (const [messages, errors] of given) {
	test(`a \`ValidationError\` of ${JSON.stringify(messages)} has messages to show`, async t => {
		t.deepEqual(new ValidationError(messages).errors, errors);
		const {client} = await createSessionApp(
			t,
			async ctx => {
				if (ctx.method === 'POST') throw new ValidationError(messages);
				await ctx.inertia.render('Form');
			},
			{views: 'test/conformance/views'},
		);
		await client.open('/');
		t.deepEqual((await client.visit('/', {method: 'post'})).page.props.errors, errors);
	});
}

test('a `ValidationError` takes messages only', t => {
	const wrong = {email: 42} as unknown as FieldErrors;
	t.throws(() => new ValidationError(wrong), {instanceOf: OptionError, message: /received 42 for `email`/});
});

test('an input of `undefined`, such as a missing upload, is validated as it is', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.body = await ctx.inertia.validate(z.object({photo: z.string()}, 'Choose a photo.'), undefined);
	});
	const {status, body} = await agent.post('/').set('Accept', 'application/json').send({photo: 'moon.jpg'});
	t.is(status, 422);
	t.deepEqual(body.errors, {form: ['Choose a photo.']});
});

test('what described an answer that was begun is not on the answer to wrong input', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.set({'Content-Disposition': 'attachment', 'Content-Encoding': 'gzip', ETag: '"a"', 'Cache-Control': 'public'});
		ctx.set('Content-Security-Policy', "default-src 'self'");
		await ctx.inertia.validate(z.object({title: z.string()}));
	});
	for (const accept of ['application/json', 'text/html']) {
		const {status, headers} = await agent.post('/').set('Accept', accept).send({});
		t.is(status, accept === 'text/html' ? 302 : 422);
		for (const name of ['content-disposition', 'content-encoding', 'etag', 'cache-control']) {
			t.is(headers[name], undefined, name);
		}

		t.is(headers['content-security-policy'], "default-src 'self'");
		t.is(headers.vary, 'X-Inertia, Precognition, Accept');
	}
});

test('over HTTP/2 a body of no length that nothing has parsed is missed, and none is none', async t => {
	const errors: unknown[] = [];
	const app = new Koa().on('error', error => errors.push(error));
	app.use(inertia({version: null}));
	app.use(async ctx => {
		ctx.body = await ctx.inertia.validate(z.object({title: z.string().optional()}));
	});
	const server = createServer(app.callback()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	t.teardown(() => {
		session.destroy();
		server.close();
	});

	const post = async (body?: string): Promise<number> => {
		const request = session.request({':method': 'POST', ':path': '/'}, {endStream: body === undefined});
		request.end(body);
		const [headers] = await once(request, 'response');
		request.resume();
		return headers[':status'];
	};

	t.is(await post('{"title": "Moon"}'), 500);
	t.true(errors[0] instanceof BodyMissingError);
	t.is(await post(), 200);
});
