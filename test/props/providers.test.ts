import test from 'ava';
import type {Context} from 'koa';
import {defer, merge, OptionError, once, optional} from 'koa-inertia';
import {component, loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

test('an object with `toInertiaProps` stands in for the props', async t => {
	const {props} = await visitPage(t, {toInertiaProps: () => ({owner: 'Ada', beds: async () => 4})});
	t.deepEqual(props, {owner: 'Ada', beds: 4});
});

test('a list mixes props and providers, and the later one wins', async t => {
	const climate = {toInertiaProps: async () => ({climate: 'mild', rain: 12})};
	const {props} = await visitPage(t, [{owner: 'Ada', rain: 0}, climate, {team: 'Green', climate: 'dry'}]);
	t.deepEqual(props, {owner: 'Ada', rain: 12, climate: 'dry', team: 'Green'});
});

test('a provider is told the component and gets the context', async t => {
	const provider = {
		toInertiaProps: (context: {component: string; ctx: Context; signal: AbortSignal}) => ({
			page: context.component,
			path: context.ctx.path,
			aborted: context.signal.aborted,
		}),
	};
	t.deepEqual((await visitPage(t, provider)).props, {page: component, path: '/garden', aborted: false});
});

test('props of a provider keep their kind', async t => {
	const provider = {
		toInertiaProps: () => ({
			visitors: defer(neverLoad),
			sales: defer(neverLoad, {group: 'slow'}),
			history: optional(neverLoad),
			beds: merge([1]),
			climate: once(() => 'mild'),
			posts: merge(defer(neverLoad)),
		}),
	};
	t.deepEqual(await loadPage(t, [{owner: {name: 'Ada'}}, provider]), {
		props: {owner: {name: 'Ada'}, beds: [1], climate: 'mild'},
		deferredProps: {default: ['visitors', 'posts'], slow: ['sales']},
		mergeProps: ['beds', 'posts'],
		onceProps: {climate: {prop: 'climate', expiresAt: null}},
	});
});

test('a partial reload names props of a provider as others', async t => {
	const provider = {
		toInertiaProps: () => ({visitors: defer(() => 9), permissions: optional(() => ['dig']), sales: defer(neverLoad)}),
	};
	t.deepEqual(await visitPage(t, [{owner: 'Ada'}, provider], {only: 'visitors,permissions'}), {
		props: {visitors: 9, permissions: ['dig']},
	});
});

test('an object of a page may have a provider in its place, on a first load and on a partial reload', async t => {
	const props = (load: () => unknown) => ({
		auth: {toInertiaProps: () => ({user: 'Ada', role: 'owner', permissions: optional(load)})},
	});
	t.deepEqual(await loadPage(t, props(neverLoad)), {props: {auth: {user: 'Ada', role: 'owner'}}});
	t.deepEqual(
		await visitPage(
			t,
			props(() => ['dig']),
			{only: 'auth.permissions'},
		),
		{
			props: {auth: {permissions: ['dig']}},
		},
	);
});

class Owners {
	constructor(readonly toInertiaProps: () => unknown) {}
}

const withoutPrototype = Object.assign(Object.create(null), {toInertiaProps: () => 'Ada'});
for (const [name, props, message] of [
	[
		'a class that gives nothing',
		new Owners(() => undefined),
		/`toInertiaProps` of `Owners` must give `Garden\/Show` an object of props, received undefined\. Give `{}`/,
	],
	[
		'a class that gives nothing later',
		[new Owners(async () => null)],
		/`toInertiaProps` of `Owners` must give `Garden\/Show` an object of props, received null\. Give `{}`/,
	],
	[
		'a plain object that gives text',
		{toInertiaProps: () => 'Ada'},
		/`toInertiaProps` of an object must give .* received "Ada"\. Give the value a name/,
	],
	['an object without a prototype that gives text', withoutPrototype, /`toInertiaProps` of an object must give/],
	[
		'a list with text in it',
		[new Owners(() => ({})), 'Ada'],
		/list of props for `Garden\/Show` takes .*, received "Ada" in it\. Give the value a name/,
	],
] as Array<[name: string, props: unknown, message: RegExp]>) {
	test(`${name} in place of props is an error that names it and the component`, async t => {
		await t.throwsAsync(visitPage(t, props as never), {instanceOf: OptionError, message});
	});
}
