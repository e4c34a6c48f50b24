import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import {readPage} from 'koa-inertia/testing';
import type {Test} from 'supertest';
import type {RunningApp} from '../helpers/app.ts';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';

const empty = {component: 'Home', props: {errors: {}}, url: '/', version: '2', sharedProps: ['errors']};
const full = {
	...empty,
	props: {errors: {title: 'Give it a title.'}},
	flash: {message: 'Saved.'},
	clearHistory: true,
	preserveFragment: true,
};

const options = {version: '2', views: 'test/conformance/views'};
const withPage = (leave: (ctx: Context) => unknown) => async (ctx: Context) => {
	await ctx.inertia.render('Before');
	await leave(ctx);
};

const handler = byPath({
	'/': ctx => ctx.inertia.render('Home'),
	'/leave': ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.inertia.errors({title: 'Give it a title.'});
		ctx.inertia.clearHistory();
		ctx.inertia.preserveFragment();
		ctx.redirect('/');
	},
	'/first': ctx => ctx.redirect('/second'),
	'/second': ctx => ctx.redirect('/third'),
	'/third': ctx => ctx.redirect('/'),
	'/page-then-redirect': withPage(ctx => ctx.redirect('/')),
	'/location': ctx => ctx.inertia.location('https://pay.example/'),
	'/page-then-location': withPage(ctx => ctx.inertia.location('https://pay.example/')),
	'/other-host': ctx => ctx.redirect('https://pay.example/'),
	'/fragment': ctx => ctx.redirect('/#part'),
	'/page-then-fragment': withPage(ctx => ctx.redirect('/#part')),
	'/page-then-nothing': withPage(ctx => {
		ctx.status = 204;
	}),
	'/text': ctx => {
		ctx.body = 'text';
	},
	'/nothing': ctx => {
		ctx.status = 204;
	},
	'/prop-fails': ctx => ctx.inertia.render('Home', {later: () => delay(5).then(() => ctx.throw(503))}),
	'/prop-is-big': ctx => ctx.inertia.render('Home', {count: 7n}),
	'/template-fails': ctx => ctx.inertia.render('Home', {}, {template: 'no-such-template.njk'}),
	'/wrong-status': ctx => ctx.inertia.render('Home', {}, {status: 42}),
	'/page-then-error': withPage(ctx => ctx.throw(418)),
	'/page-then-bug': withPage(() => {
		throw new Error('closed');
	}),
	'/stops': ctx => renderLate(ctx, (_, signal) => delay(60_000, undefined, {signal})),
	'/goes-on': ctx => renderLate(ctx, response => once(response, 'close')),
});

/** A page that is ready after the client has gone. */
async function renderLate(
	ctx: Context,
	wait: (response: Context['res'], signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
	try {
		await ctx.inertia.render('Late', {
			late: ({signal}: {signal: AbortSignal}) => {
				const waited = wait(ctx.res, signal).then(() => 'late');
				ctx.app.emit('loading');
				return waited;
			},
		});
	} finally {
		ctx.app.emit('loaded');
	}
}

type Request = (running: RunningApp) => Test;
const visit =
	(path: string, headers: Record<string, string> = {}): Request =>
	running =>
		running.visit(path, '2').set(headers);
const load =
	(path: string, headers: Record<string, string> = {}): Request =>
	({agent}) =>
		agent.get(path).set(headers);

const withoutPage: Array<[name: string, status: number, send: Request]> = [
	['a 409 of a stale visit', 409, running => running.visit('/', '1')],
	['a redirect', 302, visit('/third')],
	['a redirect after a page', 302, visit('/page-then-redirect')],
	['a redirect after a document', 302, load('/page-then-redirect')],
	['a location answer', 409, visit('/location')],
	['a location answer to a plain request', 302, load('/location')],
	['a location answer after a page', 409, visit('/page-then-location')],
	['a location answer after a document', 302, load('/page-then-location')],
	['a redirect to another host', 409, visit('/other-host')],
	['a fragment redirect', 409, visit('/fragment')],
	['a fragment redirect after a page', 409, visit('/page-then-fragment')],
	['an answer without a body after a page', 302, visit('/page-then-nothing')],
	['an answer without a body after a document', 204, load('/page-then-nothing')],
	['an empty answer', 302, visit('/nothing')],
	['a plain body', 200, load('/text')],
	['a plain body to a visit', 200, visit('/text')],
	['a 404', 404, visit('/nobody')],
	['`HEAD`', 200, ({agent}) => agent.head('/')],
	['`HEAD` of a visit', 200, ({agent}) => agent.head('/').set({'X-Inertia': 'true', 'X-Inertia-Version': '2'})],
	['`Purpose: prefetch`', 200, visit('/', {Purpose: 'prefetch'})],
	['`Sec-Purpose: prefetch`', 200, load('/', {'Sec-Purpose': 'prefetch'})],
	['`Sec-Purpose: prefetch;prerender`', 200, load('/', {'Sec-Purpose': 'prefetch;prerender'})],
	['a prop that fails', 503, visit('/prop-fails')],
	['a prop that fails in a document', 503, load('/prop-fails')],
	['a BigInt', 500, visit('/prop-is-big')],
	['a template that is missing', 500, load('/template-fails')],
	['a status that there is not', 500, visit('/wrong-status')],
	['an HTTP error after a page', 418, visit('/page-then-error')],
	['an error after a page', 500, visit('/page-then-bug')],
	['an error after a document', 500, load('/page-then-bug')],
];

for (const [kind, create] of sessionKinds) {
	for (const [name, status, send] of withoutPage) {
		test(`${name} takes nothing out of a session in ${kind}`, async t => {
			const running = await create(t, handler, options);
			await running.agent.post('/leave');
			const response = await send(running);
			t.is(response.status, status);
			t.notRegex(response.text ?? '', /Saved\.|clearHistory/);
			await assertWaitsOnce(t, running);
		});
	}

	for (const path of ['/stops', '/goes-on']) {
		test(`a client that leaves before the page \`${path}\` takes nothing out of a session in ${kind}`, async t => {
			const running = await create(t, handler, options);
			await running.agent.post('/leave');
			const [loading, loaded] = [once(running.app, 'loading'), once(running.app, 'loaded')];
			const request = running.visit(path, '2');
			const aborted = t.throwsAsync(async () => request, {message: /abort/i});
			await loading;
			request.abort();
			await Promise.all([aborted, loaded]);
			await assertWaitsOnce(t, running);
			t.deepEqual(running.errors, []);
		});
	}

	test(`several redirects take nothing out of a session in ${kind}, and the page at their end shows it`, async t => {
		const {agent, client} = await create(t, handler, options);
		await client.open('/');
		await agent.post('/leave');
		const {page: shown, redirects} = await client.visit('/first');
		t.is(redirects.length, 3);
		t.deepEqual<object, object>(shown, full);
		t.deepEqual<object, object>((await client.visit('/first')).page, empty);
	});

	test(`what waits in ${kind} survives a whole chain of answers without a page`, async t => {
		const running = await create(t, handler, options);
		await running.agent.post('/leave');
		for (const [, , send] of withoutPage) await send(running);
		await assertWaitsOnce(t, running);
	});

	test(`a document takes out of a session in ${kind} what a visit would`, async t => {
		const {agent} = await create(t, handler, options);
		await agent.post('/leave');
		t.deepEqual<object, object>(readPage(await agent.get('/')), full);
		t.deepEqual<object, object>(readPage(await agent.get('/')), empty);
	});

	test(`a request that fails after it changed the user leaves nothing of the first in ${kind}`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': ctx => ctx.inertia.render('Home', {user: ctx.session.user}),
				'/sign-in': ctx => {
					ctx.session.user = 'Ada';
					ctx.inertia.flash({secret: 'of Ada'});
					ctx.inertia.errors({secret: 'of Ada'});
					ctx.redirect('/');
				},
				'/change': ctx => {
					ctx.inertia.flash({message: 'Hello.'});
					ctx.session = {user: 'Bob'};
					ctx.throw(503);
				},
			}),
			{...options, errorPage: ({status}) => (status === 503 ? 'Error' : undefined)},
		);
		await agent.post('/sign-in');
		const failed = await agent.post('/change').set('X-Inertia', 'true');
		t.is(failed.status, 503);
		t.notRegex(failed.text, /of Ada/);
		t.deepEqual((await visit('/', '2')).body, {...empty, props: {errors: {}, user: 'Bob'}});
	});
}

