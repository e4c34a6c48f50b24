import test from 'ava';
import type {Context, Middleware} from 'koa';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};
const home = (ctx: Context) => ctx.inertia.render('Home');

test('a page has no mark for the history by default', async t => {
	const {agent, visit} = await createApp(t, options, home);
	const names = ['component', 'props', 'sharedProps', 'url', 'version'];
	t.deepEqual(Object.keys((await visit('/')).body).sort(), names);
	t.deepEqual(Object.keys(readPage(await agent.get('/'))).sort(), names);
});

const marks = ['clearHistory', 'preserveFragment'] as const;

const leave =
	(mark: (typeof marks)[number]): Middleware =>
	async ctx => {
		if (ctx.path === '/account') return ctx.inertia.render('Account');
		ctx.inertia[mark]();
		ctx.redirect('/account');
	};

for (const mark of marks) {
	test(`\`${mark}\` marks the page of the same request, without a session`, async t => {
		const {client} = await createApp(t, options, async ctx => {
			if (ctx.path === '/marked') ctx.inertia[mark]();
			await ctx.inertia.render('Account');
		});
		const {page} = await client.open('/marked');
		t.true(page[mark]);
		t.false(marks.some(other => other !== mark && other in page));
		t.true((await client.visit('/marked')).page[mark]);
		t.false(mark in (await client.visit('/')).page);
	});

	for (const [method, status] of [
		['get', 302],
		['post', 302],
		['delete', 303],
	] as const) {
		test(`\`${mark}\` on a ${method.toUpperCase()} marks the page behind the redirect, and none after it`, async t => {
			const {agent, client} = await createSessionApp(t, leave(mark), options);
			for (const follow of [() => client.open('/account'), () => client.visit('/account')]) {
				const response = await agent[method]('/leave').set('X-Inertia', 'true').redirects(0);
				t.is(response.status, status);
				t.is(response.headers.location, '/account');
				t.true((await follow()).page[mark]);
				t.false(mark in (await follow()).page);
			}
		});
	}

	test(`\`${mark}\` on a request that is no visit marks the page behind its redirect`, async t => {
		const {agent} = await createSessionApp(t, leave(mark), options);
		t.is((await agent.get('/leave').redirects(0)).status, 302);
		t.true((await agent.get('/account').set('X-Inertia', 'true')).body[mark]);
	});

	for (const [kind, create] of sessionKinds) {
		test(`\`${mark}()\` marks the page at the end of redirects, once, through ${kind}`, async t => {
			const {client} = await create(
				t,
				byPath({
					'/': home,
					'/second': ctx => ctx.redirect('/'),
					'/first': ctx => {
						ctx.inertia[mark]();
						ctx.redirect('/second');
					},
				}),
				options,
			);
			const {page, redirects} = await client.visit('/first');
			t.is(redirects.length, 2);
			t.is(page[mark], true);
			t.is(Object.keys(page).length, 6);
			t.false(mark in (await client.visit('/')).page);
			await client.visit('/first');
			await client.open('/');
			t.false(mark in client.page);
			await client.open('/first');
			t.is(client.page[mark], true);
		});
	}
}
