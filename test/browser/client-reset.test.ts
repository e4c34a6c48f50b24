import test from 'ava';
import {deepMerge, merge, prepend, scroll} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);

test.serial('a reset replaces a merged prop, and the next reload merges again', async t => {
	const client = await open(t, '/feed', {
		'/feed': ctx => {
			const page = Number(ctx.query.page ?? 1);
			return ctx.inertia.render('Feed', {
				posts: merge(() => ({data: [page], page}), {append: 'data', matchOn: 'data.id'}),
				older: prepend(() => [page]),
				chat: deepMerge(() => ({rooms: [page]})),
				team: {users: merge(() => [page]), name: `Team of page ${page}`},
				kept: merge(() => [page]),
			});
		},
	});

	const only = ['posts', 'older', 'chat', 'team.users', 'kept'];
	await client.reload({only, data: {page: 2}});
	await client.reload({only, reset: ['posts', 'older', 'chat', 'team.users'], data: {page: 3}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		posts: {data: [3], page: 3},
		older: [3],
		chat: {rooms: [3]},
		team: {users: [3], name: 'Team of page 1'},
		kept: [1, 2, 3],
	});

	await client.reload({only, data: {page: 4}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		posts: {data: [3, 4], page: 4},
		older: [4, 3],
		chat: {rooms: [3, 4]},
		team: {users: [3, 4], name: 'Team of page 1'},
		kept: [1, 2, 3, 4],
	});
	t.deepEqual(client.errors, []);
});

test.serial('a reset alone asks for what it resets', async t => {
	let count = 0;
	const client = await open(t, '/feed', {
		'/feed': ctx => {
			count += 1;
			return ctx.inertia.render('Feed', {count, posts: merge(() => [count])});
		},
	});

	await client.reload({only: ['posts']});
	await client.reload({reset: ['posts']});
	t.deepEqual(await client.getProps(), {errors: {}, count: 1, posts: [3]});
	t.deepEqual(client.requests.slice(1), [
		{visit: '/feed', only: 'posts'},
		{visit: '/feed', only: 'posts', reset: 'posts'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a reset of an infinite scroll shows its first page alone, and goes on from there', async t => {
	let revision = 'old';
	const client = await open(t, '/users', {
		'/users': ctx => {
			const page = Number(ctx.query.page ?? 1);
			const data = Array.from({length: 10}, (_, index) => ({id: `${revision} ${page}.${index}`}));
			return ctx.inertia.render('Users', {users: scroll(() => ({data, currentPage: page, lastPage: 3}))});
		},
	});

	for (const items of [20, 30]) {
		await client.scrollTo('bottom');
		await waitFor(async () => (await client.getItems()).length === items);
	}

	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: false, requestCount: 2});

	// From the top, where a list that gets shorter doesn't bring its end in sight.
	await client.scrollTo('top');
	revision = 'new';
	await client.reload({only: ['users'], reset: ['users'], data: {page: 1}});
	t.is((await client.getItems()).length, 10);
	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: true, requestCount: 0});

	await client.scrollTo('bottom');
	await waitFor(async () => (await client.getItems()).length === 20);
	const items = await client.getItems();
	t.deepEqual([items[0], items[9], items[10], items[19]], ['new 1.0', 'new 1.9', 'new 2.0', 'new 2.9']);
	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: true, requestCount: 1});

	t.deepEqual(client.requests, [
		{document: '/users'},
		{visit: '/users?page=2', only: 'users', intent: 'append'},
		{visit: '/users?page=3', only: 'users', intent: 'append'},
		{visit: '/users?page=1', only: 'users,users', reset: 'users'},
		{visit: '/users?page=2', only: 'users', intent: 'append'},
	]);
	t.deepEqual(client.errors, []);
});
