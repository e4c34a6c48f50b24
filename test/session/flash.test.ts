import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import {defer} from 'koa-inertia';
import {createSession} from 'koa-session';
import {createApp} from '../helpers/app.ts';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {options} from '../helpers/partial-visit.ts';
import {createSessionApp} from '../helpers/session-app.ts';
import {waitFor} from '../helpers/wait-for.ts';

const views = 'test/conformance/views';
const render = (ctx: Context) => ctx.inertia.render('Home', {name: 'Ada', later: defer(() => 'later')});
const save = (ctx: Context) => {
	ctx.inertia.flash({message: 'Saved.'});
	ctx.redirect('/');
};

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

for (const [kind, create] of sessionKinds) {
	test(`a flash in ${kind} is shown by the next page, once, beside its props`, async t => {
		const {client} = await create(t, byPath({'/': render, '/save': save}), {views});
		await client.open('/');
		t.false('flash' in client.page);
		const {page, redirects} = await client.visit('/save', {method: 'put'});
		t.is(redirects[0]?.status, 303);
		t.deepEqual(page.flash, {message: 'Saved.'});
		t.deepEqual(page.props, {errors: {}, name: 'Ada'});
		t.false('flash' in (await client.visit('/')).page);
	});

	test(`flashes in ${kind} add up, in one request and over several, and the later of two of one name wins`, async t => {
		const {client} = await create(
			t,
			byPath({
				'/': render,
				'/first': ctx => {
					ctx.inertia.flash({a: 1, b: {deep: 1}});
					ctx.inertia.flash({b: {other: 2}, c: 2});
					ctx.redirect('/second');
				},
				'/second': ctx => {
					ctx.inertia.flash({c: 3, d: null});
					ctx.redirect('/');
				},
			}),
		);
		t.deepEqual((await client.visit('/first')).page.flash, {a: 1, b: {other: 2}, c: 3, d: null});
		t.deepEqual((await client.visit('/second')).page.flash, {c: 3, d: null});
	});

	test(`a flash in ${kind} of a request that throws is never shown, and what waited before is`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': render,
				'/save': save,
				'/fails': ctx => {
					ctx.inertia.flash({message: 'Sent.', count: 1});
					ctx.inertia.errors({title: 'Give it a title.'});
					ctx.inertia.clearHistory();
					ctx.throw(503);
				},
			}),
		);
		t.is((await agent.post('/fails')).status, 503);
		const {body: before} = await visit('/');
		t.deepEqual([before.flash, before.props.errors], [undefined, {}]);
		// A sign-out that fails has perhaps signed out already. Of a cookie Koa sends nothing with an error.
		t.is(before.clearHistory, kind === 'an object' ? true : undefined);
		await agent.post('/save');
		t.is((await agent.post('/fails')).status, 503);
		const {body: after} = await visit('/');
		t.deepEqual([after.flash, after.props.errors], [{message: 'Saved.'}, {}]);
	});

	test(`the page of an error shows the flash that waited in ${kind}, and not that of the request that failed`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': render,
				'/save': save,
				'/fails': ctx => {
					ctx.inertia.flash({message: 'Sent.'});
					ctx.throw(409);
				},
			}),
			{errorPage: 'Error'},
		);
		await agent.post('/save');
		t.like((await visit('/fails')).body, {component: 'Error', props: {status: 409}, flash: {message: 'Saved.'}});
		t.false('flash' in (await visit('/')).body);
	});

	test(`a flash in ${kind} after \`render\` waits for the next page`, async t => {
		const {visit} = await create(t, async ctx => {
			if (ctx.path === '/before') ctx.inertia.flash({before: 1});
			await ctx.inertia.render('Home');
			if (ctx.path !== '/') ctx.inertia.flash({after: 1});
		});
		t.deepEqual((await visit('/before')).body.flash, {before: 1});
		t.deepEqual((await visit('/after')).body.flash, {after: 1});
		t.deepEqual((await visit('/')).body.flash, {after: 1});
		t.false('flash' in (await visit('/')).body);
	});

	test(`of two pages in one request the second shows the flash in ${kind} too`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': render,
				'/save': save,
				'/twice': async ctx => {
					await ctx.inertia.render('First');
					ctx.inertia.flash({count: 2});
					await ctx.inertia.render('Second');
				},
			}),
		);
		await agent.post('/save');
		t.like((await visit('/twice')).body, {component: 'Second', flash: {message: 'Saved.', count: 2}});
		t.false('flash' in (await visit('/')).body);
	});

	test(`a partial reload carries the flash in ${kind}, and a page that is loaded ahead its own only`, async t => {
		const {agent, client} = await create(t, byPath({'/': render, '/save': save, '/own': renderOwn}), {views});
		await client.open('/');
		await agent.post('/save');
		const {page: own} = await client.visit('/own', {headers: {Purpose: 'prefetch'}});
		t.deepEqual(own.flash, {own: 1});
		await client.open('/');
		t.deepEqual(client.page.flash, {message: 'Saved.'});
		await agent.post('/save');
		t.deepEqual((await client.reload({only: ['name']})).page.flash, {message: 'Saved.'});
		await agent.post('/save');
		t.deepEqual((await client.loadDeferred())[0]?.page.flash, {message: 'Saved.'});
		t.false('flash' in (await client.visit('/')).page);
	});
}

