import test from 'ava';
import {deepMerge, defer, merge} from 'koa-inertia';
import {loadPage, neverLoad, reloadPage, visitPage} from '../helpers/partial-visit.ts';

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

const failure = new Error('The bees are out');
const fail = (): never => {
	throw failure;
};

test('a deferred prop that fails without `rescue` is the error of the request', async t => {
	const {status, errors} = await reloadPage(t, {stats: defer(fail), size: 3}, 'stats,size');
	t.is(status, 500);
	const {code, path, cause} = errors[0] as Error & {code: string; path: string};
	t.like({code, path, cause}, {code: 'ERR_INERTIA_PROP_LOAD', path: 'stats', cause: failure});
});
