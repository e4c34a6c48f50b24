import test from 'ava';
import type {Context} from 'koa';
import {always, deepMerge, defer, merge, once, optional, prepend, scroll} from 'koa-inertia';
import {component, loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

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

test('factories that need no loader send a plain value as it is, a name of a function too', async t => {
	const {props} = await visitPage(
		t,
		{
			a: always('parseInt'),
			b: optional('parseInt'),
			c: merge('trim'),
			d: deepMerge({key: 'value'}),
			e: once('date'),
			f: prepend(['eval']),
			g: scroll(['item'], {metadata}),
		},
		{only: 'a,b,c,d,e,f,g'},
	);
	t.deepEqual(props, {
		a: 'parseInt',
		b: 'parseInt',
		c: 'trim',
		d: {key: 'value'},
		e: 'date',
		f: ['eval'],
		g: ['item'],
	});
});

test('a loader gives its value, at the top and inside an object', async t => {
	const {props} = await loadPage(t, {
		garden: () => ({owner: 'Ada'}),
		shed: {tools: async () => ['rake', 'spade']},
		deep: () => ({inner: () => ({seeds: Promise.resolve(3)})}),
	});
	t.deepEqual(props, {garden: {owner: 'Ada'}, shed: {tools: ['rake', 'spade']}, deep: {inner: {seeds: 3}}});
});

test('a promise is awaited', async t => {
	t.deepEqual((await visitPage(t, {owner: Promise.resolve({name: 'Ada'})})).props, {owner: {name: 'Ada'}});
});

test('every kind of prop inside an object gives its value or stays out, as it does at the top', async t => {
	const props = {
		garden: {
			size: 'small',
			owner: always(() => 'Ada'),
			beds: merge([{id: 1}]),
			climate: once(() => 'mild'),
			visitors: defer(neverLoad),
			history: optional(neverLoad),
		},
	};
	const expected = {
		props: {garden: {size: 'small', owner: 'Ada', beds: [{id: 1}], climate: 'mild'}},
		mergeProps: ['garden.beds'],
		deferredProps: {default: ['garden.visitors']},
		onceProps: {'garden.climate': {prop: 'garden.climate', expiresAt: null}},
	};
	t.deepEqual(await loadPage(t, props), expected);
	t.deepEqual(await visitPage(t, props), expected);
});

test('a loader that gives a prop acts as that prop', async t => {
	t.deepEqual(
		await loadPage(t, {
			beds: () => merge([{id: 1}]),
			climate: async () => once(() => 'mild'),
			visitors: () => defer(neverLoad, {group: 'slow'}),
			history: () => optional(neverLoad),
		}),
		{
			props: {beds: [{id: 1}], climate: 'mild'},
			mergeProps: ['beds'],
			deferredProps: {slow: ['visitors']},
			onceProps: {climate: {prop: 'climate', expiresAt: null}},
		},
	);
});

test('props inside what a loader gives stay out of a first load without being loaded', async t => {
	t.deepEqual(
		await loadPage(t, {
			garden: () => ({
				owner: {name: 'Ada'},
				history: optional(neverLoad),
				visitors: defer(neverLoad),
				roles: defer(neverLoad),
			}),
		}),
		{props: {garden: {owner: {name: 'Ada'}}}, deferredProps: {default: ['garden.visitors', 'garden.roles']}},
	);
});

test('props inside the items of a list stay out of a first load, and arrive with the list', async t => {
	const beds = (load: () => unknown) => [
		{name: 'North', plants: optional(load)},
		{name: 'South', plants: optional(load)},
	];
	t.deepEqual((await loadPage(t, {beds: beds(neverLoad)})).props, {beds: [{name: 'North'}, {name: 'South'}]});
	t.deepEqual((await visitPage(t, {beds: beds(() => 7)}, {only: 'beds'})).props, {
		beds: [
			{name: 'North', plants: 7},
			{name: 'South', plants: 7},
		],
	});
});

test('the path of a prop in a list holds the index of its item', async t => {
	const beds = [
		{name: 'North', plants: merge([1])},
		{name: 'South', log: defer(neverLoad)},
	];
	const expected = {
		props: {beds: [{name: 'North', plants: [1]}, {name: 'South'}]},
		mergeProps: ['beds.0.plants'],
		deferredProps: {default: ['beds.1.log']},
	};
	t.deepEqual(await loadPage(t, {beds}), expected);
	t.deepEqual(await loadPage(t, {beds: async () => beds}), expected);
});

test('a value with `toInertiaProp` gives itself, told its path, its siblings and the component', async t => {
	const tags = {
		toInertiaProp: (context: {path: string; component: string; props: Record<string, unknown>; ctx: Context}) => [
			context.path,
			context.component,
			context.props.colour,
			context.ctx.path,
		],
	};
	const {props} = await loadPage(t, {tags, bed: {soil: {colour: 'dark', tags}}, later: merge(async () => tags)});
	t.deepEqual(props, {
		tags: ['tags', component, null, '/garden'],
		bed: {soil: {colour: 'dark', tags: ['bed.soil.tags', component, 'dark', '/garden']}},
		later: ['later', component, null, '/garden'],
	});
});

test('a value with `toInertiaProp` that gives an object has its loaders and props resolved', async t => {
	const bed = {toInertiaProp: () => ({plants: () => ['leek'], log: defer(neverLoad)})};
	t.deepEqual(await loadPage(t, {bed}), {props: {bed: {plants: ['leek']}}, deferredProps: {default: ['bed.log']}});
});

test('an item of a list that its loader makes an optional prop leaves no hole', async t => {
	const {props} = await loadPage(t, {beds: [1, async () => optional(neverLoad), 3]});
	t.deepEqual(props, {beds: [1, 3]});
});

test('a loader of a prop that gives a prop has the ways of both', async t => {
	t.deepEqual(await loadPage(t, {climate: merge(async () => once(['mild'], {key: 'weather'}))}), {
		props: {climate: ['mild']},
		mergeProps: ['climate'],
		onceProps: {weather: {prop: 'climate', expiresAt: null}},
	});
});
