import test from 'ava';
import * as z from 'zod';
import {type ClientVisit, type Pages, setUpClient} from '../helpers/real-client.ts';

const open = setUpClient(test);
const schema = z.object({name: z.string().min(3, 'Too short'), email: z.email('No address')});
const wrong: ClientVisit = {method: 'post', data: {name: 'Al', email: 'al'}};

const pages: Pages = {
	'/form': ctx => ctx.inertia.render('Form', {step: 2}),
	'/done': ctx => ctx.inertia.render('Done'),
	'POST /save': async ctx => {
		await ctx.inertia.validate(schema);
		ctx.redirect('/done');
	},
	'POST /refuse'(ctx) {
		ctx.inertia.errors({name: 'Taken'});
		ctx.inertia.back();
	},
};

test.serial(
	'`back()` after a failed post shows the page of the form with the errors, which reach `onError`',
	async t => {
		const client = await open(t, '/form?step=2', pages);

		await client.visit('/refuse', {method: 'post'});
		t.is(client.page.url(), `${client.origin}/form?step=2`);
		t.deepEqual(await client.getProps(), {errors: {name: 'Taken'}, step: 2});
		t.deepEqual(await client.getEvents('onError'), [{name: 'Taken'}]);
		t.deepEqual(await client.getEvents('error'), [{name: 'Taken'}]);
		t.deepEqual(await client.getEvents('onSuccess'), []);
		t.deepEqual(client.requests.slice(1), [{visit: '/refuse', method: 'POST'}, {visit: '/form?step=2'}]);

		await client.loadAgain();
		t.deepEqual(await client.getProps(), {errors: {}, step: 2});
		t.deepEqual(client.errors, []);
	},
);

test.serial('wrong input leads back to the form, and right input on', async t => {
	const client = await open(t, '/form', pages);

	await client.visit('/save', wrong);
	t.deepEqual(await client.getProps(), {errors: {name: 'Too short', email: 'No address'}, step: 2});
	t.deepEqual(await client.getEvents('onError'), [{name: 'Too short', email: 'No address'}]);

	await client.visit('/save', {method: 'post', data: {name: 'Ada', email: 'ada@example.com'}});
	t.is(client.page.url(), `${client.origin}/done`);
	t.deepEqual(await client.getProps(), {errors: {}});
	t.deepEqual(await client.getEvents('onSuccess'), [null]);
	t.deepEqual(client.errors, []);
});

test.serial('with `allErrors`, a field has the list of its messages', async t => {
	const client = await open(
		t,
		'/form',
		{
			...pages,
			'POST /refuse'(ctx) {
				ctx.inertia.errors({name: ['Too short', 'Taken'], email: 'No address'});
				ctx.inertia.back();
			},
		},
		{allErrors: true},
	);

	await client.visit('/refuse', {method: 'post'});
	t.deepEqual(await client.getEvents('onError'), [{name: ['Too short', 'Taken'], email: ['No address']}]);
	t.deepEqual(client.errors, []);
});

test.serial('errors of a form with an error bag stand under its name, and reach its `onError` without it', async t => {
	const client = await open(t, '/form', pages);

	await client.visit('/save', {...wrong, errorBag: 'signUp'});
	const fields = {name: 'Too short', email: 'No address'};
	t.deepEqual(await client.getProps(), {errors: {signUp: fields}, step: 2});
	t.deepEqual(await client.getEvents('onError'), [fields]);
	t.deepEqual(client.requests.slice(1), [
		{visit: '/save', method: 'POST', bag: 'signUp'},
		{visit: '/form', bag: 'signUp'},
	]);

	await client.visit('/refuse', {method: 'post', errorBag: 'rename'});
	t.deepEqual(await client.getProps(), {errors: {rename: {name: 'Taken'}}, step: 2});
	t.deepEqual(await client.getEvents('onError'), [fields, {name: 'Taken'}]);
	t.deepEqual(client.errors, []);
});

test.serial('errors in a bag outlast a redirect with a fragment', async t => {
	const client = await open(t, '/form', {
		...pages,
		'POST /refuse'(ctx) {
			ctx.inertia.errors({name: 'Taken'});
			ctx.redirect('/form#name');
		},
	});

	await client.visit('/refuse', {method: 'post', errorBag: 'rename'});
	t.is(client.page.url(), `${client.origin}/form#name`);
	t.deepEqual(await client.getEvents('onError'), [{name: 'Taken'}]);
	t.deepEqual(client.errors, []);
});

test.serial('errors that the server gave to no form reach the form with an error bag that asked', async t => {
	const client = await open(t, '/form', {
		...pages,
		'POST /refuse'(ctx) {
			ctx.inertia.errors({name: 'Taken'}, {bag: 'default'});
			ctx.inertia.back();
		},
	});

	await client.visit('/refuse', {method: 'post', errorBag: 'rename'});
	t.deepEqual(await client.getProps(), {errors: {rename: {name: 'Taken'}}, step: 2});
	t.deepEqual(await client.getEvents('onError'), [{name: 'Taken'}]);
	t.deepEqual(client.errors, []);
});

test.serial('errors of another form on the page are none of a form with an error bag', async t => {
	const client = await open(t, '/form', {
		...pages,
		'POST /refuse'(ctx) {
			ctx.inertia.errors({city: 'Unknown'}, {bag: 'address'});
			ctx.inertia.back();
		},
	});

	await client.visit('/refuse', {method: 'post', errorBag: 'rename'});
	t.deepEqual(await client.getProps(), {errors: {address: {city: 'Unknown'}}, step: 2});
	// Called all the same, with the errors of its own form.
	t.deepEqual(await client.getEvents('onError'), [{}]);
	t.deepEqual(client.errors, []);
});

test.serial('what was shown before the answer is taken back when the input is wrong', async t => {
	const client = await open(t, '/form', pages);

	await client.visit('/save', {...wrong, optimistic: {step: 3}});
	t.is((await client.getShown())[1]?.props.step, 3);
	t.deepEqual(await client.getProps(), {errors: {name: 'Too short', email: 'No address'}, step: 2});
	t.deepEqual(client.errors, []);
});

test.serial('errors of a post from an old build are shown after the reload that its redirect meets', async t => {
	let version = 'old';
	const client = await open(t, '/form', pages, {version: () => version});

	version = 'new';
	await client.leave('/save', wrong);
	t.deepEqual(await client.getProps(), {errors: {name: 'Too short', email: 'No address'}, step: 2});
	t.is((await client.getShown())[0]?.version, 'new');
	t.deepEqual(await client.getEvents('location'), [{url: `${client.origin}/form`, isVersionChange: true}]);
	// The page that the redirect leads to was refused, before its route.
	t.deepEqual(client.requests, [{document: '/form'}, {visit: '/save', method: 'POST'}, {document: '/form'}]);

	await client.visit('/save', wrong);
	t.deepEqual(await client.getEvents('onError'), [{name: 'Too short', email: 'No address'}]);
	t.deepEqual(client.errors, []);
});

test.serial('errors in a bag outlast that reload too, under their name', async t => {
	let version = 'old';
	const client = await open(t, '/form', pages, {version: () => version});

	version = 'new';
	await client.leave('/save', {...wrong, errorBag: 'signUp'});
	t.deepEqual(await client.getProps(), {errors: {signUp: {name: 'Too short', email: 'No address'}}, step: 2});
	t.deepEqual(client.errors, []);
});
