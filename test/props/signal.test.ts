import {once as onceEvent} from 'node:events';
import {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {always, defer, type LoaderContext, merge} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {component, options} from '../helpers/partial-visit.ts';
import {waitFor} from '../helpers/wait-for.ts';

test('`signal` aborts when the client goes away before the answer', async t => {
	const signals: AbortSignal[] = [];
	const bodies: unknown[] = [];
	const client = new Socket();
	const load = async ({signal}: LoaderContext) => {
		signals.push(signal);
		if (signals.length === 2) client.destroy();
		await onceEvent(signal, 'abort');
		return signal.aborted;
	};
	const loadLate = async (context: LoaderContext) => {
		await onceEvent(context.ctx.res, 'close');
		return context.signal.aborted;
	};
	const {url} = await createApp(t, {...options, version: null}, async ctx => {
		await ctx.inertia.render(component, {a: load, b: {c: always(load)}, d: loadLate});
		bodies.push(ctx.body);
	});
	client.connect(Number(new URL(url).port), '127.0.0.1');
	client.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Inertia: true\r\n\r\n');
	await waitFor(() => bodies.length > 0);
	t.true(String(bodies[0]).includes('"props":{"errors":{},"a":true,"b":{"c":true},"d":true}'));
	t.is(signals[0], signals[1]);
});

for (const [name, deferring] of [
	['a loader', undefined],
	['the loader of a prop to rescue', {rescue: true}],
] as const) {
	test(`${name} that stops when the client goes away is not reported`, async t => {
		const ended: boolean[] = [];
		const client = new Socket();
		const load = async ({signal}: LoaderContext) => {
			client.destroy();
			await delay(10_000, undefined, {signal});
		};
		const props = {load: deferring ? defer(load, deferring) : load};
		const {url, errors} = await createApp(t, {...options, version: null}, async ctx => {
			await ctx.inertia.render(component, props).finally(() => ended.push(true));
		});
		client.connect(Number(new URL(url).port), '127.0.0.1');
		client.write(
			`GET / HTTP/1.1\r\nHost: localhost\r\nX-Inertia: true\r\nX-Inertia-Partial-Component: ${component}\r\n\r\n`,
		);
		await waitFor(() => ended.length > 0);
		await delay(20);
		t.deepEqual(errors, []);
	});
}

test('a loader that fails by itself after the client went away is reported', async t => {
	const client = new Socket();
	const load = async ({signal}: LoaderContext) => {
		client.destroy();
		await onceEvent(signal, 'abort');
		throw new Error('The cellar is flooded');
	};
	const {url, errors} = await createApp(t, {...options, version: null}, ctx => ctx.inertia.render(component, {load}));
	client.connect(Number(new URL(url).port), '127.0.0.1');
	client.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Inertia: true\r\n\r\n');
	await waitFor(() => errors.length > 0);
	t.regex((errors[0] as Error).message, /flooded/);
});

test('`signal` does not abort after a finished answer, whether the connection stays or not', async t => {
	const signals: AbortSignal[] = [];
	const load = ({signal}: LoaderContext) => signals.push(signal);
	const {agent, url} = await createApp(t, {...options, version: null}, ctx => ctx.inertia.render(component, {load}));
	t.is((await agent.get('/').set({'X-Inertia': 'true', Connection: 'close'})).status, 200);
	t.is((await fetch(url, {headers: {'X-Inertia': 'true', Connection: 'keep-alive'}})).status, 200);
	t.is((await fetch(url)).status, 200);
	await delay(50);
	t.deepEqual(
		signals.map(({aborted}) => aborted),
		[false, false, false],
	);
});

test('the connection is listened to only for a loader that reads `signal`, and once for all of them', async t => {
	const counts: number[] = [];
	const read = ({signal}: LoaderContext) => signal.aborted;
	const pages = [{a: 1}, {a: ({ctx}: LoaderContext) => ctx.path, b: async () => 1}, {a: read, b: [read, merge(read)]}];
	const {agent} = await createApp(t, {...options, version: null}, async ctx => {
		for (const props of pages) {
			const before = ctx.res.listenerCount('close');
			await ctx.inertia.render(component, props);
			counts.push(ctx.res.listenerCount('close') - before);
		}
	});
	t.is((await agent.get('/').set('X-Inertia', 'true')).status, 200);
	t.deepEqual(counts, [0, 0, 1]);
});
