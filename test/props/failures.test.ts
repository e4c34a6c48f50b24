import test from 'ava';
import type {Context} from 'koa';
import {defer, merge, optional} from 'koa-inertia';
import {PropError, PropLoadError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';
import {runModule} from '../helpers/run-module.ts';

const itself = {toInertiaProp: (): unknown => itself};
const itselves = {toInertiaProps: () => itselves};
const wrongProps: Array<[name: string, prop: unknown, path: string, reason: RegExp]> = [
	['a prop of a function of a function', merge(() => () => 1), '', /it gives a function instead of a value/],
	['an async function that gives a function', [async () => () => 1], '.0', /it gives a function instead of a value/],
	['a function that gives an async function', {a: () => async () => 1}, '.a', /it gives a function instead of a value/],
	['an object that contains itself through a function', createCycle(t => () => t), '.again', /it contains itself/],
	['… through a promise', createCycle(t => Promise.resolve(t)), '.again', /it contains itself/],
	['… through a prop', createCycle(t => optional(merge(t))), '.again', /it contains itself/],
	['… through lists', createCycle(t => [async () => [t]]), '.again.0.0', /it contains itself/],
	['a provider of a prop that gives itself', itself, '', /it gives itself instead of a value/],
	['a provider of props that gives itself', {itselves}, '.itselves', /it gives itself instead of a value/],
];
for (const [name, prop, path, reason] of wrongProps) {
	test(`${name} is an error with component and path`, async t => {
		const error = await t.throwsAsync(visitPage(t, {owner: 'Ada', prop}, {except: 'owner'}), {instanceOf: PropError});
		t.like(error, {code: 'ERR_INERTIA_PROP', component, path: `prop${path}`});
		t.true(error.message.startsWith(`The prop \`prop${path}\` of \`${component}\``));
		t.regex(error.message, reason);
	});
}

for (const [name, prop] of [
	['an async function without an end', '(function next() { return async () => ({next: next()}); })()'],
	['an async provider that gives itself', '{async toInertiaProp() { return this; }}'],
]) {
	test(`${name} is an error of the request, not of the process`, async t => {
		const {stdout, stderr} = await runModule(
			`import Koa from 'koa';
			import {inertia} from 'koa-inertia';
			const app = new Koa().on('error', error => console.log(error.code));
			app.use(inertia({version: null, hotFile: false})).use(ctx => ctx.inertia.render('Home', {prop: ${prop}}));
			const server = app.listen(0, async () => {
				console.log((await fetch('http://localhost:' + server.address().port, {headers: {'X-Inertia': '1'}})).status);
				server.close();
			});`,
			{cwd: '.', env: {NODE_OPTIONS: '--max-old-space-size=100'}},
		);
		t.is(stdout, 'ERR_INERTIA_PROP\n500\n', stderr);
	});
}

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
	const failures: Array<[expected: number, load: (of: {ctx: Context}) => unknown]> = [
		[404, ({ctx}) => ctx.throw(404)],
		[503, ({ctx}) => ctx.throw(503, 'busy', {headers: {'Retry-After': '5'}})],
		[503, () => Promise.reject(Object.assign(new Error('busy'), {statusCode: 503, headers: {'Retry-After': '5'}}))],
		[500, () => Promise.reject(new Error('busy'))],
	];
	for (const [expected, load] of failures) {
		const {agent, errors} = await createApp(t, {...options, version: null}, ctx =>
			ctx.inertia.render(component, {load}),
		);
		const {status, headers} = await agent.get('/').set('X-Inertia', 'true');
		t.is(status, expected);
		t.is(headers['retry-after'], expected === 503 ? '5' : undefined, String(load));
		t.is(errors[0] instanceof PropLoadError, expected !== 404);
	}
});

test('a failure that is rescued is reported with its context, left out and listed', async t => {
	const reports: Array<[error: unknown, ctx: Context]> = [];
	const failure = new Error('closed');
	const sales = defer(() => Promise.reject(failure), {rescue: true});
	const {app, agent} = await createApp(t, {...options, version: null}, ctx =>
		ctx.inertia.render(component, {shop: {sales, name: 'Ada'}, size: merge(() => 3)}),
	);
	app.on('error', (error, ctx) => reports.push([error, ctx]));
	const {status, body} = await agent.get('/shop').set({'X-Inertia': 'true', ...toHeaders({only: 'shop,size'})});
	t.is(status, 200);
	t.deepEqual(body.props, {errors: {}, shop: {name: 'Ada'}, size: 3});
	t.deepEqual(body.rescuedProps, ['shop.sales']);
	t.is(reports.length, 1);
	const [error, ctx] = reports[0]!;
	t.true(error instanceof PropLoadError);
	t.like(error, {component, path: 'shop.sales', cause: failure});
	t.is(ctx.path, '/shop');
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

function createCycle(link: (target: object) => unknown): object {
	const target: Record<string, unknown> = {};
	target.again = link(target);
	return target;
}
