import test from 'ava';
import type {Context} from 'koa';
import {always, optional} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';

const open = setUpClient(test);

/** A page on which every value tells with which request it was loaded. */
function createAccount() {
	let request = 0;
	return async (ctx: Context): Promise<void> => {
		request += 1;
		const current = request;
		const load = (name: string) => () => `${name} ${current}`;
		await ctx.inertia.render('Account', {
			auth: {
				user: {name: load('name'), mail: load('mail')},
				permissions: load('permissions'),
				sessions: optional(load('sessions')),
			},
			stats: load('stats'),
			history: optional(load('history')),
			unread: always(load('unread')),
		});
	};
}

const first = {
	errors: {},
	auth: {user: {name: 'name 1', mail: 'mail 1'}, permissions: 'permissions 1'},
	stats: 'stats 1',
	unread: 'unread 1',
};

test.serial('a reload of a part replaces that part, and the client keeps the rest', async t => {
	const client = await open(t, '/account', {'/account': createAccount()});
	t.deepEqual(await client.getProps(), first);

	await client.reload({only: ['auth.user']});
	const second = {
		...first,
		auth: {user: {name: 'name 2', mail: 'mail 2'}, permissions: 'permissions 1'},
		unread: 'unread 2',
	};
	t.deepEqual(await client.getProps(), second);

	await client.reload({only: ['auth.user.mail', 'stats']});
	t.deepEqual(await client.getProps(), {
		...first,
		auth: {user: {name: 'name 2', mail: 'mail 3'}, permissions: 'permissions 1'},
		stats: 'stats 3',
		unread: 'unread 3',
	});

	t.deepEqual(client.requests.slice(1), [
		{visit: '/account', only: 'auth.user'},
		{visit: '/account', only: 'auth.user.mail,stats'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a reload with exceptions replaces all but those, and the client keeps them', async t => {
	const client = await open(t, '/account', {'/account': createAccount()});

	await client.reload({except: ['stats', 'history', 'auth.sessions']});
	t.deepEqual(await client.getProps(), {
		...first,
		auth: {user: {name: 'name 2', mail: 'mail 2'}, permissions: 'permissions 2'},
		unread: 'unread 2',
	});

	await client.reload({only: ['auth'], except: ['auth.user.name', 'auth.sessions']});
	t.deepEqual(await client.getProps(), {
		...first,
		auth: {user: {name: 'name 2', mail: 'mail 3'}, permissions: 'permissions 3'},
		unread: 'unread 3',
	});

	t.deepEqual(client.requests.slice(1), [
		{visit: '/account', except: 'stats,history,auth.sessions'},
		{visit: '/account', only: 'auth', except: 'auth.user.name,auth.sessions'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('an optional prop comes when it is asked for, and stays until the page is loaded anew', async t => {
	const client = await open(t, '/account', {'/account': createAccount()});

	await client.reload({only: ['history', 'auth.sessions']});
	t.deepEqual(await client.getProps(), {
		...first,
		auth: {...first.auth, sessions: 'sessions 2'},
		history: 'history 2',
		unread: 'unread 2',
	});

	await client.reload({only: ['stats']});
	t.deepEqual(await client.getProps(), {
		...first,
		auth: {...first.auth, sessions: 'sessions 2'},
		history: 'history 2',
		stats: 'stats 3',
		unread: 'unread 3',
	});

	await client.reload();
	t.deepEqual(await client.getProps(), {
		errors: {},
		auth: {user: {name: 'name 4', mail: 'mail 4'}, permissions: 'permissions 4'},
		stats: 'stats 4',
		unread: 'unread 4',
	});
	t.deepEqual(client.errors, []);
});

test.serial('errors of an earlier answer are gone after a reload that asks for something else', async t => {
	let errors = {};
	const client = await open(t, '/account', {
		'/account': ctx => ctx.inertia.render('Account', {errors, stats: 3}),
	});

	errors = {name: 'Too long'};
	await client.reload({only: ['stats']});
	t.deepEqual(await client.getProps(), {errors: {name: 'Too long'}, stats: 3});

	errors = {};
	await client.reload({only: ['stats']});
	t.deepEqual(await client.getProps(), {errors: {}, stats: 3});
	t.deepEqual(client.errors, []);
});
