import {Readable} from 'node:stream';
import test from 'ava';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false, errorPage: 'Error'} as const;
const asVisit = {'x-inertia': 'true', 'x-inertia-version': 'a'};
const asDocument = {accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'};
/** Stands in whatever no user may read. */
const secret = 'postgres://admin:hunter2@database';

const error = Object.assign(new Error(secret), {status: 503});

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

test('an error page has none of the headers that another server gave with an error', async t => {
	const headers = {
		'Content-Encoding': 'gzip',
		'Transfer-Encoding': 'chunked',
		'Set-Cookie': 'upstream=1',
		'X-Cache': 'HIT',
	};
	const upstream = Object.assign(new Error('bad gateway'), {status: 502, headers});
	const {agent} = await createApp(t, options, () => Promise.reject(upstream));
	const response = await agent.post('/').set(asVisit);
	t.is(response.status, 502);
	t.is(response.body.component, 'Error');
	for (const name of ['content-encoding', 'set-cookie', 'x-cache']) t.is(response.headers[name], undefined, name);
});

test('several cookies of an HTTP error are several cookies of its page, beside those of the handler', async t => {
	const {agent} = await createApp(t, options, ctx => {
		ctx.cookies.set('seen', 'yes');
		ctx.throw(403, 'Taken.', {headers: {'Set-Cookie': ['a=1', 'b=2'], 'Content-Encoding': 'gzip'}});
	});
	const {headers} = await agent.post('/').set(asVisit);
	t.deepEqual(headers['set-cookie'], ['seen=yes; path=/; httponly', 'a=1', 'b=2']);
	t.is(headers['content-encoding'], undefined);
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

const cases: Array<[given: string, kept: string | undefined]> = [
	['no-store', 'no-store'],
	['private, no-cache', 'private, no-cache'],
	['public, max-age=3600', undefined],
	['private, max-age=60', undefined],
];
for (const [given, kept] of cases) {
	test(`\`Cache-Control: ${given}\` of a handler ${kept ? 'stays on' : 'is not that of'} the page of its error`, async t => {
		const {visit} = await createApp(t, {version: null, errorPage: 'Error'}, ctx => {
			ctx.set('Cache-Control', given);
			ctx.throw(503);
		});
		const {status, headers} = await visit('/');
		t.is(status, 503);
		t.is(headers['cache-control'], kept);
	});
}

test('a 404 says that it depends on what the request accepts', async t => {
	const {agent} = await createApp(t, {version: null, errorPage: 'Error', views: 'test/conformance/views'}, () => {});
	for (const accept of ['text/html', 'image/*', '*/*']) {
		const {status, headers} = await agent.get('/nowhere').set('Accept', accept);
		t.deepEqual([status, headers.vary], [404, 'X-Inertia, Accept']);
	}
});

test('an error answered by Koa says so too, where another request would get a page', async t => {
	const {agent} = await createApp(t, {version: null, errorPage: 'Error'}, ctx => ctx.throw(404));
	const {text, headers} = await agent.get('/').set('Accept', 'image/*');
	t.deepEqual([text, headers.vary], ['Not Found', 'X-Inertia, Accept']);
});

test('what shared props vary on stays on the page of an error', async t => {
	const {visit} = await createApp(
		t,
		{
			version: null,
			errorPage: 'Error',
			share(ctx) {
				ctx.vary('Cookie');
				return {};
			},
		},
		ctx => ctx.throw(503),
	);
	t.is((await visit('/')).headers.vary, 'X-Inertia, Cookie');
});

test('a string that `share` throws is no reason to go without a page', async t => {
	const {visit, errors} = await createApp(
		t,
		{
			version: null,
			errorPage: 'Error',
			share() {
				throw 'no database';
			},
		},
		ctx => ctx.throw(503),
	);
	const {status, body} = await visit('/');
	t.deepEqual([status, body.component], [503, 'Error']);
	t.true(errors.every(error => error instanceof Error));
});