test('a flash reaches the next page where koa-session comes after `inertia()` too', async t => {
	for (const sessionOptions of [{}, {store: new MemoryStore()}]) {
		const sessions: Middleware[] = [];
		const {client} = await createApp(
			t,
			{version: null},
			// Saves the session before what stands around it is done.
			(ctx, next) => sessions[0]!(ctx, async () => byPath({'/': render, '/save': save})(ctx, next)),
			app => {
				app.keys = ['a key for tests'];
				sessions.push(createSession({...sessionOptions}, app));
			},
		);
		t.deepEqual((await client.visit('/save')).page.flash, {message: 'Saved.'});
		t.false('flash' in (await client.visit('/')).page);
	}
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

test('a loader of the page may flash', async t => {
	const {visit} = await createApp(t, {version: null}, ctx =>
		ctx.inertia.render('Home', {
			stock: async () => {
				ctx.inertia.flash({message: 'Counted.'});
				return 3;
			},
			sold: () => {
				ctx.inertia.flash({hint: 'Sold out soon.'});
				return 7;
			},
		}),
	);
	t.deepEqual((await visit('/')).body.flash, {message: 'Counted.', hint: 'Sold out soon.'});
});

for (const [kind, create] of sessionKinds) {
	test(`requests beside the page that shows a flash don't bring it back into ${kind}`, async t => {
		const {agent, app, visit} = await create(
			t,
			byPath({
				'/': render,
				'/save': save,
				'/text': ctx => hold(ctx, () => 'text'),
				'/fails': ctx => hold(ctx, () => ctx.inertia.render('Home', {wrong: 7n})),
				'/ahead': ctx => hold(ctx, () => ctx.inertia.render('Home')),
				'/redirect': ctx => hold(ctx, () => ctx.redirect('/')),
			}),
		);
		const paths = ['/text', '/fails', '/ahead', '/redirect', '/text', '/ahead'];
		await agent.post('/save');
		let held = 0;
		app.on('held', () => {
			held += 1;
		});
		const answers = Promise.all(
			paths.map(async path => visit(path).set(path === '/ahead' ? {Purpose: 'prefetch'} : {})),
		);
		await waitFor(() => held === paths.length);
		t.deepEqual((await visit('/')).body.flash, {message: 'Saved.'});
		app.emit('release');
		t.deepEqual(
			(await answers).map(({status}) => status),
			[200, 500, 200, 302, 200, 200],
		);
		t.false('flash' in (await visit('/')).body);
	});
}

/** Answers when the test says so. */
async function hold(ctx: Context, answer: () => unknown): Promise<void> {
	const released = once(ctx.app, 'release');
	ctx.app.emit('held');
	await released;
	const body = await answer();
	if (typeof body === 'string') ctx.body = body;
}

function renderOwn(ctx: Context): Promise<void> {
	ctx.inertia.flash({own: 1});
	return ctx.inertia.render('Own');
}
