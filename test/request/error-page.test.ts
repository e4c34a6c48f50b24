import {STATUS_CODES} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {loadInProduction, throwStatus} from '../helpers/load-in-production.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false, errorPage: 'Error'} as const;
const asVisit = {'x-inertia': 'true', 'x-inertia-version': 'a'};
const asDocument = {accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'};
/** Stands in whatever no user may read. */
const secret = 'postgres://admin:hunter2@database';

const fail =
	(thrown: unknown): Middleware =>
	() => {
		throw thrown;
	};
const failWith = (properties: object): Middleware => fail(Object.assign(new Error(secret), properties));

/** Asks for a page and a document, and sees that each is the error page, and that each error was reported once. */
async function getProps(t: ExecutionContext, {agent, errors}: RunningApp, reports = 1): Promise<object> {
	const document = await agent.get('/notes/1').set(asDocument);
	const visit = await agent.get('/notes/1').set(asVisit);
	const page = readPage(visit);
	t.deepEqual(readPage(document), page);
	t.like(page, {component: 'Error', url: '/notes/1', version: 'a'});
	t.like(page, {flash: undefined, clearHistory: undefined});
	t.is(visit.headers['x-inertia'], 'true');
	t.is(document.headers['x-inertia'], undefined);
	for (const {status, headers, text} of [visit, document]) {
		t.is(status, page.props.status as number);
		t.is(headers['x-inertia-version'], 'a');
		t.is(headers.vary, headers['x-inertia'] ? 'X-Inertia' : 'X-Inertia, Accept');
		t.false(text.includes('hunter2') || JSON.stringify(headers).includes('hunter2'));
		t.notRegex(text, /\bat .*:\d+|node_modules|error-page\.test|file:/);
	}
	t.is(errors.length, reports * 2);
	const {errors: none, ...props} = page.props;
	t.deepEqual(none, {});
	return props;
}

for (const status of [400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 429, 451, 500, 501, 502, 503, 504, 511]) {
	test(`an error of status ${status} becomes a page of that status, with the text of the status`, async t => {
		for (const properties of [{status}, {statusCode: status}, {status, expose: false}]) {
			const props = await getProps(t, await createApp(t, options, failWith(properties)));
			t.deepEqual(props, {status, message: STATUS_CODES[status]});
		}
	});
}

const internal = {status: 500, message: 'Internal Server Error'};
for (const status of [undefined, null, 0, 99, 200, 204, 399, 404.5, 499, 600, 1e9, -404, Number.NaN, 'ENOENT', {}]) {
	test(`an error of status ${String(status)} becomes a page of status 500`, async t => {
		t.deepEqual(await getProps(t, await createApp(t, options, failWith({status}))), internal);
	});
}

for (const [name, thrown] of [
	['a string', secret],
	['`null`', null],
	['`undefined`', undefined],
	['a number', 404],
	['a symbol', Symbol(secret)],
	['an object', {message: secret, status: 404, expose: true}],
] as const) {
	test(`${name} that is thrown becomes a page of status 500, reported as an error`, async t => {
		const running = await createApp(t, options, fail(thrown));
		t.deepEqual(await getProps(t, running), internal);
		t.true(running.errors.every(error => error instanceof Error));
		t.is((running.errors[0] as Error).cause, thrown);
	});
}

test('a frozen error becomes a page of its status', async t => {
	const frozen = Object.freeze(Object.assign(new Error(secret), {status: 410}));
	const running = await createApp(t, options, fail(frozen));
	t.deepEqual(await getProps(t, running), {status: 410, message: 'Gone'});
	t.is((running.errors[0] as Error).cause, frozen);
});

test('a message is shown where the error has `expose`, and else never', async t => {
	const shown = await createApp(t, options, failWith({status: 503, expose: true, message: 'Back at <nine>.'}));
	t.deepEqual(await getProps(t, shown), {status: 503, message: 'Back at <nine>.'});
	const hidden = await createApp(t, options, ctx => ctx.throw(502, secret));
	t.deepEqual(await getProps(t, hidden), {status: 502, message: 'Bad Gateway'});
	const withCause = Object.assign(new Error('No note.', {cause: new Error(secret)}), {code: secret, path: secret});
	const exposed = await createApp(t, options, fail(Object.assign(withCause, {status: 404, expose: true})));
	t.deepEqual(await getProps(t, exposed), {status: 404, message: 'No note.'});
});

test('a loader, a template and a handler that reads what is not there become a page alike', async t => {
	const failures: Middleware[] = [
		ctx => ctx.inertia.render('Home', {rows: fail(new Error(secret)) as () => never}),
		ctx => ctx.inertia.render('Home', {rows: 1n, [secret]: 1}),
		ctx => Reflect.get(ctx.state.user, 'name'),
	];
	for (const failure of failures) t.deepEqual(await getProps(t, await createApp(t, options, failure)), internal);
});

test('what is shared is there on an error page', async t => {
	const share = {user: {name: 'Ada'}};
	const running = await createApp(t, {...options, share}, (ctx: Context) => {
		ctx.inertia.share({unread: () => 3});
		ctx.inertia.flash({message: 'Saved.'});
		throw new Error(secret);
	});
	t.deepEqual(await getProps(t, running), {...internal, ...share, unread: 3});
});

test('an error page whose shared props fail is sent without any, and both errors are reported', async t => {
	const breakDown = fail(new Error(`${secret} is down`)) as () => never;
	for (const share of [breakDown, {user: breakDown}]) {
		const running = await createApp(t, {...options, share}, fail(new Error(secret)));
		t.deepEqual(await getProps(t, running, 2), internal);
		t.is(running.errors.filter(error => (error as Error).message.includes('is down')).length, 2);
	}
});

test('the error page of a POST tells a stale client its own version', async t => {
	const {agent} = await createApp(t, options, fail(new Error(secret)));
	const response = await agent.post('/').set({...asVisit, 'x-inertia-version': 'old'});
	t.deepEqual(
		[response.status, response.headers['x-inertia-version'], readPage(response).version],
		[500, 'old', 'old'],
	);
});

test('`errorPage` chooses a component by the failure and the request', async t => {
	const seen: unknown[] = [];
	const errorPage: InertiaOptions['errorPage'] = (failure, ctx) => {
		seen.push(failure, ctx.path);
		return failure.status === 503 ? 'Maintenance' : 'Error';
	};
	const error = Object.assign(new Error(secret), {status: 503});
	const {agent, errors} = await createApp(t, {...options, errorPage}, ctx => {
		if (ctx.path === '/busy') throw error;
	});
	t.is(readPage(await agent.get('/busy').set(asVisit)).component, 'Maintenance');
	t.is(readPage(await agent.get('/nowhere').set(asVisit)).component, 'Error');
	t.deepEqual(errors, [error]);
	t.deepEqual(seen, [
		{status: 503, message: 'Service Unavailable', error},
		'/busy',
		{status: 404, message: 'Not Found', error: undefined},
		'/nowhere',
	]);
});

for (const status of [401, 403, 404, 500, 503]) {
	test(`with \`errorPage\` a ${status} is a page with its status`, async t => {
		const {visit, document} = await loadInProduction(t, throwStatus(status), {errorPage: 'Failure'});
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

test('an error that has a page is reported all the same', async t => {
	const failure = new Error('out of seeds');
	const {visit, errors} = await loadInProduction(t, () => Promise.reject(failure), {errorPage: 'Failure'});
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
	const chosen = await loadInProduction(t, throwStatus(403), {errorPage});
	t.is(readPage(chosen.visit).component, 'Failure403');
	t.is(readPage(chosen.document).component, 'Failure403');

	const left = await loadInProduction(t, throwStatus(500), {errorPage});
	for (const response of [left.visit, left.document]) {
		t.is(response.status, 500);
		t.is(response.headers['x-inertia'], undefined);
		t.is(response.text, 'Internal Server Error');
	}
});

test('the page of a URL that nobody answers has the shared props too', async t => {
	const {visit, document} = await loadInProduction(t, (_ctx, next) => next(), {
		errorPage: 'Failure',
		share: {site: 'Garden'},
	});
	for (const response of [visit, document]) {
		t.is(response.status, 404);
		t.deepEqual(readPage(response).props, {errors: {}, site: 'Garden', status: 404, message: 'Not Found'});
	}
});

test('the error page may have a root template of its own', async t => {
	const rootView: InertiaOptions['rootView'] = ({component}) => `<p>root of ${component}</p>`;
	const {document, visit} = await loadInProduction(t, throwStatus(500), {errorPage: 'Failure', rootView});
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
	const {agent} = await createApp(t, {...options, errorPage: 'Failure', version: null}, handler);
	const redirected = await agent.get('/garden').set('X-Inertia', 'true').redirects(0);
	t.is(redirected.status, 302);
	t.is(redirected.headers.location, '/sign-in');
	t.is((await agent.get('/other').set('X-Inertia', 'true')).body.component, 'Failure');
});
