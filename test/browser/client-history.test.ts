import test from 'ava';
import type {Context} from 'koa';
import {encryptHistory} from 'koa-inertia';
import {type Pages, setUpClient} from '../helpers/real-client.ts';

const open = setUpClient(test);
const secret = 'sealed in wax';

/** Pages of a site where `/account` is shown to who is signed in, which everybody is until the sign-out. */
function createPages(): Pages {
	let isSignedIn = true;
	return {
		'/': ctx => ctx.inertia.render('Home'),
		'/sign-in': ctx => ctx.inertia.render('SignIn'),
		'/about': ctx => ctx.inertia.render('About', {text: 'open to all'}),
		'/account'(ctx) {
			if (!isSignedIn) return ctx.redirect('/sign-in');
			ctx.inertia.encryptHistory();
			return ctx.inertia.render('Account', {secret});
		},
		'POST /sign-out'(ctx) {
			isSignedIn = false;
			ctx.inertia.clearHistory();
			ctx.session = null;
			ctx.redirect('/sign-in');
		},
		'POST /forget'(ctx) {
			isSignedIn = false;
			ctx.redirect('/sign-in');
		},
	};
}

test.serial('the history of an encrypted page holds no prop that can be read, and going back shows it', async t => {
	const client = await open(t, '/', createPages());

	await client.visit('/account');
	const history = await client.getHistory();
	t.is(typeof history, 'string');
	t.true(String(history).length > 100);
	t.notRegex(String(history), /sealed|secret|Account/);

	await client.visit('/about');
	// The page after it isn't encrypted by itself.
	t.regex(JSON.stringify(await client.getHistory()), /open to all/);

	await client.go(-1, 'Account');
	t.deepEqual(await client.getProps(), {errors: {}, secret});
	t.deepEqual(client.requests, [{document: '/'}, {visit: '/account'}, {visit: '/about'}]);
	t.deepEqual(client.errors, []);
});

test.serial('a page whose document was loaded is encrypted too, and a reload of it works', async t => {
	const client = await open(t, '/account', createPages());

	t.notRegex(JSON.stringify(await client.getHistory()), /sealed|secret|Account/);
	await client.loadAgain();
	t.deepEqual(await client.getProps(), {errors: {}, secret});
	t.notRegex(JSON.stringify(await client.getHistory()), /sealed|secret|Account/);
	t.deepEqual(client.errors, []);
});

test.serial('the option encrypts every page, `encryptHistory(false)` excepts the routes after it', async t => {
	const except = encryptHistory(false);
	const client = await open(
		t,
		'/',
		{
			'/': ctx => ctx.inertia.render('Home', {secret}),
			'/about': ctx => except(ctx, () => ctx.inertia.render('About', {secret})),
			'/help': ctx => ctx.inertia.render('Help', {secret}, {encryptHistory: false}),
		},
		{encryptHistory: true},
	);

	t.notRegex(JSON.stringify(await client.getHistory()), /sealed/);
	await client.visit('/about');
	t.regex(JSON.stringify(await client.getHistory()), /sealed/);
	await client.visit('/help');
	t.regex(JSON.stringify(await client.getHistory()), /sealed/);
	t.deepEqual(client.errors, []);
});

test.serial(
	'after a sign-out that clears the history, going back asks the server and shows nothing private',
	async t => {
		const client = await open(t, '/', createPages());

		await client.visit('/account');
		await client.visit('/sign-out', {method: 'post'});
		t.is((await client.getShown()).at(-1)?.clearHistory, true);
		t.is(client.page.url(), `${client.origin}/sign-in`);
		const before = (await client.getShown()).length;

		await client.go(-1, 'SignIn');
		t.deepEqual(
			(await client.getShown()).slice(before).map(({component}) => component),
			['SignIn'],
		);
		t.deepEqual(client.requests.slice(2), [
			{visit: '/sign-out', method: 'POST'},
			{visit: '/sign-in'},
			{visit: '/account'},
			{visit: '/sign-in'},
		]);
		// The entry now holds the page that the server answered with.
		t.notRegex(JSON.stringify(await client.getHistory()), /sealed/);
		t.is(client.page.url(), `${client.origin}/sign-in`);
		t.deepEqual(client.errors, []);
	},
);

