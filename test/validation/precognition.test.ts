import type {StandardSchemaV1} from '@standard-schema/spec';
import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import * as v from 'valibot';
import {z} from 'zod';
import type {RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const libraries: Record<string, StandardSchemaV1> = {
	Zod: z.object({
		title: z.string().min(3, 'Longer.').regex(/\d/, 'A digit.'),
		author: z.object({name: z.string().min(1, 'Name?'), mail: z.string().min(1, 'Mail?')}),
		items: z.array(z.object({count: z.number().min(1, 'None?'), name: z.string().min(1, 'What?')})),
	}),
	Valibot: v.object({
		title: v.pipe(v.string(), v.minLength(3, 'Longer.'), v.regex(/\d/, 'A digit.')),
		author: v.object({
			name: v.pipe(v.string(), v.minLength(1, 'Name?')),
			mail: v.pipe(v.string(), v.minLength(1, 'Mail?')),
		}),
		items: v.array(
			v.object({count: v.pipe(v.number(), v.minValue(1, 'None?')), name: v.pipe(v.string(), v.minLength(1, 'What?'))}),
		),
	}),
};
const invalid = {
	title: 'a',
	author: {name: '', mail: ''},
	items: [
		{count: 0, name: ''},
		{count: 1, name: 'b'},
		{count: 0, name: 'c'},
	],
};
const valid = {title: 'Apollo 11', author: {name: 'Ada', mail: 'a@b.c'}, items: []};
const allErrors = {
	title: ['Longer.', 'A digit.'],
	'author.name': ['Name?'],
	'author.mail': ['Mail?'],
	'items.0.count': ['None?'],
	'items.0.name': ['What?'],
	'items.2.count': ['None?'],
};
const title = z.object({title: z.string().min(3, 'Longer.')});

interface FormApp extends RunningApp {
	/** What ran of the handler, in order. */
	readonly ran: string[];
	/** A request that validates, as the client's forms send it. */
	validate(data: object, only?: string): ReturnType<RunningApp['agent']['post']>;
}

async function createFormApp(
	t: ExecutionContext,
	schema: StandardSchemaV1 = title,
	before: (ctx: Context) => unknown = () => undefined,
	options: InertiaOptions = {},
): Promise<FormApp> {
	const ran: string[] = [];
	const handler = async (ctx: Context): Promise<void> => {
		if (ctx.path === '/form') {
			await ctx.inertia.render('Form');
			return;
		}

		await before(ctx);
		ran.push('before');
		await ctx.inertia.validate(schema);
		ran.push('after');
		ctx.redirect('/form');
	};
	const app = await createSessionApp(t, handler, {manifest: createManifest(), ...options});
	return {
		...app,
		ran,
		validate(data, only) {
			const request = app.agent.post('/').set({Accept: 'application/json', Precognition: 'true'});
			if (only !== undefined) request.set('Precognition-Validate-Only', only);
			return request.send(data);
		},
	};
}

for (const [library, schema] of Object.entries(libraries)) {
	test(`with ${library}, a precognitive request gets 422 with all messages, or 204, and nothing after \`validate\` runs`, async t => {
		const {validate, ran, errors, agent} = await createFormApp(t, schema);
		const wrong = await validate(invalid);
		t.is(wrong.status, 422);
		t.deepEqual(wrong.body, {message: 'Longer.', errors: allErrors});
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

	const lists: Array<[only: string, fields: Array<keyof typeof allErrors>]> = [
		['title', ['title']],
		['author.mail', ['author.mail']],
		['author', ['author.name', 'author.mail']],
		['author.*', ['author.name', 'author.mail']],
		['items.*.count', ['items.0.count', 'items.2.count']],
		['items.0', ['items.0.count', 'items.0.name']],
		['items.0.name', ['items.0.name']],
		['items.*', ['items.0.count', 'items.0.name', 'items.2.count']],
		['*.name', ['author.name']],
		[' title , author.mail ,', ['title', 'author.mail']],
		['unknown,title', ['title']],
		['items.1,items.1.count', []],
		['unknown', []],
		['tit,title.a,title.*,Title', []],
		['__proto__,constructor', []],
	];
	for (const [only, fields] of lists) {
		test(`with ${library}, a precognitive request for \`${only}\` gets the messages of ${fields.join(', ') || 'no field'}`, async t => {
			const {validate} = await createFormApp(t, schema);
			const {status, body, headers} = await validate(invalid, only);
			const errors = Object.fromEntries(fields.map(field => [field, allErrors[field]]));
			t.is(status, fields.length > 0 ? 422 : 204);
			t.deepEqual(body, fields.length > 0 ? {message: allErrors[fields[0]!][0], errors} : {});
			t.is(headers['precognition-success'], fields.length > 0 ? undefined : 'true');
		});
	}
}

test('a precognitive request with an empty list of fields, of a form that nobody has touched, gets no messages', async t => {
	const {validate} = await createFormApp(t);
	const {status, headers, body} = await validate({title: ''}, '');
	t.deepEqual([status, headers['precognition-success'], body], [204, 'true', {}]);
});

test('every answer of a route that validates varies on `Precognition` beside `X-Inertia`', async t => {
	const {agent, validate} = await createFormApp(t, title, ctx => ctx.vary('Accept'));
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
		await ctx.inertia.validate(title);
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
			await ctx.inertia.validate(title);
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
		const {agent} = await createFormApp(t, title, undefined, {version: 'new'});
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
	const {agent, client, validate} = await createFormApp(t, title, ctx => {
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
	const {client, validate} = await createFormApp(t, title, ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.inertia.errors({title: 'Taken.'});
	});
	t.is((await validate({title: 'Moon'})).status, 204);
	t.is((await validate({title: ''})).status, 422);
	const {page} = await client.open('/form');
	t.deepEqual(page.props.errors, {});
	t.is(page.flash, undefined);
});
