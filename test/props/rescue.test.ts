import test from 'ava';
import type {Context} from 'koa';
import {defer, merge} from 'koa-inertia';
import {PropLoadError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {component, options, reloadPage, toHeaders, visitPage} from '../helpers/partial-visit.ts';

const failure = new Error('The bees are out');
const fail = (): never => {
	throw failure;
};

test('a rescued prop that fails is left out, listed and reported, and the others arrive', async t => {
	const {status, body, errors} = await reloadPage(
		t,
		{visitors: defer(fail, {rescue: true}), owner: 'Ada', sales: defer(async () => 5, {rescue: true})},
		'visitors,owner,sales',
	);
	t.is(status, 200);
	t.deepEqual(body.props, {errors: {}, owner: 'Ada', sales: 5});
	t.deepEqual(body.rescuedProps, ['visitors']);
	t.is(errors.length, 1);
	t.is((errors[0] as Error).cause, failure);
});

test('a rescued prop inside an object is listed by its path', async t => {
	const {body} = await reloadPage(t, {auth: {user: 'Ada', log: defer(async () => fail(), {rescue: true})}}, 'auth.log');
	t.deepEqual(body.props, {errors: {}, auth: {}});
	t.deepEqual(body.rescuedProps, ['auth.log']);
});

test('a rescued prop whose value fails in `toInertiaProp` is left out', async t => {
	const {body} = await reloadPage(t, {stats: defer(() => ({toInertiaProp: fail}), {rescue: true})}, 'stats');
	t.deepEqual(body.props, {errors: {}});
	t.deepEqual(body.rescuedProps, ['stats']);
});

test('a rescued prop has no merge label', async t => {
	for (const load of [fail, () => ({rows: async () => fail()})]) {
		const {body} = await reloadPage(t, {posts: merge(defer(load, {rescue: true}), {matchOn: 'id'})}, 'posts');
		t.deepEqual(body.rescuedProps, ['posts']);
		t.false('mergeProps' in body);
		t.false('matchPropsOn' in body);
	}
});

test('a prop that a loader gives is rescued as any other', async t => {
	const {status, body} = await reloadPage(t, {stats: () => defer(fail, {rescue: true})}, 'stats');
	t.is(status, 200);
	t.deepEqual(body.props, {errors: {}});
	t.deepEqual(body.rescuedProps, ['stats']);
});

for (const [name, bees] of [
	['a loader', fail],
	['an async loader', async () => fail()],
] as const) {
	test(`a rescued prop that gives an object in which ${name} fails is itself left out and listed`, async t => {
		const stats = defer(() => ({honey: 3, hive: {bees}}), {rescue: true});
		const {status, body, errors} = await reloadPage(t, {stats, size: 3}, 'stats,size');
		t.is(status, 200);
		t.deepEqual(body.props, {errors: {}, size: 3});
		t.deepEqual(body.rescuedProps, ['stats']);
		t.is((errors[0] as Error).cause, failure);
	});
}

test('a prop to rescue that does not fail is sent, and nothing is listed', async t => {
	const page = await visitPage(t, {stats: defer(() => [1], {rescue: true})}, {only: 'stats'});
	t.deepEqual(page, {props: {stats: [1]}});
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
