import {bodyParser} from '@koa/bodyparser';
import test from 'ava';
import {ValidationError} from 'koa-inertia';
import {z} from 'zod';
import {createApp} from '../helpers/app.ts';
import {options} from '../helpers/partial-visit.ts';
import {runAttack} from '../helpers/run-attack.ts';

/** The most milliseconds that the event loop may be held. The schema takes most of it. */
const limit = 2000;
const list = (length: number, create: string): string =>
	`Array.from({length: ${length}}, (_, index) => ${create}).join(',')`;
/** Lists of names for the header, each as long as Node takes it, and bodies with many errors. */
const attacks: Array<[name: string, header: string, body: string]> = [
	['names of other fields', list(2500, `'b' + index`), `{a: Array.from({length: 100_000}, () => 0)}`],
	[
		'names below the wrong fields',
		list(1200, `'a.' + index + '.b' + index`),
		`{a: Array.from({length: 100_000}, () => 0)}`,
	],
	['names with asterisks', list(1500, `'*.b' + index`), `{a: Array.from({length: 100_000}, () => 0)}`],
	[
		'names that begin in many ways',
		list(512, `[...Array(9).keys()].map(bit => index & (1 << bit) ? '*' : 'a').join('.') + '.z'`),
		`{a: {a: {a: {a: {a: {a: {a: {a: {a: Object.fromEntries(Array.from({length: 60_000}, (_, index) => [index, 0]))}}}}}}}}}`,
	],
	['a name of many asterisks', `'*.'.repeat(7000) + 'b'`, `{a: Array.from({length: 100_000}, () => 0)}`],
];
const schema = `z.any().superRefine((value, context) => {
	const visit = (value, path) => {
		if (value === 0) context.addIssue({code: 'custom', path, message: 'Must be text.'});
		else for (const key of Object.keys(value)) visit(value[key], [...path, key]);
	};
	visit(value, []);
})`;
for (const [name, header, body] of attacks) {
	test.serial(`a form that asks for ${name} gets its answer in time linear in what it sends`, async t => {
		const headers = `{Precognition: 'true', 'Precognition-Validate-Only': ${header}}`;
		const request = `{method: 'POST', body: JSON.stringify(${body}), headers: ${headers}}`;
		const byHand = `ctx => {
			const errors = {};
			const visit = (value, path) => {
				if (value === 0) errors[path.join('.')] = 'Must be text.';
				else for (const key of Object.keys(value)) visit(value[key], [...path, key]);
			};
			visit(ctx.request.body, []);
			throw new ValidationError(errors);
		}`;
		for (const handler of [`ctx => ctx.inertia.validate(${schema})`, byHand]) {
			const {alive, held, statuses} = await runAttack(handler, `[${request}]`);
			t.deepEqual(statuses, [204]);
			t.is(alive, 200);
			t.true(held < limit, `${held} ms`);
		}
	});
}

test.serial('names of fields as long as the body take no more room than the body', async t => {
	const schemaOfLists = `z.record(z.string(), z.array(z.string()))`;
	const body = `{['k'.repeat(400_000)]: Array.from({length: 100_000}, () => 0)}`;
	const requests = `[{}, {'Precognition': 'true'}, {Precognition: 'true', 'Precognition-Validate-Only': 'k'}].map(headers => (
		{method: 'POST', body: JSON.stringify(${body}), headers: {Accept: 'application/json', 'X-Inertia': '', ...headers}}
	))`;
	const {alive, held, growth, statuses} = await runAttack(`ctx => ctx.inertia.validate(${schemaOfLists})`, requests);
	t.deepEqual(statuses, [422, 422, 204]);
	t.is(alive, 200);
	t.true(held < limit, `${held} ms`);
	t.true(growth < 400e6, `${growth} bytes`);
});

for (const name of ['`validate`', 'a `ValidationError`']) {
	test(`an answer to wrong input of ${name} has 200 fields, 10 messages of each and 1,000 characters of these at most`, async t => {
		const wrong = Object.fromEntries(
			Array.from({length: 1000}, (_, index) => [`f${index}`, Array.from({length: 30}, () => 'm'.repeat(5000))]),
		);
		const {agent} = await createApp(t, {...options, version: null}, async ctx => {
			if (name !== '`validate`') throw new ValidationError(wrong);
			await ctx.inertia.validate(
				z.any().superRefine((_, {addIssue}) => {
					for (const [field, messages] of Object.entries(wrong)) {
						for (const message of messages) addIssue({code: 'custom', path: [field], message});
					}
				}),
				{},
			);
		});
		for (const headers of [
			{},
			{Precognition: 'true'},
			{Precognition: 'true', 'Precognition-Validate-Only': 'f900,f7'},
		]) {
			const {status, body} = await agent.post('/').set({Accept: 'application/json', ...headers});
			t.is(status, 422);
			const fields = Object.keys(body.errors);
			t.deepEqual(fields, 'Precognition-Validate-Only' in headers ? ['f7', 'f900'] : Object.keys(wrong).slice(0, 200));
			for (const field of fields) {
				t.is(body.errors[field].length, 10);
				t.is(body.errors[field][0], `${'m'.repeat(1000)}…`);
			}
		}
	});
}

test('a field beyond the 200th is told when it is asked for', async t => {
	const {agent} = await createApp(
		t,
		{...options, version: null},
		ctx => ctx.inertia.validate(z.object({items: z.array(z.string())})),
		app => app.use(bodyParser()),
	);
	const items = Array.from({length: 300}, (_, index) => index);
	const ask = (fields: string) =>
		agent.post('/').set({Precognition: 'true', 'Precognition-Validate-Only': fields}).send({items});
	t.deepEqual(Object.keys((await ask('items.299')).body.errors), ['items.299']);
	t.is(Object.keys((await ask('items.*')).body.errors).length, 200);
	t.is((await ask('items.300')).status, 204);
});

test('the message of a `ValidationError` names ten fields at most', t => {
	const errors = Object.fromEntries(Array.from({length: 14}, (_, index) => [`f${index}`, 'Wrong.']));
	t.is(
		new ValidationError(errors).message,
		'The input is not valid: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 4 more.',
	);
	t.is(new ValidationError({a: 'Wrong.', b: 'Wrong.'}).message, 'The input is not valid: a, b.');
});
