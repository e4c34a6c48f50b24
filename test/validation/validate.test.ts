import type {StandardSchemaV1} from '@standard-schema/spec';
import test, {type ExecutionContext} from 'ava';
import {OptionError, ValidationError} from 'koa-inertia';
import {SchemaError} from 'koa-inertia/errors';
import * as v from 'valibot';
import {z} from 'zod';
import type {RunningApp} from '../helpers/app.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const schema = z.object({title: z.string().min(1, 'Give it a title.')});

/** Answers with what `validate` gives. */
const createEcho = (t: ExecutionContext, used: StandardSchemaV1): Promise<RunningApp> =>
	createSessionApp(t, async ctx => {
		ctx.body = {value: await ctx.inertia.validate(used)};
	});

/** The value that comes out, or the messages. */
type Expected = {readonly value: unknown} | {readonly errors: Record<string, string[]>};
const bad = (errors: Record<string, string[]>): Expected => ({errors});
const isTaken = async (name: string): Promise<boolean> => name === 'Ada';

const cases: Array<[behaviour: string, zod: StandardSchemaV1, valibot: StandardSchemaV1, object, Expected]> = [
	[
		'gives what the schema names and no more',
		schema,
		v.object({title: v.string()}),
		{title: 'Moon', other: 1},
		{value: {title: 'Moon'}},
	],
	[
		'gives what transforms, coercions and defaults make of the input',
		z.object({
			age: z.coerce.number(),
			tags: z.string().transform(tags => tags.split(',')),
			role: z.string().default('reader'),
		}),
		v.object({
			age: v.pipe(v.string(), v.transform(Number)),
			tags: v.pipe(
				v.string(),
				v.transform(tags => tags.split(',')),
			),
			role: v.optional(v.string(), 'reader'),
		}),
		{age: '36', tags: 'a,b'},
		{value: {age: 36, tags: ['a', 'b'], role: 'reader'}},
	],
	[
		'names nested fields and items of lists by dotted paths',
		z.object({
			user: z.object({name: z.string().min(1, 'Name?')}),
			items: z.array(z.object({count: z.number().min(1, 'None?')})),
		}),
		v.object({
			user: v.object({name: v.pipe(v.string(), v.minLength(1, 'Name?'))}),
			items: v.array(v.object({count: v.pipe(v.number(), v.minValue(1, 'None?'))})),
		}),
		{user: {name: ''}, items: [{count: 0}, {count: 1}, {count: 0}]},
		bad({'user.name': ['Name?'], 'items.0.count': ['None?'], 'items.2.count': ['None?']}),
	],
	[
		'keeps all messages of a field, in the order of the schema',
		z.object({password: z.string().min(8, 'Longer.').regex(/\d/, 'A digit.'), name: z.string('Name?')}),
		v.object({
			password: v.pipe(v.string(), v.minLength(8, 'Longer.'), v.regex(/\d/, 'A digit.')),
			name: v.string('Name?'),
		}),
		{password: 'a', name: 1},
		bad({password: ['Longer.', 'A digit.'], name: ['Name?']}),
	],
	[
		'puts an issue of the input as a whole under `form`',
		z.object({a: z.string(), b: z.string()}).refine(({a, b}) => a === b, 'Not the same.'),
		v.pipe(
			v.object({a: v.string(), b: v.string()}),
			v.check(({a, b}) => a === b, 'Not the same.'),
		),
		{a: '1', b: '2'},
		bad({form: ['Not the same.']}),
	],
	[
		'puts input of another shape under `form`',
		z.array(z.string(), 'No list.'),
		v.array(v.string(), 'No list.'),
		{},
		bad({form: ['No list.']}),
	],
	[
		'waits for checks that are async',
		z.object({name: z.string().refine(async name => !(await isTaken(name)), 'Taken.')}),
		v.objectAsync({
			name: v.pipeAsync(
				v.string(),
				v.checkAsync(async name => !(await isTaken(name)), 'Taken.'),
			),
		}),
		{name: 'Ada'},
		bad({name: ['Taken.']}),
	],
	[
		'gives what async transforms make of the input',
		z.object({name: z.string().transform(async name => (await isTaken(name)) || name)}),
		v.objectAsync({
			name: v.pipeAsync(
				v.string(),
				v.transformAsync(async name => (await isTaken(name)) || name),
			),
		}),
		{name: 'Ada'},
		{value: {name: true}},
	],
	[
		'keeps the dots in the name of a field',
		z.record(z.string(), z.number('No.')),
		v.record(v.string(), v.number('No.')),
		{'a.b': 'x'},
		bad({'a.b': ['No.']}),
	],
];
for (const [behaviour, zod, valibot, input, expected] of cases) {
	for (const [library, used] of Object.entries({Zod: zod, Valibot: valibot})) {
		test(`with ${library}, \`validate\` ${behaviour}`, async t => {
			const {agent, errors} = await createEcho(t, used);
			const {status, body} = await agent.post('/').set('Accept', 'application/json').send(input);
			const isValid = 'value' in expected;
			const [message] = isValid ? [] : Object.values(expected.errors).flat();
			t.is(status, isValid ? 200 : 422);
			t.deepEqual(body, isValid ? expected : {message, ...expected});
			t.deepEqual(errors, []);
		});
	}
}

