import test, {type ExecutionContext} from 'ava';
import {setUpClient} from '../helpers/real-client.ts';
import {serve} from '../helpers/serve.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);

for (const method of ['put', 'patch', 'delete'] as const) {
	test.serial(`the page after a ${method.toUpperCase()} is asked for by GET`, async t => {
		const client = await open(t, '/stars', {
			'/stars': ctx => ctx.inertia.render('Stars', {method: ctx.method}),
			'/stars/1': ctx => ctx.redirect('/stars'),
			// What the browser does with the redirect as Koa makes it, which the middleware never sees.
			'/stars/2'(ctx) {
				ctx.respond = false;
				ctx.res.writeHead(302, {Location: '/stars'}).end();
			},
		});

		await client.visit('/stars/1', {method});
		t.deepEqual(await client.getProps(), {errors: {}, method: 'GET'});
		await client.visit('/stars/2', {method});
		t.deepEqual(await client.getProps(), {errors: {}, method: method.toUpperCase()});
		t.deepEqual(client.requests, [
			{document: '/stars'},
			{visit: '/stars/1', method: method.toUpperCase()},
			{visit: '/stars'},
			{visit: '/stars/2', method: method.toUpperCase()},
			{visit: '/stars', method: method.toUpperCase()},
		]);
		t.deepEqual(client.errors, []);
	});
}

test.serial('a redirect to another host leaves with the document, and its cookie is kept', async t => {
	const other = await serveOther(t);
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'POST /pay'(ctx) {
			ctx.cookies.set('order', '42');
			ctx.redirect(`${other.url}/checkout?order=42#card`);
		},
	});

	await client.send('/pay', {method: 'post'});
	await client.page.waitForURL(`${other.url}/checkout?order=42#card`);
	t.is(await client.page.textContent('h1'), 'Other host');
	t.deepEqual(other.requests, ['document /checkout?order=42']);
	const cookies = await client.page.context().cookies(client.origin);
	t.deepEqual(
		cookies.map(({name, value}) => `${name}=${value}`),
		['order=42'],
	);

	await client.page.goBack();
	await waitFor(async () => (await client.getShown()).length > 0);
	t.deepEqual(await client.getEvents('location'), [
		{url: `${other.url}/checkout?order=42#card`, isVersionChange: false},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('`location()` leaves with the document, of a visit and of a plain request', async t => {
	const other = await serveOther(t);
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'/out': ctx => ctx.inertia.location(`${other.url}/help`),
	});

	await client.send('/out');
	await client.page.waitForURL(`${other.url}/help`);
	await client.page.goto(`${client.origin}/out`);
	t.is(client.page.url(), `${other.url}/help`);
	t.deepEqual(other.requests, ['document /help', 'document /help']);
	t.deepEqual(client.requests, [{document: '/'}, {visit: '/out'}, {document: '/out'}]);
	t.deepEqual(client.errors, []);
});

test.serial('`location()` to a page of the same site loads its document anew', async t => {
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'PUT /language': ctx => ctx.inertia.location('/'),
	});

	await client.leave('/language', {method: 'put'});
	t.deepEqual(client.requests, [{document: '/'}, {visit: '/language', method: 'PUT'}, {document: '/'}]);
	t.deepEqual(client.errors, []);
});

test.serial('a visit from an old build to a route with `location()` arrives at its target', async t => {
	const other = await serveOther(t);
	let version = 'old';
	const client = await open(
		t,
		'/',
		{
			'/': ctx => ctx.inertia.render('Home'),
			'/out': ctx => ctx.inertia.location(`${other.url}/help`),
		},
		{version: () => version},
	);

	version = 'new';
	await client.send('/out');
	await client.page.waitForURL(`${other.url}/help`);
	// The visit was refused before the route.
	t.deepEqual(client.requests, [{document: '/'}, {document: '/out'}]);
	t.deepEqual(client.errors, []);
});

