import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import {ValidationError} from 'koa-inertia';
import {client as precognition} from 'laravel-precognition';
import {z} from 'zod';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const schema = z.object({title: z.string().min(3, 'Longer.'), name: z.string().min(1, 'Name?')});
const valid = {title: 'Moon', name: 'Ada'};
const invalid = {title: 'a', name: ''};
const headers = {Accept: 'application/json', Precognition: 'true'};
const validate = (ctx: Context): Promise<void> => ctx.inertia.validate(schema).then(() => undefined);

test('precognition needs no session', async t => {
	const {agent, errors} = await createApp(t, {version: null}, async ctx => {
		await ctx.inertia.validate(schema, ctx.query);
	});
	t.is((await agent.post('/?title=Moon&name=Ada').set(headers)).status, 204);
	t.is((await agent.post('/?title=a').set(headers)).status, 422);
	t.deepEqual(errors, []);
});

test('a precognitive GET or HEAD validates the query', async t => {
	const {agent} = await createSessionApp(t, validate);
	for (const method of ['get', 'head'] as const) {
		const right = await agent[method]('/?title=Moon&name=Ada').set(headers);
		t.is(right.status, 204);
		t.is(right.headers['precognition-success'], 'true');
		const wrong = await agent[method]('/?title=a&name=Ada').set(headers);
		t.is(wrong.status, 422);
		t.is(wrong.headers['precognition-success'], undefined);
		if (method === 'get') t.deepEqual(wrong.body.errors, {title: ['Longer.']});
		else t.falsy(wrong.text);
	}
});

for (const value of ['false', '', '1', 'TRUE']) {
	test(`a request with \`Precognition: ${value}\` is an ordinary one`, async t => {
		let writes = 0;
		const {agent} = await createSessionApp(t, async ctx => {
			await ctx.inertia.validate(schema);
			writes += 1;
			ctx.body = 'saved';
		});
		const sent = {...headers, Precognition: value, 'Precognition-Validate-Only': 'name'};
		const right = await agent.post('/').set(sent).send(valid);
		t.is(right.text, 'saved');
		t.is(right.headers.precognition, undefined);
		t.is(writes, 1);
		const wrong = await agent.post('/').set(sent).send(invalid);
		t.deepEqual(wrong.body, {message: 'Longer.', errors: {title: ['Longer.'], name: ['Name?']}});
		t.is(wrong.headers.precognition, undefined);
		t.is(writes, 1);
	});
}

test('an error that the handler throws before `validate` keeps its status, also with an error page', async t => {
	for (const status of [401, 403, 404, 500]) {
		const {agent, errors} = await createSessionApp(
			t,
			async ctx => {
				ctx.throw(status, 'not for you', {headers: {'WWW-Authenticate': 'Basic'}});
				await ctx.inertia.validate(schema);
			},
			{errorPage: 'Error'},
		);
		const response = await agent.post('/').set(headers).send(valid);
		t.is(response.status, status);
		t.is(response.text, status === 500 ? 'Internal Server Error' : 'not for you');
		t.is(response.headers['www-authenticate'], 'Basic');
		t.is(response.headers['precognition-success'], undefined);
		t.is(errors.length, 1);
	}
});

test('a handler that catches what ends it changes nothing of the answer', async t => {
	const {agent, errors} = await createSessionApp(t, async ctx => {
		const input = await ctx.inertia.validate(schema).catch(() => undefined);
		ctx.inertia.flash({message: 'Saved.'});
		ctx.status = 500;
		ctx.body = {input};
		if (ctx.query.fails) throw new Error('after');
	});
	for (const path of ['/', '/?fails=1']) {
		const right = await agent.post(path).set(headers).send(valid);
		t.is(right.status, 204);
		t.is(right.headers['precognition-success'], 'true');
		t.is(right.headers['set-cookie'], undefined);
		const wrong = await agent.post(path).set(headers).send(invalid);
		t.is(wrong.status, 422);
		t.deepEqual(wrong.body.errors, {title: ['Longer.'], name: ['Name?']});
	}
	// Nothing else would tell of what fails after it.
	t.deepEqual(
		errors.map(error => (error as Error).message),
		['after', 'after'],
	);
});

test('with `X-Inertia` too a request is precognitive first', async t => {
	const {agent} = await createSessionApp(t, validate);
	const send = (data: object) =>
		agent
			.post('/')
			.set({...headers, 'X-Inertia': 'true', Referer: '/form', 'X-Inertia-Error-Bag': 'create'})
			.send(data);
	const right = await send(valid);
	t.is(right.status, 204);
	t.is(right.headers['precognition-success'], 'true');
	t.is(right.headers.location, undefined);
	const wrong = await send(invalid);
	t.is(wrong.status, 422);
	t.deepEqual(wrong.body.errors, {title: ['Longer.'], name: ['Name?']});
	t.is(wrong.headers['x-inertia'], undefined);
});