const createSchema = (validate: (input: unknown) => unknown): StandardSchemaV1 =>
	({'~standard': {version: 1, vendor: 'plain', validate}}) as StandardSchemaV1;

test('`validate` takes any Standard Schema, also one that is a function', async t => {
	const plain = createSchema(input => ({value: {received: input}}));
	for (const used of [plain, Object.assign(() => undefined, plain)]) {
		const {agent} = await createEcho(t, used);
		t.deepEqual((await agent.post('/').send({a: 1})).body, {value: {received: {a: 1}}});
	}
});

test('segments of a path may be names, numbers, symbols and objects with a `key`', async t => {
	const paths = [
		['items', 0, 'name'],
		[{key: 'user'}, {key: 'name'}],
		[{key: 2}],
		[Symbol('secret')],
		['__proto__', 'a'],
		['__proto__'],
		[],
		undefined,
	];
	const {agent} = await createEcho(
		t,
		createSchema(() => ({issues: paths.map((path, index) => ({path, message: `m${index}`}))})),
	);
	const {body} = await agent.post('/').set('Accept', 'application/json').send({});
	t.deepEqual(Object.entries(body.errors), [
		['2', ['m2']],
		['items.0.name', ['m0']],
		['user.name', ['m1']],
		['Symbol(secret)', ['m3']],
		['__proto__.a', ['m4']],
		['__proto__', ['m5']],
		['form', ['m6', 'm7']],
	]);
});

test('`validate` throws `ERR_INERTIA_VALIDATION` with the messages by field', async t => {
	let thrown: unknown;
	const {agent} = await createSessionApp(t, async ctx => {
		thrown = await ctx.inertia.validate(schema).catch((error: unknown) => error);
		ctx.body = 'caught';
	});
	t.is((await agent.post('/').send({title: ''})).text, 'caught');
	t.true(thrown instanceof ValidationError);
	t.like(thrown, {code: 'ERR_INERTIA_VALIDATION', status: 422, errors: {title: ['Give it a title.']}});
});

for (const [received, used] of [
	['undefined', undefined],
	['null', null],
	['"title"', 'title'],
	['an object', {title: 'string'}],
	['an object', {'~standard': {version: 1}}],
	['a function', () => true],
] as const) {
	test(`\`validate\` with ${received} in place of a schema fails with \`ERR_INERTIA_OPTION\` (${JSON.stringify(used)})`, async t => {
		const {agent, errors} = await createEcho(t, used as never);
		t.is((await agent.post('/').set('Accept', 'application/json').send({title: ''})).status, 500);
		t.true(errors[0] instanceof OptionError);
		t.regex((errors[0] as Error).message, new RegExp(`takes a Standard Schema, .* received ${received}\\.`));
	});
}

const cause = new Error('no connection');
const fail = (): never => {
	throw cause;
};
const throwing: Array<[name: string, used: StandardSchemaV1]> = [
	['Zod throws', z.object({title: z.string().refine(fail)})],
	['Zod rejects', z.object({title: z.string().refine(async () => fail())})],
	['Valibot throws', v.object({title: v.pipe(v.string(), v.check(fail))})],
	[
		'Valibot rejects',
		v.objectAsync({
			title: v.pipeAsync(
				v.string(),
				v.checkAsync(async () => fail()),
			),
		}),
	],
	['a plain one throws', createSchema(fail)],
	['a plain one rejects', createSchema(async () => fail())],
];
for (const [name, used] of throwing) {
	test(`a schema that fails, as when ${name}, is \`ERR_INERTIA_SCHEMA\` with the failure as its cause`, async t => {
		const {agent, errors} = await createEcho(t, used);
		t.is((await agent.post('/').set('Accept', 'application/json').send({title: 'Moon'})).status, 500);
		t.is(errors.length, 1);
		t.true(errors[0] instanceof SchemaError);
		t.like(errors[0], {code: 'ERR_INERTIA_SCHEMA', cause});
		t.regex((errors[0] as Error).message, /threw in place of giving issues: no connection\./);
	});
}

test('a check that is async runs once', async t => {
	const calls: string[] = [];
	const check = async (name: string) => calls.push(name) > 0;
	for (const [library, used] of Object.entries({
		Zod: z.object({name: z.string().refine(check)}),
		Valibot: v.objectAsync({name: v.pipeAsync(v.string(), v.checkAsync(check))}),
	})) {
		const {agent} = await createEcho(t, used);
		t.is((await agent.post('/').send({name: library})).status, 200);
	}
	t.deepEqual(calls, ['Zod', 'Valibot']);
});
