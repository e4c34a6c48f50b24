import test from 'ava';
import type {Context} from 'koa';
import {SessionSizeError} from 'koa-inertia/errors';
import type {CreateSessionOptions} from 'koa-session';
import {byPath, MemoryStore} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const cookies: Array<[name: string, sessionOptions: CreateSessionOptions]> = [
	['as koa-session makes it', {}],
	['of a month', {maxAge: 2_592_000_000}],
	['that ends with the browser', {maxAge: 'session'}],
	['with a long name', {key: 'a-cookie-with-a-long-name'}],
	['in plain text', {encode: data => encodeURI(JSON.stringify(data)), decode: text => JSON.parse(decodeURI(text))}],
];
for (const [name, sessionOptions] of cookies) {
	test(`a flash is refused from the byte on from which a browser drops the cookie ${name}`, async t => {
		const lengthOf = (ctx: Context) => Number(ctx.query.length);
		const {agent: plain} = await createSessionApp(
			t,
			ctx => {
				ctx.session.user = 'Ada';
				ctx.session.inertia = {flash: {text: 'x'.repeat(lengthOf(ctx))}, path: '/'};
			},
			{},
			sessionOptions,
		);
		const {agent, errors} = await createSessionApp(
			t,
			ctx => {
				ctx.session.user = 'Ada';
				ctx.inertia.flash({text: 'x'.repeat(lengthOf(ctx))});
				ctx.redirect('/');
			},
			{},
			sessionOptions,
		);
		/** Name and value, as browsers count. */
		const measure = async (length: number): Promise<number> => {
			const [cookie] = (await plain.get(`/?length=${length}`)).get('Set-Cookie')!;
			return cookie!.split(';', 1)[0]!.length;
		};

		const perCharacter = ((await measure(2000)) - (await measure(1400))) / 600;
		const near = 2000 + Math.floor((4096 - (await measure(2000))) / perCharacter);
		const sizes = new Set<boolean>();
		for (let length = near - 5; length <= near + 5; length += 1) {
			const fits = (await measure(length)) <= 4096;
			sizes.add(fits);
			t.is((await agent.post(`/?length=${length}`)).status, fits ? 302 : 500, String(length));
			t.true(errors.splice(0).every(error => error instanceof SessionSizeError));
		}

		t.is(sizes.size, 2);
	});
}

test('a flash that no cookie holds fails with `ERR_INERTIA_SESSION_SIZE`, which names the store to use', async t => {
	const {agent, errors} = await createSessionApp(t, ctx => {
		ctx.inertia.flash({text: 'x'.repeat(4000)});
		ctx.redirect('/');
	});
	const response = await agent.post('/').set('X-Inertia', 'true');
	t.is(response.status, 500);
	t.is(response.get('Set-Cookie'), undefined);
	const [error] = errors as [SessionSizeError];
	t.true(error instanceof SessionSizeError);
	t.is(error.code, 'ERR_INERTIA_SESSION_SIZE');
	t.true(error.size > 4096);
	t.regex(error.message, /`store` of koa-session/);
});

test('a form whose name no cookie holds counts as one without a name', async t => {
	const {agent, visit, errors} = await createSessionApp(
		t,
		byPath({
			'/': ctx => ctx.inertia.render('Home'),
			'/save': ctx => {
				ctx.inertia.errors({a: '1'});
				ctx.redirect('/');
			},
		}),
		{errorPage: 'Error'},
	);
	await agent
		.post('/save')
		.set({'X-Inertia': 'true', 'X-Inertia-Error-Bag': 'x'.repeat(8192)})
		.expect(302);
	t.deepEqual((await visit('/')).body.props.errors, {a: '1'});
	t.deepEqual(errors, []);
});

test('a flash of any size reaches the next page by a store, and a page of the same request by nothing', async t => {
	const text = 'x'.repeat(100_000);
	const handler = (ctx: Context) => {
		if (ctx.path !== '/') ctx.inertia.flash({text});
		return ctx.path === '/save' ? ctx.redirect('/') : ctx.inertia.render('Home');
	};
	const {client} = await createSessionApp(t, handler, {}, {store: new MemoryStore()});
	t.deepEqual((await client.visit('/save')).page.flash, {text});
	const own = await (await createSessionApp(t, handler)).visit('/own');
	t.deepEqual(own.body.flash, {text});
	t.is(own.get('Set-Cookie'), undefined);
});
