import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import genericSession from 'koa-generic-session';
import minimalSession from 'koa-session-minimal';
import {createApp} from '../helpers/app.ts';

const signOut: Middleware = async ctx => {
	if (ctx.path === '/sign-in') {
		ctx.session.user = 'ada';
		ctx.body = 'in';
	} else if (ctx.method === 'POST') {
		ctx.session = null;
		ctx.inertia.clearHistory();
		ctx.inertia.flash({message: 'Signed out.'});
		ctx.redirect('/');
	} else {
		await ctx.inertia.render('Home', {user: ctx.session.user ?? null});
	}
};

const middleware: Array<[name: string, cookie: string, create: () => Middleware]> = [
	['koa-generic-session', 'koa.sid', () => genericSession({allowEmpty: true})],
	['koa-session-minimal', 'koa:sess', () => minimalSession()],
];
for (const [name, cookie, create] of middleware) {
	test(`a sign-out with a flash begins a new session of ${name} under another id`, async t => {
		const {agent} = await createApp(t, {version: null}, signOut, app => {
			app.keys = ['a key for tests'];
			app.use(create());
		});
		const readId = (response: {headers: Record<string, unknown>}): string | undefined =>
			String(response.headers['set-cookie'] ?? '').match(new RegExp(`${cookie}=([^;,]+)`))?.[1];
		const before = readId(await agent.get('/sign-in'));
		const after = readId(await agent.post('/sign-out').set('X-Inertia', 'true').expect(302));
		t.truthy(before);
		t.truthy(after);
		t.not(after, before);
		const {body} = await agent.get('/').set('X-Inertia', 'true');
		t.is(body.props.user, null);
		t.true(body.clearHistory);
		t.deepEqual(body.flash, {message: 'Signed out.'});
		const copied = await agent.get('/').set({'X-Inertia': 'true', Cookie: `${cookie}=${before}`});
		t.is(copied.body.props.user, null);
	});
}

const testDeferred = async (t: ExecutionContext, handler: Middleware, pattern: RegExp): Promise<void> => {
	const {agent, errors} = await createApp(t, {version: null}, handler, app => {
		app.keys = ['a key for tests'];
		app.use(genericSession({defer: true}));
	});
	await agent.get('/').set('X-Inertia', 'true').expect(500);
	t.like(errors[0], {code: 'ERR_INERTIA_SESSION_MISSING'});
	t.regex((errors[0] as Error).message, pattern);
};

test('a session that has to be waited for is named by the error, and nothing is lost without a word', async t => {
	await testDeferred(
		t,
		ctx => {
			ctx.inertia.flash({message: 'Saved.'});
			ctx.redirect('/');
		},
		/`ctx\.inertia\.flash\(\)` needs a session .* `ctx\.session` is a promise/,
	);
});