test.serial('after a sign-out that clears nothing, going back shows the private page', async t => {
	const client = await open(t, '/', createPages());

	await client.visit('/account');
	await client.visit('/forget', {method: 'post'});
	await client.go(-1, 'Account');
	t.deepEqual(await client.getProps(), {errors: {}, secret});
	t.deepEqual(client.errors, []);
});

test.serial('a cleared history is cleared once: what is encrypted later can be gone back to', async t => {
	const client = await open(t, '/', {
		...createPages(),
		'POST /clear'(ctx: Context) {
			ctx.inertia.clearHistory();
			ctx.inertia.back();
		},
	});

	await client.visit('/clear', {method: 'post'});
	await client.visit('/account');
	t.is((await client.getShown()).at(-1)?.clearHistory, undefined);
	await client.visit('/about');
	await client.go(-1, 'Account');
	t.deepEqual(await client.getProps(), {errors: {}, secret});
	t.deepEqual(
		client.requests.filter(({visit}) => visit === '/account'),
		[{visit: '/account'}],
	);
	t.deepEqual(client.errors, []);
});

test.serial('a sign-out by a redirect with a fragment clears the history too', async t => {
	const client = await open(t, '/', {
		...createPages(),
		'POST /leave'(ctx: Context) {
			ctx.inertia.clearHistory();
			ctx.session = null;
			ctx.redirect('/sign-in#name');
		},
	});

	await client.visit('/account');
	await client.visit('/leave', {method: 'post'});
	t.is((await client.getShown()).at(-1)?.clearHistory, true);
	await client.go(-1, 'Account');
	t.deepEqual(client.requests.slice(-2), [{visit: '/sign-in'}, {visit: '/account'}]);
	t.deepEqual(client.errors, []);
});

/** Signs out by a document, after which nothing that the client has in memory is left. */
const leave = (ctx: Context): void => {
	ctx.inertia.clearHistory();
	ctx.session = null;
	ctx.inertia.location('/sign-in');
};

test.serial('a sign-out that loads the document clears the history too', async t => {
	const pages = createPages();
	const client = await open(t, '/', {
		...pages,
		async 'POST /leave'(ctx) {
			await pages['POST /forget']?.(ctx);
			leave(ctx);
		},
	});

	await client.visit('/account');
	await client.leave('/leave', {method: 'post'});
	t.is((await client.getShown()).at(-1)?.clearHistory, true);
	t.is(await client.page.evaluate("sessionStorage.getItem('historyKey')"), null);

	const before = client.requests.length;
	await client.page.goBack();
	await client.page.waitForFunction('client.shown.length > 0');
	t.is(client.page.url(), `${client.origin}/sign-in`);
	t.deepEqual(client.requests[before], {document: '/account'});
	t.deepEqual(client.errors, []);
});

test.serial('the document of an encrypted page is asked for anew when it is gone back to', async t => {
	const pages = createPages();
	const client = await open(t, '/account', {
		...pages,
		async 'POST /leave'(ctx) {
			await pages['POST /forget']?.(ctx);
			leave(ctx);
		},
	});

	await client.leave('/leave', {method: 'post'});
	const before = client.requests.length;
	await client.page.goBack();
	await client.page.waitForFunction('client.shown.length > 0');
	// A browser takes a document that it goes back to from its cache, with the props in it.
	t.notRegex(await client.page.content(), /sealed/);
	t.is(client.page.url(), `${client.origin}/sign-in`);
	t.deepEqual(client.requests[before], {document: '/account'});
	t.deepEqual(client.errors, []);
});
