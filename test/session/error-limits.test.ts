import test from 'ava';
import {ValidationError} from 'koa-inertia';
import {MemoryStore} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const createForm = (
	t: Parameters<typeof createSessionApp>[0],
	errors: Record<string, string | string[]>,
	...options: [allErrors?: boolean, store?: MemoryStore]
) =>
	createSessionApp(
		t,
		async ctx => {
			if (ctx.method === 'POST') throw new ValidationError(errors);
			await ctx.inertia.render('Form');
		},
		{allErrors: options[0] ?? false},
		options[1] ? {store: options[1]} : {},
	);

const many = (count: number): Record<string, string> =>
	Object.fromEntries(Array.from({length: count}, (_, index) => [`items.${index}.name`, 'Give it a name.']));

for (const count of [60, 500, 20_000]) {
	test(`${count} wrong fields in a session cookie show as many messages as fit`, async t => {
		const {agent, visit, errors} = await createForm(t, many(count));
		await agent.post('/form').set({'X-Inertia': 'true', Referer: '/form'}).expect(302).expect('Location', '/form');
		const shown = Object.keys((await visit('/form')).body.props.errors);
		t.true(shown.length > 10 && shown.length <= 200, String(shown.length));
		t.is(shown[0], 'items.0.name');
		t.deepEqual(errors, []);
	});
}

test('one message that is longer than a cookie is cut, and the user is back on the form', async t => {
	const {agent, visit} = await createForm(t, {title: 'x'.repeat(100_000)});
	await agent.post('/form').set({'X-Inertia': 'true', Referer: '/form'}).expect(302);
	const {title} = (await visit('/form')).body.props.errors;
	t.true(title.length <= 1001);
	t.true(title.endsWith('…'));
});

test('the messages of a request take little room in a store, whatever it sends', async t => {
	const store = new MemoryStore();
	const long = Object.fromEntries(Object.keys(many(5000)).map(field => [field, Array(50).fill('Wrong. '.repeat(500))]));
	const {agent, visit} = await createForm(t, long, true, store);
	await agent.post('/form').set({'X-Inertia': 'true', Referer: '/form'}).expect(302);
	const shown = (await visit('/form')).body.props.errors;
	t.is(Object.keys(shown).length, 200);
	t.is(shown['items.0.name'].length, 10);
});

test('forms with ever new names keep the messages of the last twenty', async t => {
	const store = new MemoryStore();
	const {agent, visit} = await createForm(t, {title: 'Wrong.'}, false, store);
	for (let index = 0; index < 30; index += 1) {
		const headers = {'X-Inertia': 'true', 'X-Inertia-Error-Bag': `form${index}`, Referer: '/form'};
		await agent.post('/form').set(headers).expect(302);
	}

	const bags = Object.keys((await visit('/form')).body.props.errors);
	t.is(bags.length, 20);
	t.deepEqual(bags.at(-1), 'form29');
});
