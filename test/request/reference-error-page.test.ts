import {STATUS_CODES} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {options} from '../helpers/partial-visit.ts';

const throwStatus =
	(status: number, message?: string): Middleware =>
	ctx =>
		message === undefined ? ctx.throw(status) : ctx.throw(status, message);

/** A visit and a browser's first load of a URL, in production. */
async function load(t: ExecutionContext, handler: Middleware, more: InertiaOptions = {}, setUp?: Middleware) {
	const {agent, app, errors} = await createApp(t, {...options, version: null, ...more}, handler, app => {
		if (setUp) app.use(setUp);
	});
	app.env = 'production';
	app.silent = true;
	const visit = await agent.get('/garden').set('X-Inertia', 'true').redirects(0);
	const document = await agent.get('/garden').set('Accept', 'text/html').redirects(0);
	return {visit, document, errors};
}

for (const status of [401, 403, 404, 500, 503]) {
	test(`without \`errorPage\` a ${status} is answered by Koa`, async t => {
		const {visit, document} = await load(t, throwStatus(status));
		for (const response of [visit, document]) {
			t.is(response.status, status);
			t.is(response.headers['x-inertia'], undefined);
			t.is(response.headers['content-type'], 'text/plain; charset=utf-8');
		}
	});

	test(`with \`errorPage\` a ${status} is a page with its status`, async t => {
		const {visit, document} = await load(t, throwStatus(status), {errorPage: 'Failure'});
		t.is(visit.headers['x-inertia'], 'true');
		t.is(document.headers['content-type'], 'text/html; charset=utf-8');
		for (const response of [visit, document]) {
			t.is(response.status, status);
			const {component, props, url} = readPage(response);
			t.is(component, 'Failure');
			t.is(url, '/garden');
			t.is(props.status, status);
		}
	});
}

test('the error page has the message of an error that is exposed, else the name of the status', async t => {
	const exposed = await load(t, throwStatus(402, 'Your seeds are not paid.'), {errorPage: 'Failure'});
	t.is(readPage(exposed.visit).props.message, 'Your seeds are not paid.');
	const hidden = await load(t, throwStatus(500, 'password=secret'), {errorPage: 'Failure'});
	for (const response of [hidden.visit, hidden.document]) {
		t.is(readPage(response).props.message, 'Internal Server Error');
		t.false(response.text.includes('secret'));
	}
});

test('an error that has a page is reported all the same', async t => {
	const failure = new Error('out of seeds');
	const {visit, errors} = await load(t, () => Promise.reject(failure), {errorPage: 'Failure'});
	t.is(visit.status, 500);
	t.deepEqual(errors, [failure, failure]);
});

test('`errorPage` chooses by status, message and error, and leaves to Koa what it gives no page for', async t => {
	const errorPage: InertiaOptions['errorPage'] = ({status, message, error}, ctx) => {
		t.is(message, STATUS_CODES[status]!);
		t.true(error instanceof Error);
		t.is(ctx.path, '/garden');
		return status === 500 ? undefined : `Failure${status}`;
	};
	const chosen = await load(t, throwStatus(403), {errorPage});
	t.is(readPage(chosen.visit).component, 'Failure403');
	t.is(readPage(chosen.document).component, 'Failure403');

	const left = await load(t, throwStatus(500), {errorPage});
	for (const response of [left.visit, left.document]) {
		t.is(response.status, 500);
		t.is(response.headers['x-inertia'], undefined);
		t.is(response.text, 'Internal Server Error');
	}
});

test('the error page has the shared props, of the option and of the request', async t => {
	const handler: Middleware = ctx => {
		ctx.inertia.share({user: 'Ada'});
		ctx.throw(500);
	};
	const {visit, document} = await load(t, handler, {errorPage: 'Failure', share: {site: 'Garden'}});
	for (const response of [visit, document]) {
		t.deepEqual(readPage(response).props, {
			errors: {},
			site: 'Garden',
			user: 'Ada',
			status: 500,
			message: 'Internal Server Error',
		});
	}
});

test('the page of a URL that nobody answers has the shared props too', async t => {
	const {visit, document} = await load(t, (_ctx, next) => next(), {errorPage: 'Failure', share: {site: 'Garden'}});
	for (const response of [visit, document]) {
		t.is(response.status, 404);
		t.deepEqual(readPage(response).props, {errors: {}, site: 'Garden', status: 404, message: 'Not Found'});
	}
});

test('the error page may have a root template of its own', async t => {
	const rootView: InertiaOptions['rootView'] = ({component}) => `<p>root of ${component}</p>`;
	const {document, visit} = await load(t, throwStatus(500), {errorPage: 'Failure', rootView});
	t.is(document.status, 500);
	t.is(document.text, '<p>root of Failure</p>');
	t.is(readPage(visit).component, 'Failure');
});

test('a middleware of the application may redirect instead, before there is an error page', async t => {
	const askToSignIn: Middleware = async (ctx, next) => {
		try {
			await next();
		} catch (error) {
			if (ctx.path !== '/garden') throw error;
			ctx.redirect('/sign-in');
		}
	};
	const handler: Middleware = ctx => askToSignIn(ctx, async () => ctx.throw(401));
	const {agent} = await createApp(t, {...options, version: null, errorPage: 'Failure'}, handler);
	const redirected = await agent.get('/garden').set('X-Inertia', 'true').redirects(0);
	t.is(redirected.status, 302);
	t.is(redirected.headers.location, '/sign-in');
	t.is((await agent.get('/other').set('X-Inertia', 'true')).body.component, 'Failure');
});

test('an error in front of the middleware has no page', async t => {
	const {visit, document} = await load(t, throwStatus(500), {errorPage: 'Failure'}, throwStatus(503));
	for (const response of [visit, document]) {
		t.is(response.status, 503);
		t.is(response.headers['x-inertia'], undefined);
		t.is(response.headers['content-type'], 'text/plain; charset=utf-8');
	}
});
