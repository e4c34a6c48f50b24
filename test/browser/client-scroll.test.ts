import test from 'ava';
import {defer, scroll} from 'koa-inertia';
import {type RealClient, setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);
const perPage = 10;

test.serial('a list that starts in the middle grows at both ends, up to its first and its last page', async t => {
	const users = createIds(1, 50);
	const client = await open(t, '/users?page=3', {
		'/users': ctx =>
			ctx.inertia.render('Users', {filter: 'all', users: scroll(() => paginate(users, Number(ctx.query.page)))}),
	});

	// The beginning of the list is in sight from the start, so the page before comes without a move of the user.
	await waitForItems(client, 20);
	t.deepEqual(await client.getItems(), createIds(11, 30));
	await scrollToEnds(client, [
		['bottom', 30],
		['bottom', 40],
		['top', 50],
	]);

	t.deepEqual(await client.getItems(), users);
	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: false, requestCount: 4});

	// Whatever the client asked for beyond the ends would have been asked for before this.
	await client.scrollTo('bottom');
	await client.scrollTo('top');
	await client.reload({only: ['filter']});
	t.deepEqual(await client.getItems(), users);
	t.deepEqual(client.requests.map(withoutUrl), [
		{},
		{only: 'users', intent: 'prepend'},
		{only: 'users', intent: 'append'},
		{only: 'users', intent: 'append'},
		{only: 'users', intent: 'prepend'},
		{only: 'filter'},
	]);
	t.deepEqual(
		client.requests.slice(0, 5).map(({document, visit}) => document ?? visit),
		['/users?page=3', '/users?page=2', '/users?page=4', '/users?page=5', '/users?page=1'],
	);
	t.deepEqual(client.errors, []);
});

test.serial('a list by cursors grows at both ends too', async t => {
	const messages = createIds(1, 50);
	const client = await open(t, '/messages?cursor=after-20', {
		'/messages': ctx => {
			const start = Number(String(ctx.query.cursor).replace('after-', ''));
			const toCursor = (index: number) => (index >= 0 && index < messages.length ? `after-${index}` : null);
			return ctx.inertia.render('Messages', {
				messages: scroll(() => ({
					data: toItems(messages.slice(start, start + perPage)),
					cursor: toCursor(start),
					previousCursor: toCursor(start - perPage),
					nextCursor: toCursor(start + perPage),
				})),
			});
		},
	});

	await waitForItems(client, 20);
	await scrollToEnds(client, [
		['bottom', 30],
		['bottom', 40],
		['top', 50],
	]);

	t.deepEqual(await client.getItems(), messages);
	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: false, requestCount: 4});
	t.deepEqual(client.requests, [
		{document: '/messages?cursor=after-20'},
		{visit: '/messages?cursor=after-10', only: 'messages', intent: 'prepend'},
		{visit: '/messages?cursor=after-30', only: 'messages', intent: 'append'},
		{visit: '/messages?cursor=after-40', only: 'messages', intent: 'append'},
		{visit: '/messages?cursor=after-0', only: 'messages', intent: 'prepend'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a deferred list comes after the page, and grows from there', async t => {
	const users = createIds(1, 30);
	const client = await open(t, '/users?page=2', {
		'/users': ctx => ctx.inertia.render('Users', {users: defer(scroll(() => paginate(users, Number(ctx.query.page))))}),
	});

	await waitForItems(client, 20);
	await scrollToEnds(client, [['bottom', 30]]);

	t.deepEqual((await client.getShown())[0]?.props, {errors: {}});
	t.deepEqual(await client.getItems(), users);
	t.deepEqual(await client.getScrollState(), {hasPrevious: false, hasNext: false, requestCount: 2});
	t.deepEqual(client.requests, [
		{document: '/users?page=2'},
		{visit: '/users?page=2', only: 'users'},
		{visit: '/users?page=1', only: 'users', intent: 'prepend'},
		{visit: '/users?page=3', only: 'users', intent: 'append'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a plain list inside an object grows by its own parameter, and what is beside it stays', async t => {
	const users = createIds(1, 30);
	const client = await open(t, '/team?user-page=2', {
		'/team': ctx => {
			const page = Number(ctx.query['user-page']);
			const {data, lastPage} = paginate(users, page);
			return ctx.inertia.render('Team', {
				team: {
					name: `Team of page ${page}`,
					users: scroll(() => data, {
						pageName: 'user-page',
						metadata: {
							previousPage: page > 1 ? page - 1 : null,
							nextPage: page < lastPage ? page + 1 : null,
							currentPage: page,
						},
					}),
				},
			});
		},
	});

	await waitForItems(client, 20);
	await scrollToEnds(client, [['bottom', 30]]);

	t.deepEqual(await client.getProps(), {errors: {}, team: {name: 'Team of page 2', users: toItems(users)}});
	t.deepEqual(client.requests, [
		{document: '/team?user-page=2'},
		{visit: '/team?user-page=1', only: 'team.users', intent: 'prepend'},
		{visit: '/team?user-page=3', only: 'team.users', intent: 'append'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('with `matchOn`, an item that moved to the next page is not there twice', async t => {
	const users = createIds(1, 30);
	const client = await open(t, '/users', {
		'/users': ctx =>
			ctx.inertia.render('Users', {
				matched: scroll(() => paginate(users, Number(ctx.query.page ?? 1)), {matchOn: 'data.id'}),
			}),
	});

	users.unshift('a new one');
	await scrollToEnds(client, [['bottom', 19]]);

	t.deepEqual(await client.getItems(), createIds(1, 19));
	t.deepEqual(client.errors, []);
});

/** Scrolls there, and waits for the items that come. */
async function scrollToEnds(
	client: RealClient,
	steps: ReadonlyArray<readonly [end: 'top' | 'bottom', items: number]>,
): Promise<void> {
	for (const [end, items] of steps) {
		await client.scrollTo(end);
		await waitForItems(client, items);
	}
}

function waitForItems(client: RealClient, count: number): Promise<void> {
	return waitFor(async () => (await client.getItems()).length >= count);
}

function paginate(ids: readonly string[], page: number) {
	return {
		data: toItems(ids.slice((page - 1) * perPage, page * perPage)),
		currentPage: page,
		lastPage: Math.ceil(ids.length / perPage),
	};
}

function toItems(ids: readonly string[]) {
	return ids.map(id => ({id}));
}

function createIds(first: number, last: number): string[] {
	return Array.from({length: last - first + 1}, (_, index) => String(first + index));
}

function withoutUrl({document: _document, visit: _visit, ...lists}: RealClient['requests'][number]) {
	return lists;
}
