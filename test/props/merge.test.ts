import test from 'ava';
import {deepMerge, merge, prepend} from 'koa-inertia';
import {loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

const rows = {data: [{id: 1}], items: [{uid: 1}]};
const labels: Array<[name: string, prop: unknown, metadata: Record<string, string[]>]> = [
	['a merged prop', merge([1]), {mergeProps: ['feed']}],
	['a prepended prop', prepend([1]), {prependProps: ['feed']}],
	['a deeply merged prop', deepMerge({a: 1}), {deepMergeProps: ['feed']}],
	['a path to append to', merge(rows, {append: 'data'}), {mergeProps: ['feed.data']}],
	['a path to prepend to', merge(rows, {prepend: 'data'}), {prependProps: ['feed.data']}],
	['a path of `prepend`', prepend(rows, {prepend: 'data.items'}), {prependProps: ['feed.data.items']}],
	[
		'a path to append to with a key',
		merge(rows, {append: 'data', matchOn: 'data.id'}),
		{mergeProps: ['feed.data'], matchPropsOn: ['feed.data.id']},
	],
	[
		'a path to prepend to with a key',
		prepend(rows, {prepend: 'data', matchOn: 'data.id'}),
		{prependProps: ['feed.data'], matchPropsOn: ['feed.data.id']},
	],
	['several paths to append to', merge(rows, {append: ['data', 'items']}), {mergeProps: ['feed.data', 'feed.items']}],
	[
		'several paths to append to with keys',
		merge(rows, {append: ['data', 'items'], matchOn: ['data.id', 'items.uid']}),
		{mergeProps: ['feed.data', 'feed.items'], matchPropsOn: ['feed.data.id', 'feed.items.uid']},
	],
	[
		'several paths to prepend to with keys',
		merge(rows, {prepend: ['data', 'items'], matchOn: ['data.id', 'items.uid']}),
		{prependProps: ['feed.data', 'feed.items'], matchPropsOn: ['feed.data.id', 'feed.items.uid']},
	],
	[
		'paths of both kinds',
		merge(rows, {append: ['data', 'users'], prepend: ['items', 'tags'], matchOn: ['users.id', 'tags.name']}),
		{
			mergeProps: ['feed.data', 'feed.users'],
			prependProps: ['feed.items', 'feed.tags'],
			matchPropsOn: ['feed.users.id', 'feed.tags.name'],
		},
	],
	['a key', merge([{id: 1}], {matchOn: 'id'}), {mergeProps: ['feed'], matchPropsOn: ['feed.id']}],
	['a key of `prepend`', prepend([{id: 1}], {matchOn: 'id'}), {prependProps: ['feed'], matchPropsOn: ['feed.id']}],
	[
		'keys of a deep merge',
		deepMerge({a: []}, {matchOn: ['a.id', 'b.uid']}),
		{deepMergeProps: ['feed'], matchPropsOn: ['feed.a.id', 'feed.b.uid']},
	],
	['a merged loader', merge(async () => [1], {matchOn: 'id'}), {mergeProps: ['feed'], matchPropsOn: ['feed.id']}],
	['a merged prop that is prepended', prepend(merge([1])), {prependProps: ['feed']}],
	['a prepended prop that is merged', merge(prepend([1])), {prependProps: ['feed']}],
	['a loader that gives a merged prop', () => merge([1]), {mergeProps: ['feed']}],
];
for (const [name, feed, expected] of labels) {
	test(`${name} is labelled on a first load and on a visit`, async t => {
		for (const page of [await loadPage(t, {owner: 'Ada', feed}), await visitPage(t, {owner: 'Ada', feed})]) {
			const {props, ...metadata} = page;
			t.deepEqual(metadata, expected);
			t.deepEqual(Object.keys(props), ['owner', 'feed']);
		}
	});

	test(`${name} inside objects is labelled by its whole path`, async t => {
		const {props: _, ...metadata} = await loadPage(t, {app: {main: {feed}}});
		const entries = Object.entries(expected).map(([kind, paths]) => [kind, paths.map(path => `app.main.${path}`)]);
		t.deepEqual(metadata, Object.fromEntries(entries));
	});
}

test('props of different kinds are labelled side by side, in the order of declaration', async t => {
	t.deepEqual(await visitPage(t, {a: merge([1]), b: prepend([2]), c: merge([3]), d: deepMerge({e: 4}), f: 5}), {
		props: {a: [1], b: [2], c: [3], d: {e: 4}, f: 5},
		mergeProps: ['a', 'c'],
		prependProps: ['b'],
		deepMergeProps: ['d'],
	});
});

test('a partial reload labels the props that it sends', async t => {
	const props = {a: merge([1], {matchOn: 'id'}), b: merge(neverLoad, {matchOn: 'id'}), c: 3};
	t.deepEqual(await visitPage(t, props, {only: 'a'}), {props: {a: [1]}, mergeProps: ['a'], matchPropsOn: ['a.id']});
	t.deepEqual(await visitPage(t, props, {only: 'c'}), {props: {c: 3}});
	t.deepEqual(await visitPage(t, props, {except: 'b'}), {
		props: {a: [1], c: 3},
		mergeProps: ['a'],
		matchPropsOn: ['a.id'],
	});
});

test('a prop inside an object is labelled when it or its parent is asked for', async t => {
	const props = {feed: {posts: merge([1]), notes: prepend([2])}};
	t.deepEqual(await visitPage(t, props, {only: 'feed.posts'}), {
		props: {feed: {posts: [1]}},
		mergeProps: ['feed.posts'],
	});
	t.deepEqual(await visitPage(t, props, {only: 'feed'}), {
		props: {feed: {posts: [1], notes: [2]}},
		mergeProps: ['feed.posts'],
		prependProps: ['feed.notes'],
	});
});

test('a prop inside an object that is excepted has no label', async t => {
	const props = {feed: {posts: merge(neverLoad), notes: merge([2])}};
	t.deepEqual(await visitPage(t, props, {only: 'feed.posts,feed.notes', except: 'feed.posts'}), {
		props: {feed: {notes: [2]}},
		mergeProps: ['feed.notes'],
	});
});

test('a prop of which only a part is asked for is sent whole and without a label', async t => {
	const props = {feed: merge(() => ({rows: [1], total: 1}), {matchOn: 'id'})};
	t.deepEqual(await visitPage(t, props, {only: 'feed.rows'}), {props: {feed: {rows: [1], total: 1}}});
});

test('a prop that is reset is sent without its labels', async t => {
	const props = {a: merge([1], {matchOn: 'id'}), b: prepend([2]), feed: {posts: deepMerge({c: 3}), notes: merge([4])}};
	t.deepEqual(await visitPage(t, props, {only: 'a', reset: 'a'}), {props: {a: [1]}});
	t.deepEqual(await visitPage(t, props, {only: 'feed', reset: 'feed.posts'}), {
		props: {feed: {posts: {c: 3}, notes: [4]}},
		mergeProps: ['feed.notes'],
	});
	t.deepEqual(await visitPage(t, props, {reset: 'a, b,feed.posts'}), {
		props: {a: [1], b: [2], feed: {posts: {c: 3}, notes: [4]}},
		mergeProps: ['feed.notes'],
	});
});

test('a reset names the prop itself: a parent resets nothing inside it', async t => {
	t.deepEqual((await visitPage(t, {feed: {posts: merge([1])}}, {only: 'feed', reset: 'feed'})).mergeProps, [
		'feed.posts',
	]);
});

test('the labels inside what a loader gives follow the lists, although all of it is sent', async t => {
	const props = {feed: async () => ({posts: merge([1]), notes: prepend([2])})};
	const feed = {posts: [1], notes: [2]};
	t.deepEqual(await visitPage(t, props, {only: 'feed.posts'}), {props: {feed}, mergeProps: ['feed.posts']});
	t.deepEqual(await visitPage(t, props, {only: 'feed', except: 'feed.posts'}), {
		props: {feed},
		prependProps: ['feed.notes'],
	});
});
