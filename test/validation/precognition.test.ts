import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import {z} from 'zod';
import {createFormApp, formSchemas, invalidForm, invalidFormErrors, titleSchema} from '../helpers/form-app.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const valid = {title: 'Apollo 11', author: {name: 'Ada', mail: 'a@b.c'}, items: []};

for (const [library, schema] of Object.entries(formSchemas)) {
	test(`with ${library}, a precognitive request gets 422 with all messages, or 204, and nothing after \`validate\` runs`, async t => {
		const {validate, ran, errors, agent} = await createFormApp(t, schema);
		const wrong = await validate(invalidForm);
		t.is(wrong.status, 422);
		t.deepEqual(wrong.body, {message: 'Longer.', errors: invalidFormErrors});
		t.regex(wrong.headers['content-type']!, /^application\/json/);
		t.is(wrong.headers.precognition, 'true');
		t.is(wrong.headers['precognition-success'], undefined);

		const right = await validate(valid);
		t.is(right.status, 204);
		t.is(right.text, '');
		t.is(right.headers['content-type'], undefined);
		t.is(right.headers.precognition, 'true');
		t.is(right.headers['precognition-success'], 'true');

		t.deepEqual(ran, ['before', 'before']);
		t.deepEqual(errors, []);
		t.is((await agent.post('/').send(valid)).status, 302);
		t.deepEqual(ran, ['before', 'before', 'before', 'after']);
	});
}

const schema = z.object({
	name: z.string().min(1, 'Give it a name.'),
	size: z.coerce.number('Give a number.').min(1, 'Too small.').optional(),
	beds: z.array(z.object({plant: z.string().min(1, 'Plant something.')})).optional(),
	'row.first': z.string().max(3, 'Too long.').optional(),
});

/** What a form that validates while its user types gets from a handler. */
async function validate(t: ExecutionContext, input: object, method: 'get' | 'post' | 'put' | 'patch') {
	const calls: string[] = [];
	const {agent, errors} = await createSessionApp(t, async ctx => {
		calls.push('before');
		ctx.body = await ctx.inertia.validate(schema);
		calls.push('after');
	});
	const request = method === 'get' ? agent.get('/beds').query(input) : agent[method]('/beds').send(input);
	const response = await request.set({Accept: 'application/json', Precognition: 'true'});
	if (errors.length > 0) throw errors[0];
	return {response, calls};
}

for (const method of ['post', 'put', 'patch', 'get'] as const) {
	test(`a ${method.toUpperCase()} with valid input ends at \`validate\` with a 204`, async t => {
		const {response, calls} = await validate(t, {name: 'Roses', size: 3}, method);
		t.is(response.status, 204);
		t.is(response.text, '');
		t.is(response.headers.precognition, 'true');
		t.is(response.headers['precognition-success'], 'true');
		t.is(response.headers['x-inertia'], undefined);
		t.deepEqual(calls, ['before']);
	});

	test(`a ${method.toUpperCase()} with wrong input ends at \`validate\` with a 422 and all messages`, async t => {
		const {response, calls} = await validate(t, {name: '', size: '0'}, method);
		t.is(response.status, 422);
		t.is(response.headers['content-type'], 'application/json; charset=utf-8');
		t.deepEqual(response.body, {
			message: 'Give it a name.',
			errors: {name: ['Give it a name.'], size: ['Too small.']},
		});
		t.is(response.headers.precognition, 'true');
		t.is(response.headers['precognition-success'], undefined);
		t.deepEqual(calls, ['before']);
	});
}

test('every answer of a route that validates varies on `Precognition` beside `X-Inertia`', async t => {
	const {agent, validate} = await createFormApp(t, titleSchema, ctx => ctx.vary('Accept'));
	const answers = [
		[422, await validate({title: ''})],
		[204, await validate({title: 'Moon'})],
		[302, await agent.post('/').set('X-Inertia', 'true').send({title: ''})],
		[303, await agent.put('/').set('X-Inertia', 'true').send({title: 'Moon'})],
		[302, await agent.post('/').set('Accept', 'text/html').send({title: ''})],
		[422, await agent.post('/').set('Accept', 'application/json').send({title: ''})],
		[302, await agent.post('/').send({title: 'Moon'})],
	] as const;
	for (const [status, response] of answers) {
		t.is(response.status, status);
		t.is(response.headers.vary, 'X-Inertia, Accept, Precognition');
	}
});

test('an error after `validate` varies on `Precognition` too', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		await ctx.inertia.validate(titleSchema);
		ctx.throw(409, 'Changed meanwhile.');
	});
	const {status, headers} = await agent.post('/').send({title: 'Moon'});
	t.is(status, 409);
	t.is(headers.vary, 'X-Inertia, Precognition');
});

test('`finally` around `validate` runs, and nothing after it', async t => {
	const ran: string[] = [];
	const {agent} = await createSessionApp(t, async ctx => {
		try {
			await ctx.inertia.validate(titleSchema);
			ran.push('write');
		} finally {
			ran.push('finally');
		}

		ran.push('after');
		ctx.body = 'saved';
	});
	for (const [data, status] of [
		[{title: 'Moon'}, 204],
		[{title: ''}, 422],
	] as const) {
		t.is((await agent.post('/').set('Precognition', 'true').send(data)).status, status);
	}
	t.deepEqual(ran, ['finally', 'finally']);
	t.is((await agent.post('/').send({title: 'Moon'})).text, 'saved');
	t.deepEqual(ran.slice(2), ['write', 'finally', 'after']);
});

