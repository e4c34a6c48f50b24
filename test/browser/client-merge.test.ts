import test from 'ava';
import {deepMerge, merge, prepend} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';

const open = setUpClient(test);

interface Post {
	readonly id: number;
	readonly readOn: number;
}

/** Two posts of a page. The last of each page is the first of the next one, and says when it was read. */
const readPosts = (page: number): Post[] => [page, page + 1].map(id => ({id, readOn: page}));

test.serial('`merge` and `prepend` add to lists and objects, reload after reload', async t => {
	const client = await open(t, '/feed', {
		'/feed': ctx => {
			const page = Number(ctx.query.page ?? 1);
			return ctx.inertia.render('Feed', {
				page,
				newer: merge(() => [`newer ${page}`]),
				older: prepend(() => [`older ${page}`]),
				names: merge(() => ({[`name ${page}`]: page, last: page})),
				deep: {posts: merge(() => [page]), total: page},
			});
		},
	});

	await client.reload({only: ['newer', 'older', 'names', 'deep.posts'], data: {page: 2}});
	await client.reload({only: ['newer', 'older', 'deep'], data: {page: 3}});
	await client.reload({only: ['page'], data: {page: 4}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		page: 4,
		newer: ['newer 1', 'newer 2', 'newer 3'],
		older: ['older 3', 'older 2', 'older 1'],
		names: {'name 1': 1, 'name 2': 2, last: 2},
		deep: {posts: [1, 2, 3], total: 3},
	});

	// A reload of the whole page starts anew.
	await client.reload({data: {page: 5}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		page: 5,
		newer: ['newer 5'],
		older: ['older 5'],
		names: {'name 5': 5, last: 5},
		deep: {posts: [5], total: 5},
	});
	t.deepEqual(client.errors, []);
});

test.serial('lists inside a prop grow at either end, and what is beside them is replaced', async t => {
	const client = await open(t, '/feed', {
		'/feed': ctx => {
			const page = Number(ctx.query.page ?? 1);
			const load = () => ({data: [`post ${page}`], meta: {older: [`older ${page}`]}, page});
			return ctx.inertia.render('Feed', {
				appended: merge(load, {append: 'data'}),
				prepended: prepend(load, {prepend: 'data'}),
				both: merge(load, {append: 'data', prepend: 'meta.older'}),
			});
		},
	});

	const only = ['appended', 'prepended', 'both'];
	await client.reload({only, data: {page: 2}});
	await client.reload({only, data: {page: 3}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		appended: {data: ['post 1', 'post 2', 'post 3'], meta: {older: ['older 3']}, page: 3},
		prepended: {data: ['post 3', 'post 2', 'post 1'], meta: {older: ['older 3']}, page: 3},
		both: {data: ['post 1', 'post 2', 'post 3'], meta: {older: ['older 3', 'older 2', 'older 1']}, page: 3},
	});
	t.deepEqual(client.errors, []);
});

test.serial('`matchOn` replaces items that the client has, and none is there twice', async t => {
	const client = await open(t, '/feed', {
		'/feed': ctx => {
			const posts = readPosts(Number(ctx.query.page ?? 1));
			return ctx.inertia.render('Feed', {
				root: merge(() => posts, {matchOn: 'id'}),
				inside: merge(() => ({data: posts, tags: posts}), {append: ['data', 'tags'], matchOn: ['data.id', 'tags.id']}),
				prepended: prepend(() => posts, {matchOn: 'id'}),
				unmatched: merge(() => posts),
			});
		},
	});

	const only = ['root', 'inside', 'prepended', 'unmatched'];
	await client.reload({only, data: {page: 2}});
	await client.reload({only, data: {page: 3}});

	const appended = [
		{id: 1, readOn: 1},
		{id: 2, readOn: 2},
		{id: 3, readOn: 3},
		{id: 4, readOn: 3},
	];
	const {root, inside, prepended, unmatched} = await client.getProps();
	t.deepEqual(root, appended);
	t.deepEqual(inside, {data: appended, tags: appended});
	// In front, the client keeps the order of what came last.
	t.deepEqual(prepended, [
		{id: 3, readOn: 3},
		{id: 4, readOn: 3},
		{id: 2, readOn: 2},
		{id: 1, readOn: 1},
	]);
	t.deepEqual(unmatched, [...readPosts(1), ...readPosts(2), ...readPosts(3)]);
	t.deepEqual(client.errors, []);
});

test.serial('`deepMerge` adds at every depth, with items matched where it is asked for', async t => {
	const client = await open(t, '/chat', {
		'/chat': ctx => {
			const page = Number(ctx.query.page ?? 1);
			const load = () => ({
				title: `Chat ${page}`,
				rooms: {open: readPosts(page), seen: [page], [`room ${page}`]: {users: [page]}},
			});
			return ctx.inertia.render('Chat', {
				chat: deepMerge(load, {matchOn: 'rooms.open.id'}),
				shallow: merge(load),
			});
		},
	});

	await client.reload({only: ['chat', 'shallow'], data: {page: 2}});
	await client.reload({only: ['chat', 'shallow'], data: {page: 2}});
	t.deepEqual(await client.getProps(), {
		errors: {},
		chat: {
			title: 'Chat 2',
			rooms: {
				open: [
					{id: 1, readOn: 1},
					{id: 2, readOn: 2},
					{id: 3, readOn: 2},
				],
				seen: [1, 2, 2],
				'room 1': {users: [1]},
				'room 2': {users: [2, 2]},
			},
		},
		shallow: {
			title: 'Chat 2',
			rooms: {open: readPosts(2), seen: [2], 'room 2': {users: [2]}},
		},
	});
	t.deepEqual(client.errors, []);
});
