import {once} from 'node:events';
import test from 'ava';
import type {Context, Middleware} from 'koa';
import {defer} from 'koa-inertia';
import {SessionSizeError} from 'koa-inertia/errors';
import {type CreateSessionOptions, createSession} from 'koa-session';
import {createApp} from '../helpers/app.ts';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';
import {waitFor} from '../helpers/wait-for.ts';

const views = 'test/conformance/views';
const render = (ctx: Context) => ctx.inertia.render('Home', {name: 'Ada', later: defer(() => 'later')});
const save = (ctx: Context) => {
	ctx.inertia.flash({message: 'Saved.'});
	ctx.redirect('/');
};

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
				ctx.session.inertia = {flash: {text: 'x'.repeat(lengthOf(ctx))}};
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
