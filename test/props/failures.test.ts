import test from 'ava';
import type {Context} from 'koa';
import {merge, optional} from 'koa-inertia';
import {PropLoadError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, options, renderProps, toHeaders, visitPage} from '../helpers/partial-visit.ts';
import {runModule} from '../helpers/run-module.ts';

test('an error of a loader is the error of the request, and the failures beside it end nothing', async t => {
	const failure = Object.assign(new Error('gone'), {status: 410, expose: true});
	const {response, error} = await renderProps(t, {
		first: async () => Promise.reject(new Error('also')),
		second: () => {
			throw failure;
		},
	});
	t.is(response.status, 410);
	t.is(response.text, 'gone');
	t.is(error, failure);
});

const odd = Object.assign(new Error(), {message: {code: 7}});
for (const thrown of ['text', undefined, null, 7, 7n, Symbol('thrown'), {a: 1}, Object.freeze(new Error('ice')), odd]) {
	test(`${typeof thrown} ${String(thrown)} that a loader throws is the cause of an error with component and path`, async t => {
		const fail = () => {
			throw thrown;
		};
		const later = async () => fail();
		for (const load of [fail, later, () => ({deep: later}), merge(fail), [{deep: optional(later)}]]) {
			const error = await t.throwsAsync(visitPage(t, {load}, {except: 'nobody'}), {instanceOf: PropLoadError});
			t.like(error, {code: 'ERR_INERTIA_PROP_LOAD', component});
			t.regex(error.message, /^The prop `load[.\w]*` of `Garden\/Show` failed to load: /);
			t.is(error.cause, thrown);
		}
	});
}

test('the answer to a failed loader has the status and the headers of the error', async t => {
	const headersOfAnother = {'Retry-After': '5', 'Content-Encoding': 'gzip', 'Set-Cookie': ['upstream=1']};
	const ofAnother = Object.assign(new Error('busy'), {statusCode: 503, headers: headersOfAnother});
	const failures: Array<[expected: number, retryAfter: string | undefined, load: (of: {ctx: Context}) => unknown]> = [
		[404, undefined, ({ctx}) => ctx.throw(404)],
		[503, '5', ({ctx}) => ctx.throw(503, 'busy', {headers: {'Retry-After': '5', 'Content-Encoding': 'gzip'}})],
		[503, undefined, () => Promise.reject(ofAnother)],
		[500, undefined, () => Promise.reject(new Error('busy'))],
	];
	for (const [expected, retryAfter, load] of failures) {
		const {agent, errors} = await createApp(t, {...options, version: null}, ctx =>
			ctx.inertia.render(component, {load}),
		);
		const {status, headers} = await agent.get('/').set('X-Inertia', 'true');
		t.is(status, expected);
		t.is(headers['retry-after'], retryAfter, String(load));
		t.false('content-encoding' in headers || 'set-cookie' in headers);
		t.is(errors[0] instanceof PropLoadError, expected !== 404);
	}
});

/** Props as text, since they are rendered in a process of their own. */
const unhandled: Array<[name: string, props: string, status: number, asked?: Asked]> = [
	['is not asked for', '{a: fail(), b: 1}', 200, {only: 'b'}],
	['is inside an object that is not asked for', '{a: {deep: fail()}, b: 1}', 200, {only: 'b'}],
	['is inside a list that is not asked for', '{a: [fail()], b: 1}', 200, {only: 'b'}],
	['is under a dotted key and not asked for', "{a: fail(), 'a.b': 1, b: 1}", 200, {only: 'b'}],
	['is an optional prop', '{a: optional(fail()), b: 1}', 200],
	['is inside an optional prop', '{a: optional({deep: fail()}), b: 1}', 200],
	['is inside an always prop that is not asked for', '{a: {deep: always(fail())}, b: 1}', 200, {only: 'b'}],
	['is replaced by a dotted key', "{a: {b: fail()}, 'a.b': 1}", 200],
	['is a shared prop that the page has too', '[{toInertiaProps: () => ({a: fail()})}, {a: 1}]', 200],
	['fails while the shared props load', '(shared = wait(), {a: fail()})', 500],
	['fails where the shared props are none', '(shared = 0, {a: fail()})', 500],
	['fails beside a provider that throws', '[{toInertiaProps: () => { throw new Error(); }}, {a: fail()}]', 500],
	['fails while a provider loads', '[{toInertiaProps: wait}, {a: fail()}]', 500],
	['fails beside one that failed', '{a: fail(), b: fail(), c: fail(20)}', 500],
	['fails after a function threw', '{a: () => { throw new Error(); }, b: fail()}', 500],
	['fails in a function, after one threw', '{a: fail, b: () => { throw new Error(); }, c: fail}', 500],
	['fails inside an object, after a function threw', '{a: () => { throw new Error(); }, b: {deep: fail()}}', 500],
	[
		'fails beside one that is rescued',
		'{a: defer(() => ({b: fail(), c: fail(20)}), {rescue: true})}',
		200,
		{only: 'a'},
	],
	['fails while a function before it loads', "{a: wait, 'a.b': fail()}", 500],
];
for (const [name, props, status, asked = {}] of unhandled) {
	test(`a promise that ${name} does not end the process`, async t => {
		const headers = {'X-Inertia': 'true', ...toHeaders(asked)};
		const {code, stdout, stderr} = await runModule(
			`import Koa from 'koa';
			import {always, defer, inertia, optional} from 'koa-inertia';
			const delay = time => new Promise(resolve => setTimeout(resolve, time));
			const fail = (time = 0) => delay(time).then(() => { throw new Error('failed'); });
			const wait = () => delay(20).then(() => ({}));
			let shared = {};
			const app = new Koa().on('error', () => {});
			app.use(inertia({version: null, hotFile: false, share: () => shared}));
			app.use(ctx => ctx.inertia.render('${component}', ${props}));
			const server = app.listen(0, async () => {
				const {status} = await fetch('http://localhost:' + server.address().port, {headers: ${JSON.stringify(headers)}});
				await delay(50);
				console.log(status);
				server.close();
			});`,
			{cwd: '.'},
		);
		t.deepEqual({code, stdout}, {code: 0, stdout: `${status}\n`}, stderr);
	});
}
