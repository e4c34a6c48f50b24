import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import {z} from 'zod';
import {createSessionApp} from '../helpers/session-app.ts';

const schema = z.object({
	name: z.string().min(1, 'Give it a name.'),
	size: z.coerce.number('Give a number.').min(1, 'Too small.').optional(),
	beds: z.array(z.object({plant: z.string().min(1, 'Plant something.')})).optional(),
	'row.first': z.string().max(3, 'Too long.').optional(),
});

interface Asked {
	readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** Dotted paths, as they stand in the header. */
	readonly only?: string;
	readonly headers?: Record<string, string>;
}

/** What a form that validates while its user types gets from a handler. */
async function validate(t: ExecutionContext, input: object, {method = 'post', only, headers}: Asked = {}) {
	const calls: string[] = [];
	const {agent, errors} = await createSessionApp(t, async ctx => {
		calls.push('before');
		ctx.body = await ctx.inertia.validate(schema);
		calls.push('after');
	});
	const request = method === 'get' ? agent.get('/beds').query(input) : agent[method]('/beds').send(input);
	const response = await request.set({
		Accept: 'application/json',
		Precognition: 'true',
		...(only !== undefined && {'Precognition-Validate-Only': only}),
		...headers,
	});
	if (errors.length > 0) throw errors[0];
	return {response, calls};
}

for (const method of ['post', 'put', 'patch', 'get'] as const) {
	test(`a ${method.toUpperCase()} with valid input ends at \`validate\` with a 204`, async t => {
		const {response, calls} = await validate(t, {name: 'Roses', size: 3}, {method});
		t.is(response.status, 204);
		t.is(response.text, '');
		t.is(response.headers.precognition, 'true');
		t.is(response.headers['precognition-success'], 'true');
		t.is(response.headers['x-inertia'], undefined);
		t.deepEqual(calls, ['before']);
	});

	test(`a ${method.toUpperCase()} with wrong input ends at \`validate\` with a 422 and all messages`, async t => {
		const {response, calls} = await validate(t, {name: '', size: '0'}, {method});
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

const asked: Array<[name: string, only: string, fields: string[]]> = [
	['one field', 'name', ['name']],
	['several fields', 'name,size', ['name', 'size']],
	['several fields with white space', 'name, size', ['name', 'size']],
	['a field that is valid', 'note', []],
	['a field inside a list', 'beds.0.plant', ['beds.0.plant']],
	['a list and a field inside it', 'beds,beds.0.plant', ['beds.0.plant']],
	['a list', 'beds', ['beds.0.plant']],
	['a field inside any item', 'beds.*.plant', ['beds.0.plant']],
	['a field whose name holds a dot', 'row.first', ['row.first']],
	['no field at all', '', []],
];
for (const [name, only, fields] of asked) {
	test(`a form that asks for ${name} gets the messages of ${fields.join(', ') || 'none'}`, async t => {
		const input = {name: '', size: 0, beds: [{plant: ''}], 'row.first': 'endless', note: 'x'};
		const {response, calls} = await validate(t, input, {only});
		t.is(response.status, fields.length > 0 ? 422 : 204);
		t.is(response.headers['precognition-success'], fields.length > 0 ? undefined : 'true');
		t.is(response.headers.precognition, 'true');
		if (fields.length > 0) t.deepEqual(Object.keys(response.body.errors), fields);
		t.deepEqual(calls, ['before']);
	});
}

test('a form that asks for what is valid gets a 204, although another field is wrong', async t => {
	const {response} = await validate(t, {name: 'Roses', size: 0}, {only: 'name'});
	t.is(response.status, 204);
	t.is(response.headers['precognition-success'], 'true');
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

test('an answer to a form varies on the header too, whatever it is', async t => {
	for (const name of ['', 'Roses']) {
		const {response} = await validate(t, {name});
		t.is(response.headers.vary, 'X-Inertia, Precognition');
	}
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

test('without the header wrong input of a program is a 422 with the messages', async t => {
	const {response} = await validate(t, {name: ''}, {headers: {Precognition: ''}});
	t.is(response.status, 422);
	t.deepEqual(response.body, {message: 'Give it a name.', errors: {name: ['Give it a name.']}});
	t.is(response.headers.precognition, undefined);
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

test('a form leaves no errors for the next page', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		if (ctx.method === 'GET') return ctx.inertia.render('Beds/Create');
		await ctx.inertia.validate(schema);
	});
	const response = await agent.post('/beds').set({Precognition: 'true', 'X-Inertia': 'true'}).send({name: ''});
	t.is(response.status, 422);
	t.is(response.get('Set-Cookie'), undefined);
	t.deepEqual((await agent.get('/').set('X-Inertia', 'true')).body.props.errors, {});
});
