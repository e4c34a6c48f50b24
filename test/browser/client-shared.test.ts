import {EventEmitter, once as waitForEvent} from 'node:events';
import test from 'ava';
import {once} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);

test.serial('a page that is shown before its answer has the shared props, and then its own', async t => {
	const answer = new EventEmitter();
	const client = await open(
		t,
		'/home',
		{
			'/home': ctx => {
				ctx.inertia.share({theme: 'dark', 'menu.items': ['Home']});
				return ctx.inertia.render('Home', {greeting: 'Hello', countries: once(() => ['Iceland'])});
			},
			'/about': async ctx => {
				await waitForEvent(answer, 'sent');
				await ctx.inertia.render('About', {title: 'About us'});
			},
		},
		{share: {user: 'Ada', greeting: 'Nobody'}},
	);

	const visit = client.visit('/about', {component: 'About'});
	await waitFor(async () => (await client.getShown()).length > 1);
	const [, placeholder] = await client.getShown();
	t.is(placeholder?.component, 'About');
	t.is(placeholder?.url, '/about');
	t.deepEqual(await client.getProps(), {
		errors: {},
		user: 'Ada',
		theme: 'dark',
		menu: {items: ['Home']},
		// Shared under this name, and the page's own value took the place.
		greeting: 'Hello',
		countries: ['Iceland'],
	});

	await waitFor(() => client.requests.length === 2);
	answer.emit('sent');
	await visit;
	t.deepEqual(await client.getProps(), {errors: {}, user: 'Ada', greeting: 'Nobody', title: 'About us'});
	t.deepEqual(client.requests, [{document: '/home'}, {visit: '/about', loaded: 'countries'}]);
	t.deepEqual(client.errors, []);
});

test.serial('without the names of the shared props, a page that is shown before its answer has none', async t => {
	const client = await open(
		t,
		'/home',
		{
			'/home': ctx => ctx.inertia.render('Home'),
			'/about': ctx => ctx.inertia.render('About'),
		},
		{share: {user: 'Ada'}, exposeSharedPropKeys: false},
	);

	await client.visit('/about', {component: 'About'});
	t.deepEqual(
		(await client.getShown()).map(({component, props}) => ({component, props})),
		[
			{component: 'Home', props: {errors: {}, user: 'Ada'}},
			{component: 'About', props: {errors: {}}},
			{component: 'About', props: {errors: {}, user: 'Ada'}},
		],
	);
	t.deepEqual(client.errors, []);
});
