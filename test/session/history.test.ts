import Router from '@koa/router';
import test from 'ava';
import type {Context, Middleware} from 'koa';
import {encryptHistory} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};
const home = (ctx: Context) => ctx.inertia.render('Home');

test('a page has no mark for the history by default', async t => {
	const {agent, visit} = await createApp(t, options, home);
	const names = ['component', 'props', 'sharedProps', 'url', 'version'];
	t.deepEqual(Object.keys((await visit('/')).body).sort(), names);
	t.deepEqual(Object.keys(readPage(await agent.get('/'))).sort(), names);
});

const settings = [undefined, true, false];
/** What is set at each level, from the weakest to the strongest; `undefined` is nothing. */
const levels = settings.flatMap(option =>
	settings.flatMap(method => settings.map(render => ({option, method, render}))),
);
test('of `encryptHistory` the option of `render` wins over the method, and the method over the option', async t => {
	for (const {option, method, render} of levels) {
		const {agent, visit} = await createApp(
			t,
			{...options, ...(option !== undefined && {encryptHistory: option})},
			ctx => {
				if (method !== undefined) ctx.inertia.encryptHistory(method);
				return ctx.inertia.render('Home', {}, render === undefined ? {} : {encryptHistory: render});
			},
		);
		const expected = (render ?? method ?? option) ? true : undefined;
		const name = `${option}, ${method}, ${render}`;
		t.is((await visit('/')).body.encryptHistory, expected, name);
		t.is(readPage(await agent.get('/')).encryptHistory, expected, name);
	}
});

for (const option of [true, false]) {
	test(`the middleware \`encryptHistory()\` is for the routes of its router, where the option is ${option}`, async t => {
		const account = new Router({prefix: '/account'});
		account.use(encryptHistory());
		account.get('/', home);
		account.get('/open', ctx => ctx.inertia.render('Open', {}, {encryptHistory: false}));
		account.get('/later', ctx => {
			ctx.inertia.encryptHistory(false);
			return home(ctx);
		});
		account.get('/again', encryptHistory(false), encryptHistory(true), home);
		const help = new Router({prefix: '/help'});
		help.use(encryptHistory(false));
		help.get('/', home);
		help.get('/secret', ctx => ctx.inertia.render('Secret', {}, {encryptHistory: true}));
		const routes = new Router();
		routes.get('/', home);
		routes.use(account.routes(), help.routes());
		const {visit} = await createApp(t, {...options, encryptHistory: option}, routes.routes() as Middleware);
		const expected = {
			'/': option,
			'/account': true,
			'/account/open': false,
			'/account/later': false,
			'/account/again': true,
			'/help': false,
			'/help/secret': true,
		};
		for (const [path, isEncrypted] of Object.entries(expected)) {
			const {status, body} = await visit(path);
			t.is(status, 200);
			t.is(body.encryptHistory, isEncrypted || undefined, path);
		}
	});
}

test('whether the history is encrypted is a matter of one request, and needs no session', async t => {
	const {visit} = await createApp(
		t,
		options,
		byPath({
			'/': home,
			'/leave': ctx => {
				ctx.inertia.encryptHistory();
				ctx.redirect('/');
			},
		}),
	);
	t.is((await visit('/leave')).status, 302);
	t.false('encryptHistory' in (await visit('/')).body);
});

for (const mark of ['clearHistory', 'preserveFragment'] as const) {
	test(`\`${mark}()\` marks a page of the same request, without a session`, async t => {
		const {agent, visit} = await createApp(t, options, ctx => {
			if (ctx.path === '/marked') ctx.inertia[mark]();
			return home(ctx);
		});
		t.is((await visit('/marked')).body[mark], true);
		t.is(readPage(await agent.get('/marked'))[mark], true);
		t.false(mark in (await visit('/')).body);
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
	t.deepEqual(session.inertia, {clearHistory: true});
	t.false('user' in session);
	t.true((await client.visit('/')).page.clearHistory);
	t.false(JSON.stringify([...store.sessions.values()]).includes('inertia'));
});
