import test from 'ava';
import {defer, once} from 'koa-inertia';
import {setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const open = setUpClient(test);

test.serial('a once prop is loaded on the first page, and shown on the others with the same key', async t => {
	const {load, calls} = countCalls();
	const client = await open(t, '/checkout', {
		'/checkout': ctx => ctx.inertia.render('Checkout', {countries: once(load)}),
		'/address': ctx => ctx.inertia.render('Address', {city: 'Bath', countries: once(load)}),
		'/about': ctx => ctx.inertia.render('About'),
	});

	await client.visit('/address');
	t.deepEqual(await client.getProps(), {errors: {}, city: 'Bath', countries: 'load 1'});
	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 1'});
	t.is(calls.length, 1);

	// The client keeps them from page to page, and not beyond one that has none.
	await client.visit('/about');
	await client.visit('/address');
	t.deepEqual(await client.getProps(), {errors: {}, city: 'Bath', countries: 'load 2'});

	t.deepEqual(client.requests, [
		{document: '/checkout'},
		{visit: '/address', loaded: 'countries'},
		{visit: '/checkout', loaded: 'countries'},
		{visit: '/about', loaded: 'countries'},
		{visit: '/address'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a key makes one of once props with different paths', async t => {
	const {load, calls} = countCalls();
	const client = await open(t, '/checkout', {
		'/checkout': ctx => ctx.inertia.render('Checkout', {countries: once(load, {key: 'geography'})}),
		'/address': ctx => ctx.inertia.render('Address', {form: {city: 'Bath', lands: once(load, {key: 'geography'})}}),
	});

	await client.visit('/address');
	t.deepEqual(await client.getProps(), {errors: {}, form: {city: 'Bath', lands: 'load 1'}});
	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 1'});

	t.is(calls.length, 1);
	t.deepEqual(client.requests.slice(1), [
		{visit: '/address', loaded: 'geography'},
		{visit: '/checkout', loaded: 'geography'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a partial reload gets a once prop that it asks for, and keeps one that it does not', async t => {
	const {load, calls} = countCalls();
	let count = 0;
	const client = await open(t, '/checkout', {
		'/checkout': ctx => {
			count += 1;
			return ctx.inertia.render('Checkout', {count, countries: once(load)});
		},
	});

	await client.reload({only: ['count']});
	t.deepEqual(await client.getProps(), {errors: {}, count: 2, countries: 'load 1'});
	await client.reload({only: ['countries']});
	t.deepEqual(await client.getProps(), {errors: {}, count: 2, countries: 'load 2'});
	// Held still, with the new value.
	await client.reload();
	t.deepEqual(await client.getProps(), {errors: {}, count: 4, countries: 'load 2'});

	t.is(calls.length, 2);
	t.deepEqual(client.requests.slice(1), [
		{visit: '/checkout', only: 'count', loaded: 'countries'},
		{visit: '/checkout', only: 'countries', loaded: 'countries'},
		{visit: '/checkout', loaded: 'countries'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a fresh once prop is sent although the client has one, and takes its place', async t => {
	const {load, calls} = countCalls();
	const client = await open(t, '/checkout', {
		'/checkout': ctx => ctx.inertia.render('Checkout', {countries: once(load)}),
		'/changed': ctx => ctx.inertia.render('Checkout', {countries: once(load, {fresh: true})}),
	});

	await client.visit('/changed');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 2'});
	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 2'});

	t.is(calls.length, 2);
	t.deepEqual(client.requests.slice(1), [
		{visit: '/changed', loaded: 'countries'},
		{visit: '/checkout', loaded: 'countries'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a once prop is loaded again when its time is over, and not before', async t => {
	const long = countCalls();
	const short = countCalls();
	const past = countCalls();
	const client = await open(t, '/checkout', {
		'/checkout': ctx =>
			ctx.inertia.render('Checkout', {
				long: once(long.load, {expiresIn: '2h'}),
				short: once(short.load, {expiresIn: '1h'}),
				past: once(past.load, {expiresAt: new Date(Date.now() - 1000)}),
			}),
	});

	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, long: 'load 1', short: 'load 1', past: 'load 2'});

	await client.setTime(Date.now() + 90 * 60_000);
	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, long: 'load 1', short: 'load 2', past: 'load 3'});

	t.deepEqual(client.requests, [
		{document: '/checkout'},
		{visit: '/checkout', loaded: 'long,short'},
		{visit: '/checkout', loaded: 'long'},
	]);
	t.deepEqual(client.errors, []);
});

test.serial('a once prop that is deferred too is not asked for again on the next page', async t => {
	const {load, calls} = countCalls();
	const client = await open(t, '/checkout', {
		'/checkout': ctx => ctx.inertia.render('Checkout', {countries: once(defer(load))}),
		'/address': ctx => ctx.inertia.render('Address', {countries: once(defer(load))}),
	});

	await waitFor(async () => (await client.getProps()).countries === 'load 1');
	await client.visit('/address');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 1'});

	// Whatever the client asked for again would have been asked for before this.
	await client.visit('/checkout');
	t.deepEqual(await client.getProps(), {errors: {}, countries: 'load 1'});
	t.is(calls.length, 1);
	t.deepEqual(client.requests, [
		{document: '/checkout'},
		{visit: '/checkout', only: 'countries'},
		{visit: '/address', loaded: 'countries'},
		{visit: '/checkout', loaded: 'countries'},
	]);
	t.deepEqual(client.errors, []);
});

/** A loader whose value tells how often it was called. */
function countCalls() {
	const calls: string[] = [];
	return {
		calls,
		load: () => {
			calls.push(`load ${calls.length + 1}`);
			return calls.at(-1)!;
		},
	};
}
