import test from 'ava';
import type {Middleware} from 'koa';
import {encryptHistory, type InertiaOptions} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {options} from '../helpers/partial-visit.ts';
import {createSessionApp} from '../helpers/session-app.ts';

test('a page has no members for its history by default', async t => {
	const {client} = await createApp(t, options, ctx => ctx.inertia.render('Account'));
	for (const {page} of [await client.open('/'), await client.visit('/')]) {
		t.deepEqual(Object.keys(page).sort(), ['component', 'props', 'sharedProps', 'url', 'version']);
	}
});

const render: Middleware = ctx => ctx.inertia.render('Account');
const byMiddleware =
	(isEncrypted?: boolean): Middleware =>
	(ctx, next) =>
		encryptHistory(isEncrypted)(ctx, async () => render(ctx, next));
const byMethod =
	(isEncrypted?: boolean): Middleware =>
	(ctx, next) => {
		ctx.inertia.encryptHistory(isEncrypted);
		return render(ctx, next);
	};

const encrypted: Array<[name: string, handler: Middleware, more: InertiaOptions, expected: true | undefined]> = [
	['encrypted by `ctx.inertia.encryptHistory()`', byMethod(), {}, true],
	['encrypted by the middleware `encryptHistory()`', byMiddleware(), {}, true],
	['encrypted by the option', render, {encryptHistory: true}, true],
	['not, by `encryptHistory(false)` against the option', byMethod(false), {encryptHistory: true}, undefined],
	['not, by the middleware against the option', byMiddleware(false), {encryptHistory: true}, undefined],
	[
		'not, by the option of `render` against all others',
		ctx => {
			ctx.inertia.encryptHistory();
			return ctx.inertia.render('Account', {}, {encryptHistory: false});
		},
		{encryptHistory: true},
		undefined,
	],
];
for (const [name, handler, more, expected] of encrypted) {
	test(`the history is ${name}`, async t => {
		const {client} = await createApp(t, {...options, ...more}, handler);
		for (const {page} of [await client.open('/'), await client.visit('/')]) {
			t.is(page.encryptHistory, expected);
			t.is('encryptHistory' in page, expected === true);
		}
	});
}

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
}

test('`clearHistory` outlives a sign-out that drops the session', async t => {
	const handler: Middleware = async ctx => {
		const session = ctx.session as Record<string, unknown>;
		if (ctx.path === '/sign-in') session.user = 'Ada';
		if (ctx.path !== '/sign-out') return ctx.inertia.render('Account', {user: session.user ?? null});
		ctx.inertia.clearHistory();
		ctx.session = null;
		ctx.redirect('/account');
	};
	const {client} = await createSessionApp(t, handler, options);
	t.is((await client.open('/sign-in')).page.props.user, 'Ada');
	const {page} = await client.visit('/sign-out', {method: 'post'});
	t.true(page.clearHistory);
	t.is(page.props.user, null);
});
