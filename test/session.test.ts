import test from 'ava';
import {SessionMissingError, SessionSizeError} from 'koa-inertia';
import {createApp} from './helpers/app.ts';
import {createSessionApp} from './helpers/session-app.ts';

test('a flash on a redirect without a session fails with `ERR_INERTIA_SESSION_MISSING`, which shows how to add one', async t => {
	const {agent, errors} = await createApp(t, {version: null}, ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.redirect('/');
	});
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
