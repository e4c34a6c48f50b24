import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {defer, merge, type OnceOptions, once, optional} from 'koa-inertia';
import {loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

/** The entry of a once prop that never expires. */
const entry = (path: string, key = path) => ({[key]: {prop: path, expiresAt: null}});

test('a first load sends a once prop and its entry', async t => {
	const expected = {props: {climate: 'mild'}, onceProps: entry('climate')};
	t.deepEqual(await loadPage(t, {climate: once(() => 'mild')}), expected);
	t.deepEqual(await loadPage(t, {climate: () => once(async () => 'mild')}), expected);
});

test('a visit without the list of what the client holds gets a once prop', async t => {
	const expected = {props: {climate: 'mild'}, onceProps: entry('climate')};
	t.deepEqual(await visitPage(t, {climate: once(() => 'mild')}), expected);
	t.deepEqual(await visitPage(t, {climate: once(() => 'mild')}, {loaded: 'weather'}), expected);
});

test('a once prop that the client holds is not loaded, and its entry stays', async t => {
	t.deepEqual(await visitPage(t, {climate: once(neverLoad), size: 3}, {loaded: 'climate'}), {
		props: {size: 3},
		onceProps: entry('climate'),
	});
});

test('a document carries a once prop, whatever the list says', async t => {
	t.deepEqual((await loadPage(t, {climate: once(() => 'mild')}, {loaded: 'climate'})).props, {climate: 'mild'});
});

test('a key of its own names the entry, and the prop keeps its path', async t => {
	const props = (load: () => unknown) => ({config: {climate: once(load, {key: 'weather'})}});
	const onceProps = entry('config.climate', 'weather');
	t.deepEqual(
		await loadPage(
			t,
			props(() => 'mild'),
		),
		{props: {config: {climate: 'mild'}}, onceProps},
	);
	t.deepEqual(await visitPage(t, props(neverLoad), {loaded: 'weather'}), {props: {config: {}}, onceProps});
	t.deepEqual(
		(
			await visitPage(
				t,
				props(() => 'mild'),
				{loaded: 'config.climate'},
			)
		).props,
		{config: {climate: 'mild'}},
	);
});

test('the key of a once prop may be a name that every object has', async t => {
	for (const key of ['__proto__', 'constructor', 'toString']) {
		const props = {climate: once(() => 'mild', {key})};
		const held = await visitPage(t, props, {loaded: key});
		t.deepEqual(held.props, {});
		t.is(JSON.stringify(held.onceProps), `{"${key}":{"prop":"climate","expiresAt":null}}`);
		t.deepEqual((await visitPage(t, props, {loaded: 'climate'})).props, {climate: 'mild'});
	}
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

test('a once prop that is asked for is sent, though the client holds it', async t => {
	t.deepEqual(await visitPage(t, {climate: once(() => 'mild')}, {only: 'climate', loaded: 'climate'}), {
		props: {climate: 'mild'},
		onceProps: entry('climate'),
	});
});

test('a partial reload lists the entries of what it sends only', async t => {
	const props = (a: () => unknown, b: () => unknown) => ({a: once(a), b: once(b)});
	const expected = {props: {a: 1}, onceProps: entry('a')};
	t.deepEqual(
		await visitPage(
			t,
			props(() => 1, neverLoad),
			{only: 'a', loaded: 'a'},
		),
		expected,
	);
	t.deepEqual(
		await visitPage(
			t,
			props(() => 1, neverLoad),
			{except: 'b', loaded: 'b'},
		),
		expected,
	);
});

test('`fresh` sends a prop that the client holds, with its entry', async t => {
	const props = {
		a: once(() => 1, {fresh: true}),
		b: once(neverLoad),
		c: once(neverLoad, {fresh: false}),
	};
	t.deepEqual(await visitPage(t, props, {loaded: 'a,b,c'}), {
		props: {a: 1},
		onceProps: {...entry('a'), ...entry('b'), ...entry('c')},
	});
});

test('`fresh` changes nothing on a first load', async t => {
	t.deepEqual(await loadPage(t, {a: once(() => 1, {fresh: true})}), {props: {a: 1}, onceProps: entry('a')});
});

test('inside an object, the path is the key', async t => {
	const props = {config: {climate: once(() => 'mild'), zone: 'UTC'}};
	const onceProps = entry('config.climate');
	t.deepEqual(await loadPage(t, props), {props: {config: {climate: 'mild', zone: 'UTC'}}, onceProps});
	t.deepEqual(await visitPage(t, props, {loaded: 'config.climate'}), {props: {config: {zone: 'UTC'}}, onceProps});
});

test('inside an object, a once prop and its entry come when it or its parent is asked for', async t => {
	const props = {config: {climate: once(() => 'mild')}};
	const expected = {props: {config: {climate: 'mild'}}, onceProps: entry('config.climate')};
	t.deepEqual(await visitPage(t, props, {only: 'config.climate'}), expected);
	t.deepEqual(await visitPage(t, props, {only: 'config', loaded: 'config.climate'}), expected);
});

test('a part of a once prop brings the whole prop without its entry', async t => {
	const props = {climate: once(() => ({rain: 12, wind: 3}))};
	t.deepEqual(await visitPage(t, props, {only: 'climate.rain'}), {props: {climate: {rain: 12, wind: 3}}});
});

for (const [name, visitors] of [
	['once(defer())', once(defer(neverLoad))],
	['defer(once())', defer(once(neverLoad))],
] as const) {
	test(`\`${name}\` is announced with its entry, and no more when the client holds it`, async t => {
		const page = await loadPage(t, {visitors, garden: {visitors}});
		t.deepEqual(page, {
			props: {garden: {}},
			deferredProps: {default: ['visitors', 'garden.visitors']},
			onceProps: {...entry('visitors'), ...entry('garden.visitors')},
		});
		t.deepEqual(await visitPage(t, {visitors, garden: {visitors}}, {loaded: 'visitors,garden.visitors'}), {
			props: {garden: {}},
			onceProps: page.onceProps,
		});
	});
}

test('a deferred once prop that the client holds is not announced by a document either', async t => {
	const page = await loadPage(t, {feed: {posts: once(defer(neverLoad))}}, {loaded: 'feed.posts'});
	t.deepEqual(page, {props: {feed: {}}, onceProps: entry('feed.posts')});
});

test('a deferred once prop is sent when it is asked for, though the client holds it', async t => {
	const props = {visitors: once(defer(() => 9))};
	t.deepEqual(await visitPage(t, props, {only: 'visitors', loaded: 'visitors'}), {
		props: {visitors: 9},
		onceProps: entry('visitors'),
	});
});

test('a fresh deferred once prop is announced again', async t => {
	const page = await visitPage(t, {visitors: once(defer(neverLoad), {fresh: true})}, {loaded: 'visitors'});
	t.deepEqual(page, {props: {}, deferredProps: {default: ['visitors']}, onceProps: entry('visitors')});
});

test('an optional once prop has its entry before it is asked for', async t => {
	const load = () => 'long';
	t.deepEqual(await loadPage(t, {history: once(optional(neverLoad), {key: 'h'})}), {
		props: {},
		onceProps: entry('history', 'h'),
	});
	t.deepEqual(await visitPage(t, {history: once(optional(load))}, {only: 'history', loaded: 'history'}), {
		props: {history: 'long'},
		onceProps: entry('history'),
	});
});

test('a merged once prop has both labels, and the entry only when the client holds it', async t => {
	t.deepEqual(await loadPage(t, {log: once(merge(() => [1]))}), {
		props: {log: [1]},
		mergeProps: ['log'],
		onceProps: entry('log'),
	});
	t.deepEqual(await visitPage(t, {log: once(merge(neverLoad))}, {loaded: 'log'}), {props: {}, onceProps: entry('log')});
});