const asVisit = {'X-Inertia': 'true'};
const failing = byPath({
	'/save': ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.inertia.errors({title: 'Short.'});
		ctx.inertia.clearHistory();
		ctx.redirect('/');
	},
	'/': (ctx: Context) =>
		ctx.inertia.render('Home', {
			stars() {
				if (ctx.query.fails) throw new Error('no database');
				return 24;
			},
		}),
});

for (const [kind, create] of sessionKinds) {
	test(`a page that fails leaves in ${kind} what the next one shows, and clears the history at once`, async t => {
		const {agent, visit} = await create(t, failing, {errorPage: 'Error'});
		await agent.post('/save').set(asVisit);
		const {status, body: failed} = await visit('/?fails=1');
		t.deepEqual([status, failed.component, failed.flash, failed.props.errors], [500, 'Error', undefined, {}]);
		t.true(failed.clearHistory);
		const {body} = await visit('/');
		t.deepEqual([body.flash, body.props.errors], [{message: 'Saved.'}, {title: 'Short.'}]);
		t.is((await visit('/')).body.flash, undefined);
	});
}

test('a page that the browser has already, and is told so by a 304, counts as sent', async t => {
	const [[, create]] = sessionKinds as [(typeof sessionKinds)[number]];
	const {agent, visit} = await create(t, async (ctx, next) => {
		await failing(ctx, next);
		if (ctx.get('If-None-Match') === '"seen"') ctx.status = 304;
	});
	await agent.post('/save').set(asVisit);
	t.is((await agent.get('/').set({...asVisit, 'If-None-Match': '"seen"'})).status, 304);
	t.is((await visit('/')).body.flash, undefined);
});

for (const [kind, create] of sessionKinds) {
	test(`a page with the status 409 takes what waits out of a session in ${kind}`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/save': ctx => {
					ctx.inertia.flash({message: 'Saved.'});
					ctx.redirect('/');
				},
				'/': ctx => ctx.inertia.render('Home'),
				'/conflict': ctx => ctx.inertia.render('Conflict', {}, {status: 409}),
			}),
		);
		await agent.post('/save');
		const {status, body} = await visit('/conflict');
		t.like({status, ...body}, {status: 409, component: 'Conflict', flash: {message: 'Saved.'}});
		t.false('flash' in (await visit('/')).body);
	});
}

/** That the next page shows what waits, and the one after it no more. */
async function assertWaitsOnce(t: ExecutionContext, running: RunningApp): Promise<void> {
	t.deepEqual((await running.visit('/', '2')).body, full);
	t.deepEqual((await running.visit('/', '2')).body, empty);
}
