import test from 'ava';
import {createApp} from '../helpers/app.ts';
import {component, options, visitPage} from '../helpers/partial-visit.ts';
import {runAttack} from '../helpers/run-attack.ts';

/** The most milliseconds that the event loop may be held. Each takes a tenth of it, when nothing else uses the machine. */
const limit = 1500;
const key = (dots: number): string => `'a' + '.a'.repeat(${dots})`;
const body = 'ctx.request.body';
for (const [name, sent, props] of [
	['one key of 80,000 names', `{[${key(80_000)}]: 1}`, body],
	[
		'80 keys of 2,000 names',
		`Object.fromEntries(Array.from({length: 80}, (_, index) => [${key(2000)} + index, 1]))`,
		body,
	],
	['20,000 dotted keys', `Object.fromEntries(Array.from({length: 20_000}, (_, index) => ['a.b' + index, 1]))`, body],
	['a key of 80,000 names under a function', `{[${key(80_000)}]: 1}`, `{...${body}, a: () => ({})}`],
	[
		'keys of 2,000 names under a function',
		`{[${key(2000)}]: 1, [${key(1999)} + '.b']: 1}`,
		`{...${body}, a: () => ({})}`,
	],
] as const) {
	for (const [place, handler] of [
		['render', `ctx => ctx.inertia.render('Home', ${props})`],
		['share', `ctx => { ctx.inertia.share(${props}); return ctx.inertia.render('Home'); }`],
	] as const) {
		test.serial(`${name} in \`${place}\` hold the event loop for no longer than other props`, async t => {
			const {alive, held, growth} = await runAttack(handler, `[{method: 'POST', body: JSON.stringify(${sent})}]`);
			t.is(alive, 200);
			t.true(held < limit, `${held} ms`);
			t.true(growth < 150e6, `${growth} bytes`);
		});
	}
}

for (const [name, text] of [
	['lists', `'['.repeat(400_000) + ']'.repeat(400_000)`],
	['objects', `'{"a":'.repeat(120_000) + '1' + '}'.repeat(120_000)`],
	['lists and objects', `'[{"a":'.repeat(100_000) + '1' + '}]'.repeat(100_000)`],
] as const) {
	test.serial(`${name} that are nested without end hold the event loop for no longer than other props`, async t => {
		const handler = `ctx => ctx.inertia.render('Home', {size: 3, found: ctx.request.body.sent})`;
		const partial = `{'X-Inertia-Partial-Component': 'Home', 'X-Inertia-Partial-Data': 'size'}`;
		const body = `'{"sent":' + ${text} + '}'`;
		const {alive, held, statuses} = await runAttack(
			handler,
			`[{method: 'POST', body: ${body}}, {method: 'POST', body: ${body}, headers: ${partial}}]`,
		);
		t.deepEqual(statuses, [500, 200]);
		t.is(alive, 200);
		t.true(held < limit, `${held} ms`);
	});
}

test('a key of more names than the props may have levels is refused with its beginning', async t => {
	for (const dots of [2048, 80_000]) {
		const {visit, errors} = await createApp(t, {...options, version: '1'}, ctx =>
			ctx.inertia.render(component, {[`garden${'.beds'.repeat(dots)}`]: 1}),
		);
		t.is((await visit('/', '1')).status, 500);
		t.like(errors[0], {code: 'ERR_INERTIA_PROP', component});
		const {message, path} = errors[0] as Error & {path: string};
		t.regex(
			message,
			/^The prop `garden\.beds\.[a-z.]*…` of `Garden\/Show` can't be sent as JSON: it has more than 2048 levels/,
		);
		t.true(path.startsWith('garden.beds.') && path.length < 200);
	}
});

test('a key of as many names as the props may have levels is unpacked', async t => {
	let value: unknown = (await visitPage(t, {[`garden${'.beds'.repeat(2000)}`]: 1})).props;
	for (let level = 0; level < 2001; level += 1) [value] = Object.values(value as object);
	t.is(value, 1);
});
