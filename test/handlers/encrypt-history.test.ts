import Router from '@koa/router';
import test from 'ava';
import type {Context, Middleware} from 'koa';
import {encryptHistory, type InertiaOptions} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath} from '../helpers/memory-store.ts';

const options = {version: null, views: 'test/conformance/views'};
const home = (ctx: Context) => ctx.inertia.render('Home');

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
		const {client} = await createApp(t, {...options, hotFile: false, ...more}, handler);
		for (const {page} of [await client.open('/'), await client.visit('/')]) {
			t.is(page.encryptHistory, expected);
			t.is('encryptHistory' in page, expected === true);
		}
	});
}

const cases: Array<[outer: string | undefined, sent: string]> = [
	[undefined, 'no-store'],
	['no-cache', 'no-store'],
	['private, max-age=0', 'no-store'],
	['no-store, private', 'no-store, private'],
];
for (const [outer, sent] of cases) {
	test(`an encrypted page under \`Cache-Control: ${outer ?? '(none)'}\` is sent with ${sent}`, async t => {
		const {visit} = await createApp(
			t,
			{version: null, encryptHistory: true},
			ctx => ctx.inertia.render('Account'),
			app => {
				app.use(async (ctx, next) => {
					if (outer) ctx.set('Cache-Control', outer);
					await next();
				});
			},
		);
		t.is((await visit('/')).headers['cache-control'], sent);
	});
}

test('a page that is not encrypted keeps what was set', async t => {
	const {visit} = await createApp(t, {version: null}, ctx => {
		ctx.set('Cache-Control', 'no-cache');
		return ctx.inertia.render('Home');
	});
	t.is((await visit('/')).headers['cache-control'], 'no-cache');
});
