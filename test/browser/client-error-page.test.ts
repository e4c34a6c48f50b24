import test from 'ava';
import type Koa from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {type Pages, type RealClient, setUpClient, useSession} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);
const options: InertiaOptions = {errorPage: 'Error', share: {user: 'Ada'}};
const pages: Pages = {
	'/': ctx => ctx.inertia.render('Home'),
	'/about': ctx => ctx.inertia.render('About'),
	'/broken'() {
		throw new Error('The database <is> away');
	},
	'/private': ctx => ctx.throw(403, 'Not for you'),
	'/missing'() {
		// Nobody answers.
	},
};

test.serial('in production, the client shows the page of an error, and goes on from it', async t => {
	const client = await open(t, '/', pages, options, inEnvironment('production'));

	await client.visit('/broken');
	t.deepEqual(await client.getEvents('httpException'), [500]);
	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada', status: 500, message: 'Internal Server Error'});
	t.is(client.page.url(), `${client.origin}/broken`);
	t.is(await client.page.locator('dialog').count(), 0);
	t.regex(String(client.serverErrors), /The database <is> away/);

	await client.visit('/about');
	const versions = (await client.getShown()).map(({component, version}) => ({component, version}));
	const [{version} = {version: ''}] = versions;
	t.not(version, '');
	t.deepEqual(versions, [
		{component: 'Home', version},
		{component: 'Error', version},
		{component: 'About', version},
	]);
	t.deepEqual(client.requests, [{document: '/'}, {visit: '/broken'}, {visit: '/about'}]);
	t.deepEqual(getOtherErrors(client, 500), []);
});

test.serial('the client shows the message of an error that is meant to be seen, and a 404', async t => {
	const client = await open(t, '/', pages, options, inEnvironment('production'));

	await client.visit('/private', {method: 'post'});
	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada', status: 403, message: 'Not for you'});
	await client.visit('/missing');
	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada', status: 404, message: 'Not Found'});
	await client.go(-1, 'Error');
	t.is((await client.getProps()).status, 403);
	t.deepEqual(getOtherErrors(client, 403, 404), []);
});

test.serial('a document that fails is the page of its error, from which the client starts', async t => {
	const client = await open(t, '/broken', pages, options, inEnvironment('production'));

	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada', status: 500, message: 'Internal Server Error'});
	await client.visit('/');
	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada'});
	t.deepEqual(client.requests, [{document: '/broken'}, {visit: '/'}]);
	t.deepEqual(getOtherErrors(client, 500), []);
});

test.serial('a form that fails shows no flash of success, and the errors of the next one arrive', async t => {
	const client = await open(
		t,
		'/',
		{
			...pages,
			'POST /save'(ctx) {
				ctx.inertia.flash({message: 'Saved'});
				throw new Error('Not saved');
			},
			'POST /refuse'(ctx) {
				ctx.inertia.errors({name: 'Taken'});
				ctx.inertia.back();
			},
		},
		options,
		inEnvironment('production'),
	);

	await client.visit('/save', {method: 'post'});
	await client.visit('/');
	t.deepEqual(await client.getEvents('flash'), []);
	await client.visit('/refuse', {method: 'post'});
	t.deepEqual(await client.getEvents('onError'), [{name: 'Taken'}]);
	t.deepEqual(getOtherErrors(client, 500), []);
});

for (const errorPage of ['Error', undefined]) {
	const setting = errorPage ? 'with an error page' : 'without one';
	test.serial(`in development, ${setting}, the client shows the error and its stack in its dialog`, async t => {
		const client = await open(t, '/', pages, errorPage ? {errorPage} : {}, inEnvironment('development'));

		await client.send('/broken');
		const frame = client.page.frameLocator('#inertia-error-dialog iframe');
		t.is(await frame.locator('h1').textContent(), 'Error: The database <is> away');
		t.regex((await frame.locator('pre').textContent()) ?? '', /client-error-page\.test/);
		t.deepEqual(await client.getEvents('httpException'), [500]);
		// Behind the dialog is the page as it was.
		t.is(client.page.url(), `${client.origin}/`);
		t.is((await client.getShown()).length, 1);

		await client.page.keyboard.press('Escape');
		await waitFor(async () => (await client.page.locator('dialog').count()) === 0);
		await client.visit('/about');
		t.is((await client.getShown()).at(-1)?.component, 'About');
		t.deepEqual(getOtherErrors(client, 500), []);
	});
}

function inEnvironment(environment: string) {
	return (app: Koa): void => {
		app.env = environment;
		useSession(app);
	};
}

/** Without what Chromium writes about an answer with one of those statuses. */
function getOtherErrors({errors}: RealClient, ...statuses: number[]): string[] {
	return errors.filter(error => !statuses.some(status => error.includes(`status of ${status} `)));
}
