import test from 'ava';
import type {Context} from 'koa';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

/** Ways to end a session; each leaves the order to clear the history for the page after. */
const signOuts = [null, {visits: 1}].flatMap(session =>
	['before', 'after'].map(order => ({
		name: `\`clearHistory()\` ${order} ${session === null ? '`ctx.session = null`' : 'another session'}`,
		signOut: (ctx: Context): void => {
			if (order === 'before') ctx.inertia.clearHistory();
			ctx.session = session && {...session};
			if (order === 'after') ctx.inertia.clearHistory();
		},
	})),
);
const account = {
	'/': (ctx: Context) => ctx.inertia.render('Home', {user: ctx.session?.user ?? null}),
	'/sign-in': (ctx: Context) => {
		ctx.session.user = 'Ada';
		ctx.inertia.flash({secret: 'of Ada'});
		ctx.inertia.errors({secret: 'of Ada'});
		ctx.redirect('/');
	},
};
const signedOut = {component: 'Home', props: {errors: {}, user: null}, url: '/', version: '', sharedProps: ['errors']};

for (const [kind, create] of sessionKinds) {
	for (const {name, signOut} of signOuts) {
		test(`${name} clears the history, and leaves nothing else for the next user of ${kind}`, async t => {
			const {agent, client} = await create(
				t,
				byPath({
					...account,
					'/sign-out': ctx => {
						signOut(ctx);
						ctx.redirect('/');
					},
					'/goodbye': async ctx => {
						signOut(ctx);
						await account['/'](ctx);
					},
				}),
			);
			for (const path of ['/sign-out', '/goodbye']) {
				await agent.post('/sign-in');
				const url = path === '/goodbye' ? path : '/';
				t.deepEqual<object, object>((await client.visit(path)).page, {...signedOut, url, clearHistory: true});
				t.deepEqual<object, object>((await client.visit('/')).page, signedOut);
			}
		});
	}

	test(`a page that gives way to a sign-out leaves nothing for the next user of ${kind}`, async t => {
		const {agent, client} = await create(
			t,
			byPath({
				...account,
				'/sign-out': async ctx => {
					await account['/'](ctx);
					ctx.session = null;
					ctx.inertia.clearHistory();
					ctx.redirect('/');
				},
			}),
		);
		await agent.post('/sign-in');
		t.deepEqual<object, object>((await client.visit('/sign-out')).page, {...signedOut, clearHistory: true});
	});
}

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

test('after a sign-out a store keeps the order to clear the history, until that is shown, and nothing else', async t => {
	const store = new MemoryStore();
	const {agent, client} = await createSessionApp(
		t,
		byPath({
			...account,
			'/sign-out': ctx => {
				ctx.inertia.clearHistory();
				ctx.session = null;
				ctx.redirect('/');
			},
		}),
		{},
		{store},
	);
	await agent.post('/sign-in');
	await agent.post('/sign-out');
	const [session, ...others] = [...store.sessions.values()].map(json => JSON.parse(json));
	t.is(others.length, 0);
	t.deepEqual(session.inertia, {clearHistory: true, path: '/'});
	t.false('user' in session);
	t.true((await client.visit('/')).page.clearHistory);
	t.false(JSON.stringify([...store.sessions.values()]).includes('inertia'));
});

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

for (const [kind, store] of [
	['a cookie', undefined],
	['a store', new MemoryStore()],
] as const) {
	test(`\`clearHistory()\` goes with a session in ${kind} that is made anew`, async t => {
		const handler = byPath({
			'/': ctx => ctx.inertia.render('Home', {user: ctx.session.user ?? null}),
			'/sign-in': ctx => {
				ctx.session.user = 'Ada';
				ctx.redirect('/');
			},
			'/before': async ctx => {
				delete ctx.session.user;
				ctx.inertia.clearHistory();
				await ctx.session.regenerate();
				ctx.redirect('/');
			},
			'/after': async ctx => {
				delete ctx.session.user;
				await ctx.session.regenerate();
				ctx.inertia.clearHistory();
				ctx.redirect('/');
			},
		});
		const {agent, client} = await createSessionApp(t, handler, {}, store && {store});
		for (const path of ['/before', '/after']) {
			await agent.post('/sign-in');
			await client.visit('/');
			const ids = [...(store?.sessions.keys() ?? [])];
			const {page} = await client.visit(path);
			t.like(page, {clearHistory: true, props: {user: null}});
			t.false('clearHistory' in (await client.visit('/')).page);
			if (store) t.notDeepEqual([...store.sessions.keys()], ids);
			t.is(store?.sessions.size ?? 1, 1);
		}
	});
}
