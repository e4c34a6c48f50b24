import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import {OptionError, page} from 'koa-inertia';
import {PropError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

/** Renders props to a visit and gives the answer, with what was reported. */
async function render(t: ExecutionContext, props: Record<string, unknown>, component = 'Home') {
	const {visit, assets, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const response = await visit('/', assets.version);
	return {response, props: response.body.props, error: errors[0]};
}

test('plain values arrive as they are, empty and falsy ones too', async t => {
	const plain = {n: null, f: false, z: 0, s: '', l: [], o: {}, nested: {n: null, list: [{a: 1}, [2, null]]}};
	t.deepEqual((await render(t, plain)).props, {errors: {}, ...plain});
});

test('promises, functions and async functions are resolved, at any depth', async t => {
	const {props} = await render(t, {
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

test('a function gets the context of the request', async t => {
	const {visit, assets} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {query: ({ctx}: {ctx: Context}) => ctx.query.foo}),
	);
	t.is((await visit('/?foo=bar', assets.version)).body.props.query, 'bar');
});

test('loaders run at the same time, once each, and the result keeps the order of declaration', async t => {
	let finishSlow: (value: string) => void = () => {};
	const calls: string[] = [];
	const {response} = await render(t, {
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

test('the props of the handler are not changed by a render', async t => {
	const props = {list: [() => 1], deep: {value: async () => 2}};
	const [loader] = props.list;
	await render(t, props);
	t.is(props.list[0], loader);
	t.is(typeof props.deep.value, 'function');
});

test('instances and objects with `toJSON` are left to `JSON.stringify`', async t => {
	const {props} = await render(t, {
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
	const {response} = await render(t, props);
	t.true(response.text.includes('"__proto__":{"polluted":true}'));
	t.true(response.text.includes('"deep":{"__proto__":4,"loader":3}'));
	t.is(({} as {polluted?: boolean}).polluted, undefined);
});

const cycle: Record<string, unknown> = {name: 'cycle'};
cycle.self = [{again: cycle}];
const instance = new (class Node {
	parent: object = this;
})();
let tooDeep: object = {};
for (let depth = 0; depth < 200_000; depth += 1) tooDeep = {deeper: tooDeep};
const endless = (): object => ({endless});

class Link {
	readonly next: Link | undefined;

	constructor(next: Link | undefined) {
		this.next = next;
	}
}
let chain: Link | undefined;
for (let length = 0; length < 200_000; length += 1) chain = new Link(chain);
const longList = Array.from({length: 200_000}, (_, id) => ({id}) as {id: number | bigint});
longList.push({id: 1n});

const unserializable: Array<[name: string, props: Record<string, unknown>, path: string, reason: RegExp]> = [
	['a BigInt', {user: {balance: 10n}}, 'user.balance', /it is a BigInt/],
	['a BigInt from a loader', {users: async () => [{id: 1}, {id: 2n}]}, 'users.1.id', /it is a BigInt/],
	['a BigInt at the end of a long list', {users: longList}, 'users.200000.id', /it is a BigInt/],
	['a chain of 200,000 instances', {chain}, '', /Maximum call stack size exceeded/],
	['a cycle', {tree: cycle}, 'tree.self.0.again', /it contains itself/],
	['a cycle of instances', {node: instance}, 'node.parent', /it contains itself/],
	['a cycle through a promise', {tree: cyclePromise()}, 'tree.later', /it contains itself/],
	['a function that gives a function', {f: () => () => 1}, 'f', /it gives a function instead of a value/],
	[
		'a promise of a function',
		{deep: {p: Promise.resolve(() => 1)}},
		'deep.p',
		/it gives a function instead of a value/,
	],
	[
		'a `toJSON` that throws',
		{
			own: {
				toJSON() {
					throw new Error('no rows');
				},
			},
		},
		'own',
		/`toJSON` threw "no rows"/,
	],
];
for (const [name, props, path, reason] of unserializable) {
	test(`${name} in props is an error that names component and path`, async t => {
		const {response, error} = await render(t, props, 'Users/Show');
		t.is(response.status, 500);
		t.true(error instanceof PropError);
		const {code, component, path: actualPath, message} = error as PropError;
		t.like({code, component, path: actualPath}, {code: 'ERR_INERTIA_PROP', component: 'Users/Show', path});
		t.true(message.startsWith(path === '' ? 'The props of `Users/Show`' : `The prop \`${path}\` of \`Users/Show\``));
		t.regex(message, reason);
	});
}

for (const [name, props] of [
	['nested too deep', {tooDeep}],
	['without an end', {endless}],
] as const) {
	test(`props ${name} are an error of the request, not of the process`, async t => {
		const {response, error} = await render(t, props);
		t.is(response.status, 500);
		t.true(error instanceof Error);
	});
}

test('an error of a loader is the error of the request, and the failures beside it end nothing', async t => {
	const failure = Object.assign(new Error('gone'), {status: 410, expose: true});
	const {response, error} = await render(t, {
		first: async () => Promise.reject(new Error('also')),
		second: () => {
			throw failure;
		},
	});
	t.is(response.status, 410);
	t.is(response.text, 'gone');
	t.is(error, failure);
});

test('a failing render leaves no trace of a page in the response', async t => {
	const {visit, assets} = await createApp(t, options, async ctx => {
		await t.throwsAsync(ctx.inertia.render('Home', {bad: 1n}), {code: 'ERR_INERTIA_PROP'});
		t.deepEqual(Object.keys(ctx.response.headers), ['vary']);
		ctx.body = 'handled';
	});
	t.is((await visit('/', assets.version)).text, 'handled');
});

test('props of the page win over `ctx.inertia.share()`, and these over the option `share`', async t => {
	const share = async (ctx: Context) => ({a: 'option', b: 'option', c: 'option', path: ctx.path, lazy: () => 'lazy'});
	const {visit, assets} = await createApp(t, {...options, share}, async ctx => {
		ctx.inertia.share({b: 'first', c: 'first'});
		ctx.inertia.share({b: 'request'});
		await ctx.inertia.render('Home', {c: 'page'});
	});
	const response = await visit('/', assets.version);
	t.deepEqual(response.body.props, {
		errors: {},
		a: 'option',
		b: 'request',
		c: 'page',
		path: '/',
		lazy: 'lazy',
	});
});

test('`share` may be plain props, and one request shares nothing with the next', async t => {
	const {client} = await createApp(t, {...options, share: {site: 'Garden'}}, async ctx => {
		if (ctx.query.share) ctx.inertia.share({secret: true});
		await ctx.inertia.render('Home');
	});
	t.deepEqual((await client.open('/?share=1')).page.props, {errors: {}, site: 'Garden', secret: true});
	t.deepEqual((await client.visit('/')).page.props, {errors: {}, site: 'Garden'});
});

test('`share` that gives no object is refused', async t => {
	for (const share of [() => 'user', async () => null, () => [1]]) {
		const {agent, errors} = await createApp(t, {...options, share: share as never});
		t.is((await agent.get('/')).status, 500);
		t.true(errors[0] instanceof OptionError);
		t.regex((errors[0] as Error).message, /option `share` takes an object of props, received/);
	}
});

test('a render keeps the status of the handler, or takes the one it is given', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.path === '/before') ctx.status = 422;
		await ctx.inertia.render('Home', {}, ctx.path === '/option' ? {status: 404} : {});
	});
	t.is((await client.open('/option')).response.status, 404);
	t.is((await client.visit('/option')).response.status, 404);
	t.is((await client.visit('/before')).response.status, 422);
	t.is((await client.visit('/')).response.status, 200);
});

test('`page()` makes a handler that only renders, with props or a function of them', async t => {
	const {client} = await createApp(
		t,
		options,
		page('Users/Show', async ctx => ({path: ctx.path}), {status: 203}),
	);
	for (const answer of [await client.open('/users/7'), await client.visit('/users/7')]) {
		t.is(answer.response.status, 203);
		t.like(answer.page, {component: 'Users/Show', props: {path: '/users/7'}});
	}

	const plain = await createApp(t, options, page('About'));
	t.deepEqual((await plain.client.open('/')).page.props, {errors: {}});
});

const wrongArguments: Array<[name: string, call: (ctx: Context) => unknown, message: RegExp]> = [
	['no component', ctx => ctx.inertia.render(''), /name of a page component first, received ""/],
	[
		'props that are a list',
		ctx => ctx.inertia.render('Home', [] as never),
		/`ctx.inertia.render` of `Home` takes an object of props, received an array/,
	],
	['props that are `null`', ctx => ctx.inertia.render('Home', null as never), /received null/],
	['an unknown option', ctx => ctx.inertia.render('Home', {}, {viewdata: {}} as never), /Did you mean `viewData`/],
	['a wrong status', ctx => ctx.inertia.render('Home', {}, {status: '404'} as never), /`status`.*received "404"/],
	['shared props that are a list', ctx => ctx.inertia.share([] as never), /`ctx.inertia.share`.*received an array/],
	['shared props that are text', ctx => ctx.inertia.share('user' as never), /`ctx.inertia.share`.*received "user"/],
];
for (const [name, call, message] of wrongArguments) {
	test(`${name} is refused with what was received`, async t => {
		const {agent} = await createApp(t, options, async ctx => {
			await t.throwsAsync(async () => call(ctx), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message});
			ctx.status = 204;
		});
		t.is((await agent.get('/')).status, 204);
	});
}

function cyclePromise(): Record<string, unknown> {
	const tree: Record<string, unknown> = {};
	tree.later = async () => tree;
	return tree;
}
