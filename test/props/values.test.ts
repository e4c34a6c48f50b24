import test from 'ava';
import type {Context} from 'koa';
import {always, deepMerge, defer, merge, once, optional, prepend, scroll} from 'koa-inertia';
import {component, loadPage, neverLoad, renderProps, visitPage} from '../helpers/partial-visit.ts';

test('plain values arrive as they are, empty and falsy ones too', async t => {
	const plain = {n: null, f: false, z: 0, s: '', l: [], o: {}, nested: {n: null, list: [{a: 1}, [2, null]]}};
	t.deepEqual((await renderProps(t, plain)).props, {errors: {}, ...plain});
});

test('promises, functions and async functions are resolved, at any depth', async t => {
	const {props} = await renderProps(t, {
		promise: Promise.resolve(1),
		loader: () => 2,
		async asyncLoader() {
			return 3;
		},
		arrow: async () => ({deep: () => [4, async () => 5]}),
		list: [() => 6, Promise.resolve({seven: Promise.resolve(7)})],
		builder: new (class Query {
			// biome-ignore lint/suspicious/noThenProperty: this is how query builders are awaited.
			then(resolve: (rows: number[]) => void) {
				resolve([8]);
			}
		})(),
		nothing: () => undefined,
	});
	t.deepEqual(props, {
		errors: {},
		promise: 1,
		loader: 2,
		asyncLoader: 3,
		arrow: {deep: [4, 5]},
		list: [6, {seven: 7}],
		builder: [8],
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

const metadata = {pageName: 'page', previousPage: null, nextPage: null, currentPage: 1};

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

test('the props of the handler are not changed by a render', async t => {
	const props = {list: [() => 1], deep: {value: async () => 2}};
	const [loader] = props.list;
	await renderProps(t, props);
	t.is(props.list[0], loader);
	t.is(typeof props.deep.value, 'function');
});

test('instances and objects with `toJSON` are left to `JSON.stringify`', async t => {
	const {props} = await renderProps(t, {
		date: new Date(0),
		url: new URL('https://example.com/'),
		own: {toJSON: () => 'own', loader: () => t.fail()},
		map: new Map([['a', 1]]),
	});
	t.deepEqual(props, {
		errors: {},
		date: '1970-01-01T00:00:00.000Z',
		url: 'https://example.com/',
		own: 'own',
		map: {},
	});
});

test('keys such as `__proto__` are data and pollute nothing', async t => {
	const props = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "deep": {"__proto__": 2}}');
	props.deep.loader = () => 3;
	Object.defineProperty(props.deep, '__proto__', {value: async () => 4, enumerable: true});
	const {response} = await renderProps(t, props);
	t.true(response.text.includes('"__proto__":{"polluted":true}'));
	t.true(response.text.includes('"deep":{"__proto__":4,"loader":3}'));
	t.is(({} as {polluted?: boolean}).polluted, undefined);
});
