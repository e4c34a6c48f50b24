import test from 'ava';
import {defer, merge, OptionError, once, optional, type PropsInput} from 'koa-inertia';
import {PropError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {component, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';

/** As an ORM makes it: its members are public in code, and `toJSON` says what leaves the server. */
class User {
	name = 'Ada';
	password = 'hash';
	toJSON(): object {
		return {name: this.name, born: new Date(0)};
	}
}

/** A class without `toJSON`: JSON has its own members. */
class Plant {
	#latin = 'Polypodiopsida';
	name = 'Fern';
	get latin(): string {
		return this.#latin;
	}
}

const json = {name: 'Ada', born: '1970-01-01T00:00:00.000Z'};
const asProps = (value: unknown) => value as PropsInput;
const provider = {toInertiaProps: () => ({size: 3})};

for (const [name, props, expected] of [
	['a model', new User(), json],
	['a plain object with `toJSON`', {password: 'hash', toJSON: () => ({name: 'Ada'})}, {name: 'Ada'}],
	['a model that gives a prop', {toJSON: () => ({beds: merge([1]), log: optional(() => 2)})}, {beds: [1]}],
	[
		'a model that gives itself',
		{
			name: 'Ada',
			toJSON() {
				return this;
			},
		},
		{name: 'Ada'},
	],
	['an instance of a class without `toJSON`', new Plant(), {name: 'Fern'}],
	['what a provider gives', {toInertiaProps: () => new User()}, json],
	['what an async provider gives', {toInertiaProps: async () => new User()}, json],
	['a part of a list', [provider, new User()], {size: 3, ...json}],
] as Array<[name: string, props: unknown, expected: object]>) {
	test(`${name} in place of the props is sent as JSON has it`, async t => {
		t.deepEqual((await visitPage(t, asProps(props))).props, expected);
	});

	test(`${name} in place of shared props is sent as JSON has it`, async t => {
		for (const share of [asProps(props), () => asProps(props), undefined]) {
			const {visit, errors} = await createApp(t, {...options, version: '1', ...(share && {share})}, ctx => {
				if (!share) ctx.inertia.share(asProps(props));
				return ctx.inertia.render(component, {page: 1});
			});
			const {body} = await visit('/', '1');
			t.deepEqual(errors, []);
			t.deepEqual(body.props, {errors: {}, ...expected, page: 1});
			t.false(JSON.stringify(body).includes('hash'));
		}
	});
}

test('a partial reload asks for members of a model by their names', async t => {
	t.deepEqual((await visitPage(t, asProps(new User()), {only: 'name,password'})).props, {name: 'Ada'});
});

test('a model whose `toJSON` fails is an error that names the page', async t => {
	const model = asProps({
		toJSON: () => {
			throw new Error('no database');
		},
	});
	const error = await t.throwsAsync(visitPage(t, model), {instanceOf: PropError});
	t.is(
		error.message,
		'The props of `Garden/Show` can\'t be sent as JSON: its `toJSON` threw "no database". Correct its `toJSON`, or give the page plain data in its place.',
	);
});

for (const [name, value, advice] of [
	['a `Map`', new Map([['name', 'Ada']]), /received a Map\. .*`Object\.fromEntries\(map\)`/],
	['a `Set`', new Set(['Ada']), /received a Set\. .*\[\.\.\.set\]/],
	['an iterator', new Map().values(), /received a Map Iterator\./],
	['a `Date`', new Date(0), /received a Date\. Give the value a name/],
	['a promise', Promise.resolve({name: 'Ada'}), /received a promise\. .*`await`/],
	['a prop of a factory', once(() => 'Ada'), /received a prop of a factory\. Give the value a name/],
	[
		'a value with `toInertiaProp`',
		{cents: 7, toInertiaProp: () => 7},
		/received an object with `toInertiaProp`\. Give the value a name/,
	],
] as const) {
	test(`${name} in place of props is refused where it is given`, async t => {
		const wrong = asProps(value);
		const {visit, errors} = await createApp(t, {...options, version: '1'}, ctx => {
			if (ctx.path === '/share') ctx.inertia.share(wrong);
			if (ctx.path === '/list') return ctx.inertia.render(component, asProps([provider, wrong]));
			if (ctx.path === '/provider') return ctx.inertia.render(component, {toInertiaProps: () => wrong} as never);
			return ctx.inertia.render(component, wrong);
		});
		// A provider may give a promise.
		const places = name === 'a promise' ? [] : ['/provider'];
		for (const path of ['/', '/share', '/list', ...places]) {
			t.is((await visit(path, '1')).status, 500, path);
			const error = errors.pop() as Error;
			t.true(error instanceof OptionError);
			if (path === '/' || path === '/share') t.regex(error.message, advice);
		}
	});
}

for (const [name, toJSON] of [
	['text', () => 'Ada'],
	['a list', () => ['Ada']],
	['nothing', () => undefined],
] as const) {
	test(`a model that gives ${name} is refused in place of props`, async t => {
		await t.throwsAsync(visitPage(t, asProps({toJSON})), {instanceOf: OptionError, message: /`toJSON`/});
	});
}

test('a list that a provider gives is refused', async t => {
	const lists = {toInertiaProps: () => [{a: 1}]} as never;
	await t.throwsAsync(visitPage(t, lists), {
		instanceOf: OptionError,
		message: /received an array\. Give the list a name/,
	});
});

const can = {can: {dig: true}};
const added: Array<[name: string, user: unknown, expected: object]> = [
	['a model', new User(), {...json, ...can}],
	['an instance of a class without `toJSON`', new Plant(), {name: 'Fern', ...can}],
	['a function that gives a model', () => new User(), {...json, ...can}],
	['an async function that gives a model', async () => new User(), {...json, ...can}],
	['a promise of a model', Promise.resolve(new User()), {...json, ...can}],
	['a value with `toInertiaProp`', {toInertiaProp: () => new User()}, {...json, ...can}],
	['a provider that gives a model', {toInertiaProps: () => new User()}, {...json, ...can}],
	['a prop of a factory', once(() => new User()), {...json, ...can}],
	['a prop of a value', merge({name: 'Ada'}), {name: 'Ada', ...can}],
	['a function that gives a prop', () => merge(async () => ({name: 'Ada'})), {name: 'Ada', ...can}],
];
for (const [name, user, expected] of added) {
	test(`a dotted key adds to ${name}`, async t => {
		for (const props of [
			{auth: {user}, 'auth.user.can': can.can},
			{auth: async () => ({user}), 'auth.user.can': can.can},
			{'auth.user': user, 'auth.user.can.dig': true},
		]) {
			t.deepEqual((await visitPage(t, props)).props, {auth: {user: expected}});
			const asked = (await visitPage(t, props, {only: 'auth.user.can'})).props as {auth: {user: object}};
			t.deepEqual(asked.auth.user, 'name' in asked.auth.user ? expected : can);
		}
	});
}

test('a dotted key adds to the model that is shared, and never changes it', async t => {
	const user = new User();
	const {visit} = await createApp(t, {...options, version: '1', share: {auth: {user}}}, ctx =>
		ctx.inertia.render(component, {'auth.user.can': ctx.path}),
	);
	t.deepEqual((await visit('/a', '1')).body.props.auth, {user: {...json, can: '/a'}});
	t.deepEqual((await visit('/b', '1')).body.props.auth, {user: {...json, can: '/b'}});
	t.false('can' in user);
});

test('a model with a dotted key is asked for its JSON only where it is sent', async t => {
	let count = 0;
	const user = {toJSON: () => ({count: ++count})};
	const {visit} = await createApp(t, {...options, version: '1'}, ctx =>
		ctx.inertia.render(component, {size: 3, auth: {user}, 'auth.user.can': true}),
	);
	await visit('/', '1').set(toHeaders({only: 'size'}));
	t.is(count, 0);
	t.deepEqual((await visit('/', '1')).body.props.auth.user, {count: 1, can: true});
	t.is(count, 1);
});

test('a dotted key adds to a prop with its traits', async t => {
	const props = {
		posts: once(
			merge(async () => ({data: [1]}), {append: 'data'}),
			{key: 'posts'},
		),
		'posts.total': 7,
	};
	const labels = {mergeProps: ['posts.data'], onceProps: {posts: {prop: 'posts', expiresAt: null}}};
	t.deepEqual(await visitPage(t, props), {props: {posts: {data: [1], total: 7}}, ...labels});
	t.deepEqual((await visitPage(t, props, {loaded: 'posts'})).props, {});
	const late = {log: defer(() => ({a: 1})), 'log.b': 2};
	t.deepEqual(await visitPage(t, late), {props: {}, deferredProps: {default: ['log']}});
	t.deepEqual((await visitPage(t, late, {only: 'log'})).props, {log: {a: 1, b: 2}});
});

test('a function under a dotted key whose `toJSON` fails is an error with its path', async t => {
	const props = {
		auth: {
			user: {
				toJSON: () => {
					throw new Error('no database');
				},
			},
		},
		'auth.user.can': true,
	};
	const error = await t.throwsAsync(visitPage(t, props), {instanceOf: PropError});
	t.like(error, {path: 'auth.user'});
	t.regex(error.message, /its `toJSON` threw "no database"/);
});
