import test from 'ava';
import type {Context} from 'koa';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {errorPage: 'Error'};
const asVisit = {'X-Inertia': 'true'};
const render = (ctx: Context) => ctx.inertia.render('Home');

const empty = ({session}: Context) => {
	for (const name of Object.keys(session)) delete session[name];
};

for (const [kind, create] of sessionKinds) {
	test(`a sign-out that empties a session in ${kind} in place clears the history`, async t => {
		const {client} = await create(
			t,
			byPath({
				'/': render,
				'/sign-out': ctx => {
					ctx.inertia.clearHistory();
					empty(ctx);
					ctx.redirect('/');
				},
			}),
		);
		await client.open('/');
		t.true((await client.visit('/sign-out', {method: 'post'})).page.clearHistory);
		t.false('clearHistory' in (await client.visit('/')).page);
	});

	test(`a sign-out that fails after it dropped a session in ${kind} clears the history by the page of its error`, async t => {
		const {visit, errors} = await create(
			t,
			byPath({
				'/': render,
				'/sign-out': ctx => {
					ctx.inertia.flash({message: 'Bye.'});
					ctx.inertia.clearHistory();
					ctx.session = null;
					throw new Error('no log');
				},
			}),
			options,
		);
		const {status, body} = await visit('/sign-out');
		t.deepEqual([status, body.component, body.clearHistory, body.flash], [500, 'Error', true, undefined]);
		t.is(errors.length, 1);
		t.is((await visit('/')).body.clearHistory, undefined);
	});
}

test('a sign-out that flashes begins a session with another id, so that a copy of the old cookie is worth nothing', async t => {
	const store = new MemoryStore();
	const {agent, url} = await createSessionApp(
		t,
		byPath({
			'/sign-in': ctx => {
				ctx.session = {user: 'Ada'};
				ctx.body = 'in';
			},
			'/sign-out': ctx => {
				ctx.inertia.clearHistory();
				ctx.session = null;
				ctx.redirect('/');
			},
			'/': ctx => ctx.inertia.render('Home', {user: ctx.session.user ?? null}),
		}),
		{},
		{store},
	);
	const copied = (await agent.post('/sign-in')).get('Set-Cookie')!.join('; ');
	await agent.post('/sign-out').set(asVisit);
	t.true((await agent.get('/').set(asVisit)).body.clearHistory);
	await agent.post('/sign-in');
	t.is((await agent.get('/').set(asVisit)).body.props.user, 'Ada');
	const stolen = await fetch(url, {headers: {...asVisit, cookie: copied}});
	t.is(((await stolen.json()) as {props: {user: unknown}}).props.user, null);
});
