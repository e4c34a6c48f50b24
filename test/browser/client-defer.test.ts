import test from 'ava';
import {defer, merge} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);

test.serial('deferred groups come with one request each, at the same time, and only once', async t => {
	const meet = createMeeting(2);
	const client = await open(t, '/', {
		'/': ctx =>
			ctx.inertia.render('Dashboard', {
				user: 'Ada',
				stats: defer(() => meet({visitors: 3})),
				notes: defer(() => ['A note']),
				feed: defer(() => meet(['A message']), {group: 'side'}),
			}),
	});

	await waitFor(async () => 'stats' in (await client.getProps()) && 'feed' in (await client.getProps()));
	t.deepEqual(await client.getProps(), {
		errors: {},
		user: 'Ada',
		stats: {visitors: 3},
		notes: ['A note'],
		feed: ['A message'],
	});

	const [first, ...later] = await client.getShown();
	t.deepEqual(first?.props, {errors: {}, user: 'Ada'});
	t.deepEqual(first?.deferredProps, {default: ['stats', 'notes'], side: ['feed']});
	t.deepEqual(
		later.map(({deferredProps}) => deferredProps),
		[undefined, undefined],
	);

	// Whatever the client asked for again would have been asked for before this.
	await client.reload({only: ['user']});
	t.deepEqual(client.requests.toSorted(byText), [
		{document: '/'},
		{visit: '/', only: 'feed'},
		{visit: '/', only: 'stats,notes'},
		{visit: '/', only: 'user'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('deferred props of a page that was visited from another are asked for too', async t => {
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'/dashboard': ctx => ctx.inertia.render('Dashboard', {stats: defer(() => 3)}),
	});

	await client.visit('/dashboard');
	await waitFor(async () => (await client.getProps()).stats === 3);

	// A reload of the whole page starts with the announcement again.
	await client.reload();
	t.deepEqual((await client.getShown())[3]?.props, {errors: {}});
	await waitFor(async () => (await client.getProps()).stats === 3);

	t.deepEqual(client.requests, [
		{document: '/'},
		{visit: '/dashboard'},
		{visit: '/dashboard', only: 'stats'},
		{visit: '/dashboard'},
		{visit: '/dashboard', only: 'stats'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a deferred prop inside an object joins what the client has of it', async t => {
	const client = await open(t, '/', {
		'/': ctx =>
			ctx.inertia.render('Account', {
				auth: {user: {name: 'Ada', permissions: defer(() => ['read', 'write'])}, isGuest: false},
			}),
	});

	const auth = {user: {name: 'Ada', permissions: ['read', 'write']}, isGuest: false};
	await waitFor(async () => JSON.stringify(await client.getProps()).includes('write'));
	t.deepEqual(await client.getProps(), {errors: {}, auth});
	t.deepEqual(client.requests, [{document: '/'}, {visit: '/', only: 'auth.user.permissions'}]);
	t.deepEqual(client.errors, []);
});

test.serial('a rescued prop is listed, the rest of its group arrives, and a reload gets it later', async t => {
	let isDown = true;
	const loadStats = (): number => {
		if (isDown) throw new Error('The statistics are down');
		return 3;
	};

	const client = await open(t, '/', {
		'/': ctx =>
			ctx.inertia.render('Dashboard', {
				stats: defer(loadStats, {rescue: true}),
				notes: defer(() => ['A note']),
			}),
	});

	await waitFor(async () => 'notes' in (await client.getProps()));
	t.deepEqual(await client.getProps(), {errors: {}, notes: ['A note']});
	t.deepEqual((await client.getShown()).at(-1)?.rescuedProps, ['stats']);
	t.is(client.serverErrors.length, 1);

	await client.reload({only: ['notes']});
	t.deepEqual((await client.getShown()).at(-1)?.rescuedProps, ['stats']);

	isDown = false;
	await client.reload({only: ['stats']});
	t.deepEqual(await client.getProps(), {errors: {}, notes: ['A note'], stats: 3});
	t.deepEqual((await client.getShown()).at(-1)?.rescuedProps, []);

	t.deepEqual(client.requests, [
		{document: '/'},
		{visit: '/', only: 'stats,notes'},
		{visit: '/', only: 'notes'},
		{visit: '/', only: 'stats'},
	]);
	t.is(client.serverErrors.length, 1);
	t.deepEqual(client.errors, []);
});

test.serial('a deferred list that merges grows with the reloads after it came', async t => {
	let count = 0;
	const loadPost = () => {
		count += 1;
		return [`Post ${count}`];
	};

	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Feed', {posts: merge(defer(loadPost))}),
	});

	await waitFor(async () => 'posts' in (await client.getProps()));
	t.deepEqual(await client.getProps(), {errors: {}, posts: ['Post 1']});

	await client.reload({only: ['posts']});
	t.deepEqual(await client.getProps(), {errors: {}, posts: ['Post 1', 'Post 2']});
	t.deepEqual(client.errors, []);
});

/** Gives a function whose promises wait for each other: so many calls must be under way at the same time. */
function createMeeting(size: number): <Value>(value: Value) => Promise<Value> {
	const waiting: Array<() => void> = [];
	return value =>
		new Promise(resolve => {
			waiting.push(() => resolve(value));
			if (waiting.length < size) return;
			for (const leave of waiting) leave();
		});
}

function byText(one: unknown, other: unknown): number {
	return JSON.stringify(one).localeCompare(JSON.stringify(other));
}
