import {once as onceEvent} from 'node:events';
import {Socket} from 'node:net';
import {setTimeout as delay, setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {always, defer, type LoaderContext, merge, type OnceOptions, once, optional} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, loadPage, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';
import {waitFor} from '../helpers/wait-for.ts';

test('loaders at any depth run at the same time', async t => {
	const started = new Set<number>();
	const waitForAll = (number: number) => async () => {
		started.add(number);
		while (started.size < 6) await nextTurn();
		return number;
	};
	const props = {
		first: waitForAll(1),
		list: [{second: merge(waitForAll(2))}],
		given: async () => ({third: waitForAll(3)}),
		own: {toInertiaProp: waitForAll(4)},
		rescued: defer(waitForAll(5), {rescue: true}),
		'given.sixth': waitForAll(6),
	};
	t.deepEqual((await visitPage(t, props, {except: 'nobody'})).props, {
		first: 1,
		list: [{second: 2}],
		given: {third: 3, sixth: 6},
		own: 4,
		rescued: 5,
	});
});

test('the answer is the same whatever the order in which loaders finish', async t => {
	const texts = new Set<string>();
	for (const order of [
		[0, 1, 2, 3],
		[3, 2, 1, 0],
		[1, 3, 0, 2],
		[2, 0, 3, 1],
	]) {
		const wait = (index: number, value: unknown) => async () => {
			for (let turn = 0; turn <= order[index]! * 3; turn += 1) await nextTurn();
			if (value instanceof Error) throw value;
			return value;
		};
		const props = {
			beds: merge(wait(0, {soil: once(wait(1, 'clay')), plants: merge(wait(2, ['fern']), {matchOn: 'id'})})),
			size: 3,
			sales: defer(wait(3, new Error('closed')), {rescue: true}),
			list: [wait(3, 'c'), wait(2, 'b'), wait(1, 'a')],
			visitors: defer(wait(1, new Error('away')), {rescue: true}),
			owner: once(wait(0, 'Ada')),
		};
		const {agent} = await createApp(t, {...options, version: null}, ctx => ctx.inertia.render(component, props));
		texts.add((await agent.get('/').set({'X-Inertia': 'true', ...toHeaders({except: 'nobody'})})).text);
	}

	const [text, ...others] = texts;
	t.deepEqual(others, []);
	t.like(JSON.parse(text!), {
		mergeProps: ['beds', 'beds.plants'],
		matchPropsOn: ['beds.plants.id'],
		rescuedProps: ['sales', 'visitors'],
		onceProps: {
			'beds.soil': {prop: 'beds.soil', expiresAt: null},
			owner: {prop: 'owner', expiresAt: null},
		},
		props: {beds: {soil: 'clay', plants: ['fern']}, size: 3, list: ['c', 'b', 'a'], owner: 'Ada'},
	});
});

test('a loader is called once for each request that gets its prop, and for no other', async t => {
	const calls: string[] = [];
	const count = (name: string) => () => {
		calls.push(name);
		return name;
	};
	const props = {
		plain: count('plain'),
		optional: optional(count('optional')),
		always: always(count('always')),
		once: once(count('once')),
		garden: {beds: count('beds'), size: merge(count('size'))},
	};
	const visits: Array<[asked: Asked, expected: string[]]> = [
		[{}, ['plain', 'always', 'once', 'beds', 'size']],
		[{loaded: 'once'}, ['plain', 'always', 'beds', 'size']],
		[{only: 'garden.size'}, ['always', 'size']],
		[{only: 'optional,plain,plain'}, ['plain', 'optional', 'always']],
		[{except: 'garden,always,plain', loaded: 'once'}, ['optional', 'always', 'once']],
	];
	for (const [asked, expected] of visits) {
		await visitPage(t, props, asked);
		t.deepEqual(calls.splice(0), expected);
	}
});

test('a query that is awaited late is not started for a visit that does not get it', async t => {
	let starts = 0;
	class Query {
		// biome-ignore lint/suspicious/noThenProperty: this is how query builders are awaited.
		then(resolve: (rows: string[]) => void): void {
			starts += 1;
			resolve(['row']);
		}
	}
	const query = new Query() as unknown as PromiseLike<string[]>;
	const props = {query, deep: {list: [query]}, merged: merge(query), garden: query, 'garden.size': 3, owner: 'Ada'};
	await visitPage(t, {a: optional(query), b: once(query), c: defer(() => query)}, {loaded: 'b'});
	await visitPage(t, props, {only: 'owner'});
	await visitPage(t, props, {except: 'query,deep.list,merged,garden'});
	t.is(starts, 0);
	t.deepEqual((await visitPage(t, props, {only: 'deep,merged'})).props, {deep: {list: [['row']]}, merged: ['row']});
	t.is(starts, 2);
});

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

for (const [name, ends, length] of [
	['milliseconds', {expiresIn: 5000}, 5000],
	['`90s`', {expiresIn: '90s'}, 90_000],
	['`1.5h`', {expiresIn: '1.5h'}, 5_400_000],
	['`2w`', {expiresIn: '2w'}, 1_209_600_000],
] as Array<[string, OnceOptions, number]>) {
	test(`\`expiresIn\` in ${name} counts from the page to a time in epoch milliseconds`, async t => {
		const climate = once(() => 'mild', ends);
		await delay(30);
		const before = Date.now();
		const {onceProps} = await loadPage(t, {climate});
		const {expiresAt} = (onceProps as Record<string, {expiresAt: number}>).climate!;
		t.true(Number.isInteger(expiresAt));
		t.true(expiresAt >= before + length && expiresAt <= Date.now() + length);
	});
}

test('`expiresAt` is sent in epoch milliseconds', async t => {
	const time = Date.UTC(2030, 0, 1);
	const props = {a: once(1, {expiresAt: time}), b: once(2, {expiresAt: new Date(time)}), c: once(3)};
	t.deepEqual((await visitPage(t, props, {loaded: 'a'})).onceProps, {
		a: {prop: 'a', expiresAt: time},
		b: {prop: 'b', expiresAt: time},
		c: {prop: 'c', expiresAt: null},
	});
});

test('a loader of the page may flash', async t => {
	const {visit} = await createApp(t, {version: null}, ctx =>
		ctx.inertia.render('Home', {
			stock: async () => {
				ctx.inertia.flash({message: 'Counted.'});
				return 3;
			},
			sold: () => {
				ctx.inertia.flash({hint: 'Sold out soon.'});
				return 7;
			},
		}),
	);
	t.deepEqual((await visit('/')).body.flash, {message: 'Counted.', hint: 'Sold out soon.'});
});
