import {once} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import type {Context} from 'koa';
import {SessionMissingError} from 'koa-inertia/errors';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';

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
