import {EventEmitter, once as waitForEvent} from 'node:events';
import test from 'ava';
import type {Context} from 'koa';
import {createSession} from 'koa-session';
import {MemoryStore} from '../helpers/memory-store.ts';
import {type Pages, setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);
const saved = {message: 'Saved', star: {id: 42}};

const pages: Pages = {
	'/': ctx => ctx.inertia.render('Home'),
	'/list': ctx => ctx.inertia.render('List'),
	'/other': ctx => ctx.inertia.render('Other'),
	'POST /save': save,
	'/save': save,
};

function save(ctx: Context): void {
	ctx.inertia.flash(saved);
	ctx.redirect('/list');
}

test.serial(
	'a flash reaches `onFlash` and the page after the redirect, and nothing of it is in the history',
	async t => {
		const client = await open(t, '/', pages);

		await client.visit('/save', {method: 'post'});
		t.deepEqual(await client.getEvents('onFlash'), [saved]);
		t.deepEqual(await client.getEvents('flash'), [saved]);
		t.deepEqual(
			(await client.getShown()).map(({component, flash}) => ({component, flash})),
			[
				{component: 'Home', flash: {}},
				{component: 'List', flash: saved},
			],
		);
		t.deepEqual((await client.getShown()).at(-1)?.props, {errors: {}});
		t.notRegex(JSON.stringify(await client.getHistory()), /Saved/);
		t.regex(JSON.stringify(await client.getHistory()), /List/);
		t.deepEqual(client.errors, []);
	},
);

test.serial('a flash is shown once: not by a reload, of the page or its document, nor back and forward', async t => {
	const client = await open(t, '/', pages);

	await client.visit('/save', {method: 'post'});
	await client.reload();
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});

	await client.visit('/save', {method: 'post'});
	await client.visit('/other');
	await client.go(-1, 'List');
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});
	await client.go(1, 'Other');
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});

	await client.visit('/save', {method: 'post'});
	await client.loadAgain();
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});
	t.deepEqual(await client.getEvents('flash'), [saved, saved, saved]);
	t.deepEqual(client.errors, []);
});

test.serial('a flash of a plain request is shown by the document, and not when that is returned to', async t => {
	const client = await open(t, '/save', pages);

	t.deepEqual((await client.getShown()).at(-1)?.flash, saved);
	await waitFor(async () => (await client.getEvents('flash')).length === 1);
	t.deepEqual(await client.getEvents('flash'), [saved]);
	t.notRegex(JSON.stringify(await client.getHistory()), /Saved/);

	await client.page.goto(`${client.origin}/other`);
	await client.page.goBack();
	await client.page.waitForFunction("client.shown.at(-1)?.component === 'List'");
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});
	await client.loadAgain();
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});
	t.deepEqual(await client.getEvents('flash'), [saved]);
	t.deepEqual(client.errors, []);
});

test.serial(
	'a page that is loaded ahead between a redirect and its page takes no flash, and shows none later',
	async t => {
		const arrival = new EventEmitter();
		let isHeld = false;
		const client = await open(t, '/', pages, {}, app => {
			app.keys = ['a key for tests'];
			// Before the session is read, as where the redirect is slow.
			app.use(async (ctx, next) => {
				if (isHeld && ctx.path === '/list') {
					arrival.emit('held');
					await waitForEvent(arrival, 'released');
				}
				await next();
			});
			app.use(createSession({store: new MemoryStore()}, app));
		});

		isHeld = true;
		const held = waitForEvent(arrival, 'held');
		const visit = client.visit('/save', {method: 'post'});
		await held;
		await client.prefetch('/other');
		arrival.emit('released');
		await visit;
		t.deepEqual(await client.getEvents('onFlash'), [saved]);
		t.deepEqual((await client.getShown()).at(-1)?.flash, saved);

		await client.send('/other');
		await waitFor(async () => (await client.getShown()).length === 3);
		t.deepEqual((await client.getShown()).at(-1)?.flash, {});
		t.deepEqual(await client.getEvents('flash'), [saved]);
		// The last visit came from what was loaded ahead.
		t.deepEqual(client.requests, [
			{document: '/'},
			{visit: '/save', method: 'POST'},
			{visit: '/other', purpose: 'prefetch'},
			{visit: '/list'},
		]);
		t.deepEqual(client.errors, []);
	},
);

test.serial('a flash that waits while a page is loaded ahead is not in that page', async t => {
	const client = await open(t, '/', pages);

	await client.page.evaluate("fetch('/save', {method: 'POST', redirect: 'manual'})");
	await client.prefetch('/other');
	await client.send('/other');
	await waitFor(async () => (await client.getShown()).length === 2);
	t.deepEqual((await client.getShown()).at(-1)?.flash, {});
	t.deepEqual(await client.getEvents('flash'), []);

	await client.visit('/list');
	t.deepEqual(await client.getEvents('flash'), [saved]);
	t.deepEqual(client.errors, []);
});

test.serial('a flash of a post from an old build is shown after the reload, at the fragment too', async t => {
	let version = 'first';
	const client = await open(
		t,
		'/',
		{
			...pages,
			'POST /add'(ctx) {
				ctx.inertia.flash(saved);
				ctx.redirect('/list#star-42');
			},
		},
		{version: () => version},
	);

	version = 'second';
	await client.leave('/save', {method: 'post'});
	t.is(client.page.url(), `${client.origin}/list`);
	t.deepEqual((await client.getShown()).at(-1)?.flash, saved);

	await client.visit('/');
	version = 'third';
	await client.leave('/add', {method: 'post'});
	t.is(client.page.url(), `${client.origin}/list#star-42`);
	t.deepEqual((await client.getShown()).at(-1)?.flash, saved);
	await waitFor(async () => (await client.getEvents('flash')).length === 2);
	t.deepEqual(client.errors, []);
});
