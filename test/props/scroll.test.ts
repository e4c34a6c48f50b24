import test from 'ava';
import {defer, InertiaError, merge, scroll} from 'koa-inertia';
import {loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

const metadata = {pageName: 'page', previousPage: null, nextPage: 2, currentPage: 1};
const rows = {data: [{id: 1}]};

for (const reset of [false, true]) {
	test(`a document holds a scroll prop with its pages, ${reset ? '' : 'not '}reset`, async t => {
		const users = scroll(rows, {metadata});
		t.deepEqual(await loadPage(t, {users}, reset ? {reset: 'users'} : {}), {
			props: {users: rows},
			...(reset ? {} : {mergeProps: ['users.data']}),
			scrollProps: {users: {...metadata, reset}},
		});
	});
}

test('`metadata` may be a function of the value, and the loader runs once', async t => {
	let calls = 0;
	const load = async () => {
		calls += 1;
		return {data: ['a'], page: 11};
	};
	const users = scroll(load, {
		metadata: (value: {page: number}) => ({
			pageName: 'usersPage',
			previousPage: value.page - 1,
			nextPage: value.page + 1,
			currentPage: value.page,
		}),
	});
	const {scrollProps} = await visitPage(t, {users});
	t.deepEqual(scrollProps, {
		users: {pageName: 'usersPage', previousPage: 10, nextPage: 12, currentPage: 11, reset: false},
	});
	t.is(calls, 1);
});

const paginators: Array<[name: string, paginator: Record<string, unknown>, expected: Record<string, unknown>]> = [
	[
		'the first page',
		{currentPage: 1, lastPage: 3},
		{pageName: 'page', previousPage: null, nextPage: 2, currentPage: 1},
	],
	['a middle page', {currentPage: 2, lastPage: 3}, {pageName: 'page', previousPage: 1, nextPage: 3, currentPage: 2}],
	['the last page', {currentPage: 3, lastPage: 3}, {pageName: 'page', previousPage: 2, nextPage: null, currentPage: 3}],
	[
		'the first cursor',
		{nextCursor: 'b', previousCursor: null},
		{pageName: 'cursor', previousPage: null, nextPage: 'b', currentPage: 1},
	],
	[
		'a middle cursor',
		{cursor: 'b', nextCursor: 'c', previousCursor: 'a'},
		{pageName: 'cursor', previousPage: 'a', nextPage: 'c', currentPage: 'b'},
	],
	[
		'the last cursor',
		{cursor: 'c', nextCursor: null, previousCursor: 'b'},
		{pageName: 'cursor', previousPage: 'b', nextPage: null, currentPage: 'c'},
	],
];
for (const [name, paginator, expected] of paginators) {
	test(`${name} of a paginator is read from the value or from its \`meta\``, async t => {
		const scrollProps = {users: {...expected, reset: false}};
		for (const users of [
			{data: [1], ...paginator},
			{data: [1], meta: paginator},
		]) {
			t.deepEqual(await visitPage(t, {users: scroll(async () => users)}), {
				props: {users},
				mergeProps: ['users.data'],
				scrollProps,
			});
		}
	});
}

test('a value without pages and without `metadata` is an error', async t => {
	const error = await t.throwsAsync(visitPage(t, {users: scroll(() => ({data: []}))}));
	t.true(error instanceof InertiaError);
	t.regex(error.message, /users/);
});

const intents: Array<[intent: string | undefined, kind: string]> = [
	[undefined, 'mergeProps'],
	['append', 'mergeProps'],
	['sideways', 'mergeProps'],
	['prepend', 'prependProps'],
];
for (const [intent, kind] of intents) {
	test(`the intent ${intent ?? 'of no header'} puts a scroll prop into \`${kind}\``, async t => {
		const props = {users: scroll(rows, {metadata}), posts: scroll({items: [1]}, {metadata, wrapper: 'items'})};
		const page = await visitPage(t, props, {only: 'users,posts', ...(intent !== undefined && {intent})});
		t.deepEqual(page, {
			props: {users: rows, posts: {items: [1]}},
			[kind]: ['users.data', 'posts.items'],
			scrollProps: {users: {...metadata, reset: false}, posts: {...metadata, reset: false}},
		});
	});
}

test('the intent moves no merged prop that is none of `scroll`', async t => {
	const page = await visitPage(t, {log: merge([1])}, {only: 'log', intent: 'prepend'});
	t.deepEqual(page, {props: {log: [1]}, mergeProps: ['log']});
});

test('a value that is a list is labelled itself', async t => {
	const page = await visitPage(t, {users: scroll(async () => ['a', 'b'], {metadata})});
	t.deepEqual(page.mergeProps, ['users']);
});

test('`matchOn` is a path below the scroll prop', async t => {
	const page = await visitPage(t, {users: scroll(rows, {metadata, matchOn: 'data.id'})});
	t.deepEqual(page.matchPropsOn, ['users.data.id']);
});

test('a scroll prop inside an object has its whole path everywhere', async t => {
	const props = {feed: {posts: scroll(rows, {metadata}), size: 3}};
	const expected = {
		props: {feed: {posts: rows}},
		mergeProps: ['feed.posts.data'],
		scrollProps: {'feed.posts': {...metadata, reset: false}},
	};
	t.deepEqual(await loadPage(t, props), {...expected, props: {feed: {posts: rows, size: 3}}});
	t.deepEqual(await visitPage(t, props, {only: 'feed.posts'}), expected);
	t.deepEqual(await visitPage(t, props, {only: 'feed.posts', reset: 'feed.posts'}), {
		props: expected.props,
		scrollProps: {'feed.posts': {...metadata, reset: true}},
	});
	t.deepEqual((await loadPage(t, props, {reset: 'feed.posts'})).scrollProps, {
		'feed.posts': {...metadata, reset: true},
	});
});

test('a partial reload for another prop says nothing of a scroll prop', async t => {
	t.deepEqual(await visitPage(t, {users: scroll(neverLoad, {metadata}), size: 3}, {only: 'size'}), {props: {size: 3}});
});

for (const [name, wrap] of [
	['scroll(defer())', (load: () => unknown, group?: string) => scroll(defer(load, group ? {group} : {}), {metadata})],
	['defer(scroll())', (load: () => unknown, group?: string) => defer(scroll(load, {metadata}), group ? {group} : {})],
] as const) {
	test(`\`${name}\` is announced without its value and pages`, async t => {
		const page = await loadPage(t, {users: wrap(neverLoad), feed: {posts: wrap(neverLoad, 'slow')}});
		t.deepEqual(page.props, {feed: {}});
		t.deepEqual(page.deferredProps, {default: ['users'], slow: ['feed.posts']});
		t.false('scrollProps' in page);
	});

	test(`\`${name}\` arrives with pages and label when it is asked for`, async t => {
		t.deepEqual(await visitPage(t, {users: wrap(async () => rows)}, {only: 'users'}), {
			props: {users: rows},
			mergeProps: ['users.data'],
			scrollProps: {users: {...metadata, reset: false}},
		});
	});
}