for (const [method, headers] of [
	['get', {}],
	['get', {'X-Inertia': 'true'}],
	['post', {'X-Inertia': 'true'}],
] as const) {
	test(`a precognitive ${method.toUpperCase()} of an old build is validated, with ${JSON.stringify(headers)}`, async t => {
		const {agent} = await createFormApp(t, titleSchema, undefined, {version: 'new'});
		const send = (query: string) =>
			agent[method](`/?${query}`)
				.set({...headers, Precognition: 'true', 'X-Inertia-Version': 'old', Accept: 'application/json'})
				.send(method === 'get' ? undefined : {title: query.slice(6)});
		for (const [query, status] of [
			['title=Moon', 204],
			['title=a', 422],
		] as const) {
			const response = await send(query);
			t.is(response.status, status);
			t.is(response.headers.precognition, 'true');
			t.is(response.headers['x-inertia'], undefined);
			t.is(response.headers['x-inertia-location'], undefined);
		}
	});
}

test('a precognitive request neither shows, takes nor replaces what waits in the session', async t => {
	const {agent, client, validate} = await createFormApp(t, titleSchema, ctx => {
		if (ctx.get('Precognition') === '') ctx.inertia.flash({tip: 'Use a digit.'});
	});
	await agent.post('/').set('X-Inertia', 'true').send({title: ''});
	for (const data of [{title: 7}, {title: 'Moon'}]) {
		const {body, headers} = await validate(data);
		t.notDeepEqual(body.errors, {title: ['Longer.']});
		t.is(headers['set-cookie'], undefined);
	}
	const {page} = await client.open('/form');
	t.deepEqual(page.props.errors, {title: 'Longer.'});
	t.deepEqual(page.flash, {tip: 'Use a digit.'});
});

test('a precognitive request leaves nothing in the session of what its handler did before `validate`', async t => {
	const {client, validate} = await createFormApp(t, titleSchema, ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.inertia.errors({title: 'Taken.'});
	});
	t.is((await validate({title: 'Moon'})).status, 204);
	t.is((await validate({title: ''})).status, 422);
	const {page} = await client.open('/form');
	t.deepEqual(page.props.errors, {});
	t.is(page.flash, undefined);
});

test('without the header the handler goes on after `validate`, and the answer varies on it', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.vary('Accept-Language');
		ctx.body = await ctx.inertia.validate(schema);
	});
	const response = await agent.post('/beds').send({name: 'Roses', size: '3'});
	t.is(response.status, 200);
	t.deepEqual(response.body, {name: 'Roses', size: 3});
	t.is(response.headers.vary, 'X-Inertia, Accept-Language, Precognition');
	t.is(response.headers.precognition, undefined);
	t.is(response.headers['precognition-success'], undefined);
});

test('without the header wrong input sends a visit back with the first messages', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		if (ctx.method === 'GET') return ctx.inertia.render('Beds/Create');
		await ctx.inertia.validate(schema);
	});
	const response = await agent
		.put('/beds')
		.set({'X-Inertia': 'true', Referer: '/beds/new'})
		.send({name: '', beds: [{plant: ''}]})
		.redirects(0);
	t.is(response.status, 303);
	t.is(response.headers.location, '/beds/new');
	t.is(response.headers.precognition, undefined);
	const {body} = await agent.get('/beds/new').set('X-Inertia', 'true');
	t.deepEqual(body.props.errors, {name: 'Give it a name.', 'beds.0.plant': 'Plant something.'});
});

test('`visit.isPrecognition` tells a handler of the header, so that it may take another schema', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		const whole = schema.extend({agreed: z.literal(true, 'Agree first.')});
		await ctx.inertia.validate(ctx.inertia.visit.isPrecognition ? schema : whole);
		ctx.body = 'planted';
	});
	const post = () => agent.post('/beds').send({name: 'Roses'}).set('Accept', 'application/json');
	t.is((await post().set('Precognition', 'true')).status, 204);
	t.deepEqual((await post()).body.errors, {agreed: ['Agree first.']});
});

for (const [name, status, body] of [
	['a body', 200, {beds: 3}],
	['a 204', 204, null],
] as const) {
	test(`${name} of a handler that does not validate is no success of a form`, async t => {
		const {agent} = await createSessionApp(t, ctx => {
			Object.assign(ctx, {body, status});
		});
		for (const headers of [{}, {'X-Inertia': 'true'}]) {
			const response = await agent
				.post('/beds')
				.set({Precognition: 'true', ...headers})
				.redirects(0);
			t.is(response.status, status);
			t.is(response.headers['precognition-success'], undefined);
		}
	});
}

test('an error in front of `validate` tells a form that it answers its question', async t => {
	for (const status of [401, 403, 404, 500]) {
		const handler: Middleware = async ctx => {
			ctx.throw(status);
			await ctx.inertia.validate(schema);
		};
		const {agent} = await createSessionApp(t, handler, {errorPage: 'Failure'});
		const response = await agent.post('/beds').set('Precognition', 'true').send({name: 'Roses'});
		t.is(response.status, status);
		t.is(response.headers.precognition, 'true');
		t.is(response.headers['precognition-success'], undefined);
		t.is(response.headers['x-inertia'], undefined);
	}
});
