import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import {options} from '../helpers/partial-visit.ts';
import {createSessionApp} from '../helpers/session-app.ts';

/** Acts on a POST, and renders a page for any other request. */
const onPost =
	(act: (ctx: Context) => void): Middleware =>
	ctx =>
		ctx.method === 'POST' ? act(ctx) : ctx.inertia.render('Garden/Show', {plot: 7, owner: 'Ada'});

const flashAndRedirect = onPost(ctx => {
	ctx.inertia.flash({message: 'Planted.'});
	ctx.redirect('/garden');
});

/** A client that was redirected by `flashAndRedirect`, but has not followed yet. */
async function plant(t: ExecutionContext, version: string | null = null) {
	const running = await createSessionApp(t, flashAndRedirect, {...options, version});
	await running.client.open('/garden');
	const response = await running.agent.post('/beds').set('X-Inertia', 'true').redirects(0);
	t.is(response.status, 302);
	t.is(response.headers.location, '/garden');
	return running;
}

test('a flash waits in the session behind a redirect, and is shown once', async t => {
	const {client} = await plant(t);
	const {page} = await client.visit('/garden');
	t.deepEqual(page.flash, {message: 'Planted.'});
	t.deepEqual(page.props, {errors: {}, plot: 7, owner: 'Ada'});
	t.false('flash' in (await client.visit('/garden')).page);
});

test('a flash waits behind `back` too', async t => {
	const {agent} = await createSessionApp(
		t,
		onPost(ctx => {
			ctx.inertia.flash({message: 'Planted.'});
			ctx.inertia.back();
		}),
	);
	await agent.post('/beds').set('X-Inertia', 'true').set('Referer', '/garden').redirects(0);
	t.deepEqual((await agent.get('/garden').set('X-Inertia', 'true')).body.flash, {message: 'Planted.'});
});

test('a flash of a request that is no visit reaches a visit, and a document', async t => {
	const {agent, client} = await createSessionApp(t, flashAndRedirect, options);
	t.is((await agent.post('/beds').redirects(0)).status, 302);
	t.deepEqual((await agent.get('/garden').set('X-Inertia', 'true')).body.flash, {message: 'Planted.'});

	await agent.post('/beds').redirects(0);
	t.deepEqual((await client.open('/garden')).page.flash, {message: 'Planted.'});
	t.false('flash' in (await client.open('/garden')).page);
});

test('a flash is shown by a page of the same request, and does not wait any more', async t => {
	const handler: Middleware = async ctx => {
		if (ctx.method === 'POST') ctx.inertia.flash({message: 'Planted.'});
		await ctx.inertia.render('Garden/Show', {plot: 7});
	};
	const {client} = await createSessionApp(t, handler, options);
	await client.open('/garden');
	const {page} = await client.visit('/garden', {method: 'post'});
	t.deepEqual(page.flash, {message: 'Planted.'});
	t.deepEqual(page.props, {errors: {}, plot: 7});
	t.false('flash' in (await client.visit('/garden')).page);
});

test('a page without a flash has no `flash`', async t => {
	const {client} = await createSessionApp(t, flashAndRedirect, options);
	t.false('flash' in (await client.open('/garden')).page);
	t.false('flash' in (await client.visit('/garden')).page);
});

test('several flashes add up, and of two with one name the later wins', async t => {
	const handler: Middleware = async ctx => {
		ctx.inertia.flash({message: 'Planted.', kind: 'info'});
		ctx.inertia.flash({kind: 'success', undo: '/beds/7'});
		await ctx.inertia.render('Garden/Show');
	};
	const {client} = await createSessionApp(t, handler, options);
	t.deepEqual((await client.open('/')).page.flash, {message: 'Planted.', kind: 'success', undo: '/beds/7'});
});

test('a flash and errors arrive together', async t => {
	const {client} = await createSessionApp(
		t,
		onPost(ctx => {
			ctx.inertia.flash({message: 'Not planted.'});
			ctx.inertia.errors({name: 'Too long'});
			ctx.redirect('/garden');
		}),
		options,
	);
	await client.open('/garden');
	const {page} = await client.visit('/beds', {method: 'post'});
	t.deepEqual(page.flash, {message: 'Not planted.'});
	t.deepEqual(page.props.errors, {name: 'Too long'});
});

test('flashes of redirects in a row arrive together', async t => {
	const handler: Middleware = async ctx => {
		if (ctx.path === '/garden') return ctx.inertia.render('Garden/Show');
		ctx.inertia.flash({[ctx.path]: 'passed', last: ctx.path});
		ctx.redirect(ctx.path === '/beds' ? '/beds/moved' : '/garden');
	};
	const {client} = await createSessionApp(t, handler, options);
	await client.open('/garden');
	const {page, redirects} = await client.visit('/beds', {method: 'post'});
	t.is(redirects.length, 2);
	t.deepEqual(page.flash, {'/beds': 'passed', '/beds/moved': 'passed', last: '/beds/moved'});
});

test('a flash waits while a stale client loads the new assets', async t => {
	const {agent, client} = await plant(t, 'new');
	const stale = await agent.get('/garden').set('X-Inertia', 'true').set('X-Inertia-Version', 'old');
	t.is(stale.status, 409);
	t.is(stale.headers['x-inertia-location'], '/garden');
	t.deepEqual((await client.open('/garden')).page.flash, {message: 'Planted.'});
});

test('a flash arrives with a partial reload', async t => {
	const {client} = await plant(t);
	const {page} = await client.reload({only: ['owner']});
	t.deepEqual(page.flash, {message: 'Planted.'});
	t.deepEqual(page.props, {errors: {}, owner: 'Ada'});
});

for (const headers of [{Purpose: 'prefetch'}, {'Sec-Purpose': 'prefetch;prerender'}]) {
	test(`a flash waits for a page that is shown: ${JSON.stringify(headers)} does not take it`, async t => {
		const {client} = await plant(t);
		t.false('flash' in (await client.visit('/garden', {headers})).page);
		t.deepEqual((await client.visit('/garden')).page.flash, {message: 'Planted.'});
	});
}

test('a flash waits behind a redirect to another host, and behind `location`', async t => {
	const {client} = await createSessionApp(
		t,
		onPost(ctx => {
			ctx.inertia.flash({message: 'Paid.'});
			if (ctx.path === '/pay') ctx.inertia.location('https://pay.example/');
			else ctx.redirect('https://pay.example/');
		}),
		options,
	);
	await client.open('/garden');
	for (const path of ['/pay', '/buy']) {
		t.is((await client.visit(path, {method: 'post'})).response.status, 409);
		t.deepEqual((await client.open('/garden')).page.flash, {message: 'Paid.'});
	}
});