for (const target of ['/page#part', 'page#part', '?from=save#part']) {
	test.serial(`a redirect to \`${target}\` ends there, with the fragment, the flash and the errors`, async t => {
		const client = await open(t, '/page', {
			'/page': ctx => ctx.inertia.render('Page'),
			'/save': async ctx => {
				if (ctx.method === 'GET') return ctx.inertia.render('Page');
				ctx.inertia.flash({message: 'Saved'});
				ctx.inertia.errors({name: 'Too short'});
				ctx.redirect(target);
			},
		});

		await client.visit('/save', {method: 'post'});
		const end = new URL(target, `${client.origin}/save`);
		t.is(client.page.url(), end.href);
		const shown = (await client.getShown()).at(-1);
		t.is(shown?.url, end.pathname + end.search + end.hash);
		t.deepEqual(shown?.props, {errors: {name: 'Too short'}});
		t.deepEqual(shown?.flash, {message: 'Saved'});
		t.deepEqual(await client.getEvents('onFlash'), [{message: 'Saved'}]);
		t.deepEqual(await client.getEvents('onError'), [{name: 'Too short'}]);
		t.deepEqual(client.requests, [
			{document: '/page'},
			{visit: '/save', method: 'POST'},
			{visit: end.pathname + end.search},
		]);
		t.deepEqual(client.errors, []);
	});
}

test.serial('a redirect to `javascript:` runs nothing and leads nowhere', async t => {
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'/run': ctx => ctx.redirect('javascript:document.title="run"'),
		'/run-too': ctx => ctx.inertia.location('javascript:document.title="run"'),
	});

	await client.visit('/run');
	t.deepEqual(await client.getEvents('networkError'), [null]);
	await client.visit('/run-too');
	t.deepEqual(await client.getEvents('httpException'), [500]);
	t.deepEqual(await client.getEvents('location'), []);
	t.not(await client.page.title(), 'run');
	t.is(client.page.url(), `${client.origin}/`);
	t.regex(String(client.serverErrors), /OptionError: `ctx\.inertia\.location` takes a URL/);
});

test.serial('`preserveFragment()` keeps the fragment of the visit across a redirect', async t => {
	const client = await open(t, '/', {
		'/': ctx => ctx.inertia.render('Home'),
		'/old'(ctx) {
			if (ctx.query.keep) ctx.inertia.preserveFragment();
			ctx.redirect('/new');
		},
		'/new': ctx => ctx.inertia.render('New'),
	});

	await client.visit('/old?keep=1#part');
	t.is(client.page.url(), `${client.origin}/new#part`);
	await client.visit('/');
	await client.visit('/old#part');
	t.is(client.page.url(), `${client.origin}/new`);
	t.deepEqual(client.errors, []);
});

test.serial('an answer without a body goes back to the page that the visit came from', async t => {
	const client = await open(t, '/form?step=2', {
		'/form': ctx => ctx.inertia.render('Form'),
		'POST /save'(ctx) {
			ctx.status = 200;
		},
		'DELETE /draft'(ctx) {
			ctx.status = 204;
		},
	});

	await client.visit('/save', {method: 'post'});
	await client.visit('/draft', {method: 'delete'});
	t.is(client.page.url(), `${client.origin}/form?step=2`);
	t.deepEqual(client.requests.slice(1), [
		{visit: '/save', method: 'POST'},
		{visit: '/form?step=2'},
		{visit: '/draft', method: 'DELETE'},
		{visit: '/form?step=2'},
	]);
	t.deepEqual(await client.getEvents('onSuccess'), [null, null]);
	t.deepEqual(client.errors, []);
});

/** Another host, with what it was asked for. */
async function serveOther(t: ExecutionContext) {
	const requests: string[] = [];
	const url = await serve(t, (request, response) => {
		if (request.url !== '/favicon.ico') requests.push(`${request.headers['sec-fetch-dest']} ${request.url}`);
		response.setHeader('Content-Type', 'text/html').end('<!doctype html><h1>Other host</h1>');
	});
	return {url, requests};
}
