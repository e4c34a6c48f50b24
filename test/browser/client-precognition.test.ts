import test from 'ava';
import * as z from 'zod';
import {type Pages, setUpClient} from '../helpers/real-client.ts';

const open = setUpClient(test);
const schema = z.object({
	name: z.string().min(3, 'Too short'),
	email: z.email('No address').min(8, 'Too short too'),
	items: z.array(z.object({title: z.string().min(1, 'No title'), count: z.number('No number')})).optional(),
});

/** A form, and how often its handler went on after `validate()`. */
function createPages() {
	const saved: unknown[] = [];
	const save: Pages[string] = async ctx => {
		saved.push(await ctx.inertia.validate(schema));
		ctx.inertia.flash({message: 'Saved'});
		ctx.redirect('/form');
	};
	const pages: Pages = {'/form': ctx => ctx.inertia.render('Form'), '/save': save};
	return {saved, pages};
}

test.serial('a field is `invalid` after a 422 and `valid` after a 204, and the others are left alone', async t => {
	const {saved, pages} = createPages();
	const client = await open(t, '/form', pages);
	await client.createForm('post', '/save', {name: '', email: ''});

	t.deepEqual(await client.validate({name: 'Al', email: ''}, 'name'), {
		errors: {name: 'Too short'},
		valid: [],
		touched: ['name'],
	});
	t.deepEqual(await client.validate({name: 'Ada', email: ''}, 'name'), {
		errors: {},
		valid: ['name'],
		touched: ['name'],
	});

	t.deepEqual(await client.validate({name: 'Ada', email: 'ada'}, 'email'), {
		errors: {email: 'No address'},
		valid: ['name'],
		touched: ['email', 'name'],
	});
	t.deepEqual(await client.validate({name: 'Ada', email: 'ada@example.com'}, 'email'), {
		errors: {},
		valid: ['name', 'email'],
		touched: ['email', 'name'],
	});

	t.deepEqual(client.requests.slice(1), [
		{validation: '/save', method: 'POST', validateOnly: 'name'},
		{validation: '/save', method: 'POST', validateOnly: 'name'},
		{validation: '/save', method: 'POST', validateOnly: 'email,name'},
		{validation: '/save', method: 'POST', validateOnly: 'email,name'},
	]);
	t.deepEqual(saved, []);
	t.deepEqual(client.errors, []);
});

test.serial('fields that were touched are validated together, of a PUT too', async t => {
	const {saved, pages} = createPages();
	const client = await open(t, '/form', pages);
	await client.createForm('put', '/save', {name: '', email: ''});

	await client.touch(['name', 'email']);
	t.deepEqual(await client.validate({name: 'Al', email: 'ada@example.com'}), {
		errors: {name: 'Too short'},
		valid: ['email'],
		touched: ['name', 'email'],
	});
	t.deepEqual(client.requests.slice(1), [{validation: '/save', method: 'PUT', validateOnly: 'name,email'}]);
	t.deepEqual(saved, []);
	t.deepEqual(client.errors, []);
});

test.serial('a field inside a list is validated by its path', async t => {
	const {pages} = createPages();
	const client = await open(t, '/form', pages);
	const items = [
		{title: 'One', count: 1},
		{title: 'Two', count: 'two'},
	];
	await client.createForm('post', '/save', {items: []});

	t.deepEqual(await client.validate({items}, 'items.1.count'), {
		errors: {'items.1.count': 'No number'},
		valid: [],
		touched: ['items.1.count'],
	});
	t.deepEqual((await client.validate({items: [items[0], {title: 'Two', count: 2}]}, 'items.1.count')).errors, {});
	t.deepEqual(client.errors, []);
});

test.serial('a wildcard stands for that field of every item', async t => {
	const {pages} = createPages();
	const client = await open(t, '/form', pages);
	await client.createForm('post', '/save', {items: []});

	const first = await client.validate({items: [{title: ''}, {title: 'Two'}, {title: ''}]}, 'items.*.title');
	t.deepEqual(first.errors, {'items.0.title': 'No title', 'items.2.title': 'No title'});
	const touched = ['items.0.title', 'items.1.title', 'items.2.title'];
	t.deepEqual(first.touched, touched);

	const second = await client.validate({items: [{title: 'One'}, {title: 'Two'}, {title: ''}]}, 'items.*.title');
	t.deepEqual(second.errors, {'items.2.title': 'No title'});

	const third = await client.validate({items: [{title: 'One'}, {title: 'Two'}, {title: '3'}]}, 'items.*.title');
	t.deepEqual(third.errors, {});
	t.deepEqual(client.requests.slice(1), [
		{validation: '/save', method: 'POST', validateOnly: 'items.*.title'},
		{validation: '/save', method: 'POST', validateOnly: `items.*.title,${touched.join()}`},
		{validation: '/save', method: 'POST', validateOnly: `items.*.title,${touched.join()}`},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('validation ahead leaves the flash that waits, and a visit that saves works after it', async t => {
	const {saved, pages} = createPages();
	const client = await open(t, '/form', pages);
	const data = {name: 'Ada', email: 'ada@example.com'};
	await client.createForm('post', '/save', {name: '', email: ''});
	await client.page.evaluate(
		`fetch('/save', {method: 'POST', redirect: 'manual', headers: {'Content-Type': 'application/json'}, body: '${JSON.stringify(data)}'})`,
	);

	await client.validate({...data, name: 'Al'}, 'name');
	await client.validate(data, 'name');
	await client.visit('/form');
	t.deepEqual(await client.getEvents('onFlash'), [{message: 'Saved'}]);

	await client.visit('/save', {method: 'post', data});
	t.deepEqual(await client.getEvents('onFlash'), [{message: 'Saved'}, {message: 'Saved'}]);
	t.deepEqual(saved, [data, data]);
	t.deepEqual(client.errors, []);
});

test.serial('a form of an old build is validated all the same', async t => {
	let version = 'old';
	const {pages} = createPages();
	const client = await open(t, '/form', pages, {version: () => version});
	await client.createForm('post', '/save', {name: ''});

	version = 'new';
	t.deepEqual((await client.validate({name: 'Al'}, 'name')).errors, {name: 'Too short'});
	t.deepEqual((await client.validate({name: 'Ada'}, 'name')).valid, ['name']);
	t.deepEqual(client.errors, []);
});
