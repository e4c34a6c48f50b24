import test from 'ava';
import type {Context} from 'koa';
import {createApp} from '../helpers/app.ts';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};

const home = {
	'/': (ctx: Context) => ctx.inertia.render('Home'),
	'/save': (ctx: Context) => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.redirect('/');
	},
};

test('a request that renders no page never looks at `ctx.session`', async t => {
	let reads = 0;
	const {agent, visit} = await createApp(
		t,
		{version: '2'},
		byPath({
			...home,
			'/text': ctx => {
				ctx.body = 'text';
			},
			'/redirect': ctx => ctx.redirect('/'),
			'/fragment': ctx => ctx.redirect('/#part'),
			'/location': ctx => ctx.inertia.location('https://pay.example/'),
			'/back': ctx => ctx.inertia.back(),
			'/empty': ctx => {
				ctx.status = 204;
			},
			'/fails': ctx => ctx.throw(418),
		}),
		app => {
			Object.defineProperty(app.context, 'session', {
				get() {
					reads += 1;
					return {inertia: {flash: {message: 'Saved.'}}};
				},
			});
		},
	);
	t.is((await visit('/', '1')).status, 409);
	for (const path of ['/text', '/redirect', '/fragment', '/location', '/back', '/empty', '/fails', '/nobody']) {
		await agent.get(path);
		await visit(path, '2');
	}

	t.is(reads, 0);
	t.deepEqual((await visit('/', '2')).body.flash, {message: 'Saved.'});
	t.true(reads > 0);
});

test('a visit writes no cookie where nothing waits', async t => {
	const {agent, visit} = await createSessionApp(
		t,
		byPath({
			...home,
			'/sign-in': ctx => {
				ctx.session.user = 'Ada';
				ctx.redirect('/');
			},
		}),
		options,
	);
	const assertNoCookie = async () => {
		for (const answer of [await visit('/'), await agent.get('/'), await agent.head('/')]) {
			t.is(answer.status, 200);
			t.is(answer.get('Set-Cookie'), undefined);
		}
	};

	await assertNoCookie();
	await agent.post('/sign-in');
	await assertNoCookie();
	await agent.post('/save');
	t.truthy((await visit('/')).get('Set-Cookie'));
	await assertNoCookie();
});

test('a visit that takes nothing out writes no cookie, in whatever order things were left', async t => {
	const {agent, visit} = await createSessionApp(t, ctx => {
		if (ctx.method !== 'POST') return home['/'](ctx);
		ctx.inertia.preserveFragment();
		ctx.inertia.clearHistory();
		ctx.session.user = 'Ada';
		return home['/save'](ctx);
	});
	await agent.post('/');
	t.is((await agent.head('/').set('X-Inertia', 'true')).get('Set-Cookie'), undefined);
	t.is((await visit('/').set('Purpose', 'prefetch')).get('Set-Cookie'), undefined);
});

for (const [kind, create] of sessionKinds) {
	test(`one key of a session in ${kind} holds what waits, and goes with it`, async t => {
		const seen: unknown[] = [];
		const {client} = await create(t, async ctx => {
			if (ctx.method === 'POST') ctx.session.user = 'Ada';
			if (ctx.method === 'POST') return home['/save'](ctx);
			seen.push(Object.keys(JSON.parse(JSON.stringify(ctx.session))).sort());
			await ctx.inertia.render('Home', {user: ctx.session.user ?? null});
			seen.push(Object.keys(JSON.parse(JSON.stringify(ctx.session))).sort());
		});
		const {page} = await client.visit('/', {method: 'post'});
		t.is(page.props.user, 'Ada');
		t.deepEqual(seen, [['inertia', 'user'], ['user']]);
	});
}
