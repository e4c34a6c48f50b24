import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import type {Context} from 'koa';
import {always, deepMerge, defer, merge, once, optional, prepend, scroll} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, options, renderProps, toHeaders, visitPage} from '../helpers/partial-visit.ts';

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

test('loaders run at the same time, once each, and the result keeps the order of declaration', async t => {
	let finishSlow: (value: string) => void = () => {};
	const calls: string[] = [];
	const {response} = await renderProps(t, {
		slow: () => {
			calls.push('slow');
			return new Promise(resolve => {
				finishSlow = resolve;
			});
		},
		plain: 'plain',
		fast: async () => {
			calls.push('fast');
			finishSlow('slow');
			return 'fast';
		},
	});
	t.deepEqual(calls, ['slow', 'fast']);
	t.true(response.text.includes('"props":{"errors":{},"slow":"slow","plain":"plain","fast":"fast"}'));
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

test('a function gets the context of the request', async t => {
	const {visit, assets} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {query: ({ctx}: {ctx: Context}) => ctx.query.foo}),
	);
	t.is((await visit('/?foo=bar', assets.version)).body.props.query, 'bar');
});

const metadata = {pageName: 'page', previousPage: null, nextPage: null, currentPage: 1};
const factories: Array<
	[name: string, wrap: (load: (context: {ctx: Context; signal: AbortSignal}) => unknown) => unknown]
> = [
	['always', load => always(load)],
	['optional', load => optional(load)],
	['defer', load => defer(load)],
	['merge', load => merge(load)],
	['prepend', load => prepend(load)],
	['deepMerge', load => deepMerge(load)],
	['once', load => once(load)],
	['scroll', load => scroll(load, {metadata})],
];
for (const [name, wrap] of factories) {
	test(`\`${name}\` hands the context and a signal to its loader, and sends what that gives`, async t => {
		const load = async ({ctx, signal}: {ctx: Context; signal: AbortSignal}) => ({
			path: ctx.path,
			aborted: signal.aborted,
		});
		const {props} = await visitPage(t, {bed: wrap(load)}, {only: 'bed'});
		t.deepEqual(props, {bed: {path: '/garden', aborted: false}});
	});
}
