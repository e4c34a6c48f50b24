import test from 'ava';
import {BodyMissingError, SchemaError, ValidationError} from 'koa-inertia';
import {z} from 'zod';
import {createApp} from './helpers/app.ts';
import {createSessionApp} from './helpers/session-app.ts';

const schema = z.object({title: z.string().min(1, 'Give it a title.')});

test('`validate` gives the input as the schema makes it', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.body = await ctx.inertia.validate(schema);
	});
	t.deepEqual((await agent.post('/').send({title: 'Moon', other: 1})).body, {title: 'Moon'});
});

test('`validate` throws `ERR_INERTIA_VALIDATION` with the messages by field', async t => {
	let thrown: unknown;
	const {agent} = await createSessionApp(t, async ctx => {
		thrown = await ctx.inertia.validate(schema).catch((error: unknown) => error);
		ctx.body = 'caught';
	});
	await agent.post('/').send({title: ''});
	t.true(thrown instanceof ValidationError);
	t.like(thrown, {code: 'ERR_INERTIA_VALIDATION', status: 422, errors: {title: ['Give it a title.']}});
});

test('without a body parser `validate` fails with `ERR_INERTIA_BODY_MISSING`', async t => {
	const {agent, errors} = await createApp(t, {version: null}, async ctx => {
		await ctx.inertia.validate(schema);
	});
	t.is((await agent.post('/').send({title: 'Moon'})).status, 500);
	t.true(errors[0] instanceof BodyMissingError);
	t.like(errors[0], {code: 'ERR_INERTIA_BODY_MISSING'});
	t.regex((errors[0] as Error).message, /@koa\/bodyparser/);
});

test('a schema that throws fails with `ERR_INERTIA_SCHEMA`, and what it threw as the cause', async t => {
	const cause = new Error('no connection');
	const {agent, errors} = await createSessionApp(t, async ctx => {
		await ctx.inertia.validate(
			z.string().refine(() => {
				throw cause;
			}),
			'text',
		);
	});
	t.is((await agent.post('/').send({})).status, 500);
	t.true(errors[0] instanceof SchemaError);
	t.like(errors[0], {code: 'ERR_INERTIA_SCHEMA', cause});
});