test('`Accept: text/html` makes no page of a precognitive answer', async t => {
	const {agent} = await createSessionApp(t, validate);
	const {status, body} = await agent
		.post('/')
		.set({...headers, Accept: 'text/html'})
		.send(invalid);
	t.is(status, 422);
	t.deepEqual(body.errors, {title: ['Longer.'], name: ['Name?']});
});

test('a `ValidationError` of the application answers a precognitive request, for the fields that it asks for', async t => {
	const {agent} = await createSessionApp(t, () => {
		throw new ValidationError({name: 'Taken.', mail: ['No address.', 'Taken.']});
	});
	const send = (only: string) => agent.post('/').set({...headers, 'Precognition-Validate-Only': only});
	t.deepEqual((await send('name')).body, {message: 'Taken.', errors: {name: ['Taken.']}});
	t.deepEqual((await send('mail')).body.errors, {mail: ['No address.', 'Taken.']});
	t.is((await send('title')).status, 204);
});

test('a schema that fails is an error of a precognitive request', async t => {
	const {agent, errors} = await createSessionApp(t, ctx =>
		ctx.inertia
			.validate(
				z.object({}).refine(() => {
					throw new Error('no connection');
				}),
			)
			.then(() => undefined),
	);
	const {status, headers: received} = await agent.post('/').set(headers).send(valid);
	t.is(status, 500);
	t.is(received['precognition-success'], undefined);
	t.like(errors[0], {code: 'ERR_INERTIA_SCHEMA'});
});

for (const [name, begin] of [
	['text', (ctx: Context) => Object.assign(ctx, {status: 201, type: 'csv', body: 'a,b'})],
	['JSON', (ctx: Context) => Object.assign(ctx, {status: 203, body: {secret: true}})],
	['a redirect', (ctx: Context) => ctx.redirect('/elsewhere')],
	['a page', (ctx: Context) => ctx.inertia.render('Begun', {secret: true})],
] as const) {
	test(`an answer that the handler began with ${name} is not in that to a precognitive request`, async t => {
		const {agent} = await createSessionApp(
			t,
			async ctx => {
				await begin(ctx);
				await ctx.inertia.validate(schema);
			},
			{manifest: createManifest()},
		);
		for (const sent of [headers, {...headers, 'X-Inertia': 'true'}]) {
			const right = await agent.post('/').set(sent).send(valid);
			t.is(right.status, 204);
			t.is(right.text, '');
			const wrong = await agent.post('/').set(sent).send(invalid);
			t.is(wrong.status, 422);
			t.deepEqual(wrong.body, {message: 'Longer.', errors: {title: ['Longer.'], name: ['Name?']}});
			t.regex(wrong.headers['content-type']!, /^application\/json/);
			for (const header of ['location', 'x-inertia', 'x-inertia-version']) {
				t.is(right.headers[header], undefined);
				t.is(wrong.headers[header], undefined);
			}
		}
	});
}

/** What the client of the forms makes of an answer: its own code, over HTTP. */
async function sendReal(
	t: ExecutionContext,
	handler: (ctx: Context) => Promise<unknown>,
	method: 'get' | 'post' | 'put' | 'patch' | 'delete',
	data: object,
) {
	const {url} = await createSessionApp(t, async ctx => {
		await handler(ctx);
	});
	const calls: unknown[] = [];
	await precognition[method](
		`${url}/notes`,
		{...data},
		{
			onPrecognitionSuccess: ({status}) => calls.push(['valid', status]),
			onValidationError: ({data: {errors}}) => calls.push(['wrong', errors]),
			onUnauthorized: ({status}) => calls.push(['refused', status]),
		},
	).catch((error: unknown) => calls.push(['failed', String(error)]));
	return calls;
}

for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
	test(`\`laravel-precognition\` understands the answers to ${method.toUpperCase()}`, async t => {
		t.deepEqual(await sendReal(t, validate, method, valid), [['valid', 204]]);
		t.deepEqual(await sendReal(t, validate, method, invalid), [['wrong', {title: ['Longer.'], name: ['Name?']}]]);
	});
}

test('`laravel-precognition` understands that a handler refuses before `validate`', async t => {
	t.deepEqual(await sendReal(t, async ctx => ctx.throw(401), 'post', valid), [['refused', 401]]);
});

for (const [method, status] of [
	['post', 302],
	['put', 303],
	['patch', 303],
	['delete', 303],
] as const) {
	test(`a redirect in front of \`validate\`, as to a sign-in, is a ${status} after a precognitive ${method.toUpperCase()}`, async t => {
		const {agent} = await createApp(t, {version: null}, ctx => ctx.redirect('/sign-in'));
		const response = await agent[method]('/notes').set('Precognition', 'true').redirects(0);
		t.is(response.status, status);
		t.is(response.headers.location, '/sign-in');
	});
}

test('two schemas that a handler asks at the same time are answered together', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		await Promise.all([
			ctx.inertia.validate(z.object({title: z.string().min(3, 'Longer.')})),
			ctx.inertia.validate(z.object({name: z.string()})),
		]);
	});
	const {status, body} = await agent.post('/').set(headers).send(invalid);
	t.is(status, 422);
	t.deepEqual(body.errors, {title: ['Longer.']});
});
