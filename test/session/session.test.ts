import {once} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import type {Context} from 'koa';
import {SessionMissingError, SessionSizeError} from 'koa-inertia/errors';
import {readPage} from 'koa-inertia/testing';
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

test('a flash on a redirect without a session fails with `ERR_INERTIA_SESSION_MISSING`, which shows how to add one', async t => {
	const {agent, errors} = await createApp(t, {version: null}, home['/save']);
	t.is((await agent.post('/').set('X-Inertia', 'true')).status, 500);
	const [error] = errors as [SessionMissingError];
	t.true(error instanceof SessionMissingError);
	t.is(error.code, 'ERR_INERTIA_SESSION_MISSING');
	t.regex(error.message, /`ctx\.inertia\.flash\(\)` needs a session .*koa-session/);
});

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

const calls: Array<[names: string, call: (ctx: Context) => unknown]> = [
	['`ctx.inertia.errors()` or `validate()`', ({inertia}) => inertia.errors({title: 'Give it a title.'})],
	['`ctx.inertia.clearHistory()`', ({inertia}) => inertia.clearHistory()],
	['`ctx.inertia.preserveFragment()`', ({inertia}) => inertia.preserveFragment()],
	[
		'`ctx.inertia.flash()` and `ctx.inertia.clearHistory()`',
		({inertia}) => {
			inertia.flash({message: 'Bye.'});
			inertia.clearHistory();
		},
	],
];
for (const [names, call] of calls) {
	test(`without a session ${names} on a redirect is named by the error, and shown by a page of the same request`, async t => {
		const {visit, errors} = await createApp(t, {version: null}, async ctx => {
			call(ctx);
			if (ctx.path === '/page') await ctx.inertia.render('Home');
			else ctx.redirect('/page');
		});
		t.is((await visit('/')).status, 500);
		const {message} = errors[0] as Error;
		t.true(message.startsWith(`${names} need`), message);
		t.regex(message, / needs? a session to reach the next page, and `ctx\.session` is undefined\. .*createSession/);
		const {status, text} = await visit('/page');
		t.is(status, 200);
		t.regex(text, /Give it a title|clearHistory|preserveFragment/);
		t.is(errors.length, 1);
	});
}

test('a page that is replaced by a redirect needs a session for what it showed, and one that is followed by a flash too', async t => {
	const {visit, errors} = await createApp(t, {version: null}, async ctx => {
		if (ctx.path === '/redirect') ctx.inertia.flash({message: 'Saved.'});
		await ctx.inertia.render('Home');
		if (ctx.path === '/redirect') ctx.redirect('/');
		else ctx.inertia.flash({message: 'Saved.'});
	});
	for (const path of ['/redirect', '/after']) t.is((await visit(path)).status, 500);
	t.deepEqual(
		errors.map(error => error instanceof SessionMissingError),
		[true, true],
	);
});

test('a client that leaves before a page that flashes is no error where there is no session', async t => {
	const {app, visit, errors} = await createApp(t, {version: null}, async ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		await ctx.inertia.render('Home', {
			late: () => {
				const closed = once(ctx.res, 'close');
				ctx.app.emit('loading');
				return closed.then(() => 'late');
			},
		});
		ctx.app.emit('loaded');
	});
	const [loading, loaded] = [once(app, 'loading'), once(app, 'loaded')];
	const request = visit('/');
	const aborted = t.throwsAsync(async () => request, {message: /abort/i});
	await loading;
	request.abort();
	await Promise.all([aborted, loaded]);
	// What follows the handler has run by then.
	await setImmediate();
	t.deepEqual(errors, []);
});

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

test('a page without a session has no errors, and none of the members that a session gives', async t => {
	for (const session of [undefined, null, 'text', 7, []]) {
		const {visit, agent} = await createApp(t, options, home['/'], app => {
			app.context.session = session;
		});
		const expected = {component: 'Home', props: {errors: {}}, url: '/', version: '', sharedProps: ['errors']};
		t.deepEqual((await visit('/')).body, expected);
		t.deepEqual<object, object>(readPage(await agent.get('/')), expected);
	}
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

	test(`a page with the status 409 takes what waits out of a session in ${kind}`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				...home,
				'/conflict': ctx => ctx.inertia.render('Conflict', {}, {status: 409}),
			}),
		);
		await agent.post('/save');
		const {status, body} = await visit('/conflict');
		t.like({status, ...body}, {status: 409, component: 'Conflict', flash: {message: 'Saved.'}});
		t.false('flash' in (await visit('/')).body);
	});
}
