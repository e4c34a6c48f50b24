import {STATUS_CODES} from 'node:http';
import {Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false, errorPage: 'Error'} as const;
const asVisit = {'x-inertia': 'true', 'x-inertia-version': 'a'};
const asDocument = {accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'};
/** Stands in whatever no user may read. */
const secret = 'postgres://admin:hunter2@database';

type Headers = Record<string, string>;

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

const error = Object.assign(new Error(secret), {status: 503});
const broken: InertiaOptions = {...options, url: fail(new Error('no url')) as () => never};
const choose = (errorPage: unknown): InertiaOptions => ({...options, errorPage: errorPage as () => string});
const failByHand: Middleware = ctx => {
	ctx.respond = false;
	throw error;
};
const byKoa: Array<[name: string, reports: 1 | 2, given?: InertiaOptions, headers?: Headers, handler?: Middleware]> = [
	['that `errorPage` leaves to Koa', 1, choose(() => undefined)],
	['for which `errorPage` gives no name', 2, choose(async () => 'Error')],
	['for which `errorPage` throws', 2, choose(fail(new Error('no component')))],
	['whose page fails twice', 2, broken],
	['without the option', 1, {manifest: createManifest(), version: 'a'}],
	['of a validation while the user types', 1, options, {...asVisit, precognition: 'true'}],
	['of a request for JSON', 1, options, {accept: 'application/json'}],
	['of a request for anything', 1, options, {accept: '*/*'}],
	['after `ctx.respond = false`', 1, options, asVisit, failByHand],
];
for (const [name, reports, given, headers = asVisit, handler = fail(error)] of byKoa) {
	test(`an error ${name} is answered by Koa`, async t => {
		const {agent, errors} = await createApp(t, given, handler);
		const response = await agent.get('/').set(headers).timeout(20_000);
		t.deepEqual([response.status, response.text], [503, 'Service Unavailable']);
		t.is(response.headers['x-inertia'], undefined);
		t.is(new Set(errors.map(String)).size, reports);
		t.is(errors.filter(reported => reported === error).length, 1);
	});
}

const unanswered: Array<[headers: Headers, isPage: boolean]> = [
	[asVisit, true],
	[{...asVisit, accept: 'application/json'}, true],
	[asDocument, true],
	[{...asVisit, precognition: 'true'}, false],
	[{accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'}, false],
	[{accept: '*/*'}, false],
	[{}, false],
];
for (const [headers, isPage] of unanswered) {
	test(`a URL that nothing answers gets ${isPage ? 'a page' : "Koa's 404"} with ${JSON.stringify(headers)}`, async t => {
		const {agent, errors} = await createApp(t, options, () => {});
		const response = await agent.post('/nowhere').set(headers);
		t.is(response.status, 404);
		if (isPage) t.like(readPage(response).props, {status: 404, message: 'Not Found'});
		else t.is(response.text, 'Not Found');
		t.is((await agent.head('/nowhere').set(headers)).status, 404);
		t.deepEqual(errors, []);
	});
}

test('a 404 whose page fails is answered by Koa, and what failed is reported', async t => {
	const {agent, errors} = await createApp(t, broken, () => {});
	const {status, text} = await agent.get('/nowhere').set(asVisit);
	t.deepEqual([status, text], [404, 'Not Found']);
	t.true(errors.length > 0 && errors.every(error => (error as Error).message === 'no url'));
});

const dropped = ['cache-control', 'content-encoding', 'content-range', 'etag', 'last-modified', 'content-disposition'];
dropped.push('location', 'x-inertia-location', 'x-inertia-redirect');
test('an error page has the headers of its error, cookies and policies, and none of the answer that was begun', async t => {
	const stream = Readable.from(['bytes']);
	const {agent, errors} = await createApp(t, options, async ctx => {
		await ctx.inertia.render('Home', {secret});
		for (const name of dropped) ctx.set(name, name);
		ctx.set({'Set-Cookie': 'seen=yes', 'Content-Security-Policy': "default-src 'self'", Vary: 'Cookie'});
		ctx.body = stream;
		const headers = {'Retry-After': '9', vary: 'Accept', 'Content-Type': 'image/png', 'Content-Length': '1'};
		ctx.throw(409, 'Taken.', {headers});
	});
	for (const asked of [asVisit, asDocument]) {
		for (const {status, headers} of [await agent.post('/').set(asked), await agent.head('/').set(asked)]) {
			t.is(status, 409);
			t.like(headers, {'retry-after': '9', 'content-security-policy': "default-src 'self'"});
			t.deepEqual(headers['set-cookie'], ['seen=yes']);
			for (const field of ['Cookie', 'Accept', 'X-Inertia']) t.true(headers.vary?.split(', ').includes(field), field);
			t.true(headers['content-type']?.startsWith(asked === asVisit ? 'application/json' : 'text/html'));
			for (const name of dropped) t.is(headers[name], undefined, name);
		}
	}
	t.true(stream.destroyed);
	t.is(errors.length, 4);
});

test('an error after the headers were sent, or after the end, is reported once and changes nothing', async t => {
	for (const isEnded of [true, false]) {
		const {agent, errors} = await createApp(t, options, ctx => {
			ctx.res.writeHead(200, {'Content-Length': '4'});
			if (isEnded) ctx.res.end('sent');
			else setTimeout(() => ctx.res.end('sent'), 20);
			throw error;
		});
		t.is((await agent.get('/').set(asDocument)).text, 'sent');
		t.deepEqual(errors, [error]);
	}
});
