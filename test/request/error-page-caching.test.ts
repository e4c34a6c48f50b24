import test from 'ava';
import {createApp} from '../helpers/app.ts';

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
