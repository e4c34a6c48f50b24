import test, {type ExecutionContext} from 'ava';
import {deepMerge, defer, merge} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {component, loadPage, neverLoad, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';

/** A partial reload of props whose loaders may fail, with what was reported. */
async function reload(t: ExecutionContext, props: Record<string, unknown>, only: string) {
	const {visit, assets, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const {status, body} = await visit('/garden', assets.version).set(toHeaders({only}));
	return {status, body, errors};
}

const failure = new Error('The bees are out');
const fail = (): never => {
	throw failure;
};

test('a first load announces a deferred prop in the group `default`, and loads nothing', async t => {
	const expected = {props: {owner: {name: 'Ada'}}, deferredProps: {default: ['visitors']}};
	t.deepEqual(await loadPage(t, {owner: {name: 'Ada'}, visitors: defer(neverLoad)}), expected);
	t.deepEqual(await visitPage(t, {owner: {name: 'Ada'}, visitors: defer(neverLoad)}), expected);
});

test('deferred props are announced by group, in the order of declaration', async t => {
	const props = {a: defer(neverLoad), b: defer(neverLoad, {group: 'slow'}), c: defer(neverLoad)};
	t.deepEqual((await loadPage(t, props)).deferredProps, {default: ['a', 'c'], slow: ['b']});
});

test('deferred props inside objects are announced by path', async t => {
	t.deepEqual(
		await loadPage(t, {
			visitors: defer(neverLoad),
			garden: {size: 3, log: defer(neverLoad), sales: defer(neverLoad, {group: 'slow'})},
			app: {auth: {roles: defer(neverLoad, {group: 'slow'})}},
		}),
		{
			props: {garden: {size: 3}, app: {auth: {}}},
			deferredProps: {default: ['visitors', 'garden.log'], slow: ['garden.sales', 'app.auth.roles']},
		},
	);
});

test('a page without deferred props has no `deferredProps`', async t => {
	t.false('deferredProps' in (await visitPage(t, {owner: 'Ada'})));
});

test('a deferred prop arrives when it is asked for, and nothing is announced again', async t => {
	const props = {
		visitors: defer(async () => 9),
		garden: {size: neverLoad, log: defer(() => ['rain'])},
		sales: defer(neverLoad, {group: 'slow'}),
	};
	t.deepEqual(await visitPage(t, props, {only: 'visitors,garden.log'}), {
		props: {visitors: 9, garden: {log: ['rain']}},
	});
});

test('a first load gives a deferred prop its merge label too', async t => {
	const expected = {
		props: {garden: {}, beds: [1]},
		deferredProps: {default: ['posts', 'garden.tree']},
		mergeProps: ['posts', 'beds'],
		deepMergeProps: ['garden.tree'],
	};
	for (const [posts, tree] of [
		[merge(defer(neverLoad)), deepMerge(defer(neverLoad))],
		[defer(merge(neverLoad)), defer(deepMerge(neverLoad))],
	]) {
		t.deepEqual(await loadPage(t, {posts, garden: {tree}, beds: merge([1])}), expected);
	}
});

test('a loader that gives a deferred and merged prop announces and labels it', async t => {
	t.deepEqual(await loadPage(t, {posts: () => merge(defer(neverLoad))}), {
		props: {},
		deferredProps: {default: ['posts']},
		mergeProps: ['posts'],
	});
});

test('a deferred and merged prop is labelled again when it arrives', async t => {
	t.deepEqual(await visitPage(t, {posts: merge(defer(() => [1]))}, {only: 'posts'}), {
		props: {posts: [1]},
		mergeProps: ['posts'],
	});
});

test('a rescued prop that fails is left out, listed and reported, and the others arrive', async t => {
	const {status, body, errors} = await reload(
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
	const {body} = await reload(t, {auth: {user: 'Ada', log: defer(async () => fail(), {rescue: true})}}, 'auth.log');
	t.deepEqual(body.props, {errors: {}, auth: {}});
	t.deepEqual(body.rescuedProps, ['auth.log']);
});

test('a rescued prop whose value fails in `toInertiaProp` is left out', async t => {
	const {body} = await reload(t, {stats: defer(() => ({toInertiaProp: fail}), {rescue: true})}, 'stats');
	t.deepEqual(body.props, {errors: {}});
	t.deepEqual(body.rescuedProps, ['stats']);
});

test('a rescued prop has no merge label', async t => {
	for (const load of [fail, () => ({rows: async () => fail()})]) {
		const {body} = await reload(t, {posts: merge(defer(load, {rescue: true}), {matchOn: 'id'})}, 'posts');
		t.deepEqual(body.rescuedProps, ['posts']);
		t.false('mergeProps' in body);
		t.false('matchPropsOn' in body);
	}
});

test('a prop that a loader gives is rescued as any other', async t => {
	const {status, body} = await reload(t, {stats: () => defer(fail, {rescue: true})}, 'stats');
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
		const {status, body, errors} = await reload(t, {stats, size: 3}, 'stats,size');
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

test('a deferred prop that fails without `rescue` is the error of the request', async t => {
	const {status, errors} = await reload(t, {stats: defer(fail), size: 3}, 'stats,size');
	t.is(status, 500);
	const {code, path, cause} = errors[0] as Error & {code: string; path: string};
	t.like({code, path, cause}, {code: 'ERR_INERTIA_PROP_LOAD', path: 'stats', cause: failure});
});
