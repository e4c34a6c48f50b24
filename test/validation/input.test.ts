import {once} from 'node:events';
import {connect, createServer} from 'node:http2';
import type {AddressInfo} from 'node:net';
import {bodyParser} from '@koa/bodyparser';
import type {StandardSchemaV1} from '@standard-schema/spec';
import test, {type ExecutionContext} from 'ava';
import Koa, {type Context} from 'koa';
import {inertia} from 'koa-inertia';
import {BodyMissingError} from 'koa-inertia/errors';
import {z} from 'zod';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const schema = z.object({title: z.string().min(1, 'Give it a title.')});
const anything: StandardSchemaV1 = {'~standard': {version: 1, vendor: 'plain', validate: value => ({value})}};

/** Answers with what `validate` gives. */
const createEcho = (t: ExecutionContext, used: StandardSchemaV1, ...input: unknown[]): Promise<RunningApp> =>
	createSessionApp(t, async ctx => {
		ctx.body = {value: await ctx.inertia.validate(used, ...input)};
		// For a HEAD, whose body isn't sent.
		ctx.set('X-Value', JSON.stringify(ctx.body));
	});

test('the input of a GET and of a HEAD is the query', async t => {
	const {agent} = await createEcho(t, anything);
	const value = {page: '2', tag: ['a', 'b']};
	t.deepEqual((await agent.get('/?page=2&tag=a&tag=b').send({page: 3})).body, {value});
	t.is((await agent.head('/?page=2&tag=a&tag=b')).headers['x-value'], JSON.stringify({value}));
});

test('the input of a plain form is its fields', async t => {
	const {agent} = await createEcho(t, anything);
	const {body} = await agent.post('/?page=2').type('form').send('user[name]=Ada&tags[]=a&tags[]=b');
	t.deepEqual(body, {value: {user: {name: 'Ada'}, tags: ['a', 'b']}});
});

for (const method of ['post', 'get', 'delete'] as const) {
	test(`input that is given to \`validate\` takes the place of that of a ${method.toUpperCase()}`, async t => {
		for (const own of [{title: 'own'}, null, '', 0]) {
			const {agent} = await createEcho(t, anything, own);
			t.deepEqual((await agent[method]('/?title=query').send({title: 'sent'})).body, {value: own});
		}
	});
}

test('a DELETE has input where the body parser reads its body', async t => {
	const handler = async (ctx: Context) => {
		ctx.body = await ctx.inertia.validate(schema);
	};
	const parsing = await createApp(t, {version: null}, handler, app => {
		app.use(bodyParser({parsedMethods: ['POST', 'PUT', 'PATCH', 'DELETE']}));
	});
	t.deepEqual((await parsing.agent.delete('/').send({title: 'Moon'})).body, {title: 'Moon'});

	const {agent, errors} = await createSessionApp(t, handler);
	t.is((await agent.delete('/').send({title: 'Moon'})).status, 500);
	t.true(errors[0] instanceof BodyMissingError);
	t.regex((errors[0] as Error).message, /in a DELETE request with application\/json\..*`parsedMethods`/);
});

test('without a body parser `validate` fails with `ERR_INERTIA_BODY_MISSING`, which names those to use', async t => {
	const {agent, errors} = await createApp(t, {version: null}, async ctx => {
		await ctx.inertia.validate(schema);
	});
	t.is((await agent.post('/').send({title: 'Moon'})).status, 500);
	t.is((await agent.post('/').field('title', 'Moon')).status, 500);
	for (const [index, received] of ['application/json', 'multipart/form-data'].entries()) {
		t.true(errors[index] instanceof BodyMissingError);
		t.like(errors[index], {code: 'ERR_INERTIA_BODY_MISSING'});
		t.regex(
			(errors[index] as Error).message,
			new RegExp(`in a POST request with ${received}\\..*@koa/bodyparser.*@koa/multer`),
		);
	}
});

test('a request without a body has no input, with and without a body parser', async t => {
	const optional = z.object({title: z.string().optional()});
	const withoutParser = await createApp(t, {version: null}, async ctx => {
		ctx.body = {value: await ctx.inertia.validate(optional)};
	});
	for (const {agent} of [withoutParser, await createEcho(t, optional)]) {
		for (const method of ['post', 'put', 'delete'] as const) {
			t.deepEqual((await agent[method]('/')).body, {value: {}});
		}
	}
});

test('a body that the parser leaves unread fails with `ERR_INERTIA_BODY_MISSING`, not with an empty form', async t => {
	const {agent, errors} = await createEcho(t, z.object({title: z.string().optional()}));
	t.is((await agent.post('/').field('title', 'Moon')).status, 415);
	t.is((await agent.post('/').type('text/plain').send('title')).status, 415);
	t.deepEqual(
		errors.map(error => (error as BodyMissingError).code),
		['ERR_INERTIA_BODY_MISSING', 'ERR_INERTIA_BODY_MISSING'],
	);
	t.regex((errors[0] as Error).message, /multipart\/form-data.*@koa\/multer/);
	t.deepEqual((await agent.post('/').send({})).body, {value: {}});
});

test('an input of `undefined`, such as a missing upload, is validated as it is', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.body = await ctx.inertia.validate(z.object({photo: z.string()}, 'Choose a photo.'), undefined);
	});
	const {status, body} = await agent.post('/').set('Accept', 'application/json').send({photo: 'moon.jpg'});
	t.is(status, 422);
	t.deepEqual(body.errors, {form: ['Choose a photo.']});
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
