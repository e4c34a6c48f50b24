import test from 'ava';
import {merge, optional} from 'koa-inertia';
import {PropError} from 'koa-inertia/errors';
import {component, renderProps, visitPage} from '../helpers/partial-visit.ts';
import {runModule} from '../helpers/run-module.ts';

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
	['a BigInt', {user: {balance: 10n}}, 'user.balance', /it is a BigInt\. Give the page a string/],
	[
		'a BigInt from a loader',
		{users: async () => [{id: 1}, {id: 2n}]},
		'users.1.id',
		/it is a BigInt\. Give the page a string/,
	],
	[
		'a BigInt at the end of a long list',
		{users: longList},
		'users.200000.id',
		/it is a BigInt\. Give the page a string/,
	],
	['a chain of 200,000 instances', {chain}, '', /Maximum call stack size exceeded\. Give the page less data/],
	['a cycle', {tree: cycle}, 'tree.self.0.again', /it contains itself\. .* without the one that leads back\.$/],
	[
		'a cycle of instances',
		{node: instance},
		'node.parent',
		/it contains itself\. .* without the one that leads back\.$/,
	],
	[
		'a cycle through a promise',
		{tree: cyclePromise()},
		'tree.later',
		/it contains itself\. .* without the one that leads back\.$/,
	],
	[
		'a function that gives a function',
		{f: () => () => 1},
		'f',
		/it gives a function instead of a value\. Give what that function returns/,
	],
	[
		'a promise of a function',
		{deep: {p: Promise.resolve(() => 1)}},
		'deep.p',
		/it gives a function instead of a value\. Give what that function returns/,
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
		/`toJSON` threw "no rows"\. Correct its `toJSON`/,
	],
];
for (const [name, props, path, reason] of unserializable) {
	test(`${name} in props is an error that names component and path`, async t => {
		const {response, error} = await renderProps(t, props, 'Users/Show');
		t.is(response.status, 500);
		t.true(error instanceof PropError);
		const {code, component, path: actualPath, message} = error as PropError;
		t.like({code, component, path: actualPath}, {code: 'ERR_INERTIA_PROP', component: 'Users/Show', path});
		t.true(message.startsWith(path === '' ? 'The props of `Users/Show`' : `The prop \`${path}\` of \`Users/Show\``));
		t.regex(message, reason);
	});
}

const itself = {toInertiaProp: (): unknown => itself};
const itselves = {toInertiaProps: () => itselves};
const wrongProps: Array<[name: string, prop: unknown, path: string, reason: RegExp]> = [
	[
		'a prop of a function of a function',
		merge(() => () => 1),
		'',
		/it gives a function instead of a value\. Give what that function returns/,
	],
	[
		'an async function that gives a function',
		[async () => () => 1],
		'.0',
		/it gives a function instead of a value\. Give what that function returns/,
	],
	[
		'a function that gives an async function',
		{a: () => async () => 1},
		'.a',
		/it gives a function instead of a value\. Give what that function returns/,
	],
	['an object that contains itself through a function', createCycle(t => () => t), '.again', /it contains itself/],
	['… through a promise', createCycle(t => Promise.resolve(t)), '.again', /it contains itself/],
	['… through a prop', createCycle(t => optional(merge(t))), '.again', /it contains itself/],
	['… through lists', createCycle(t => [async () => [t]]), '.again.0.0', /it contains itself/],
	[
		'a provider of a prop that gives itself',
		itself,
		'',
		/it gives itself instead of a value\. Let its `toInertiaProp`/,
	],
	[
		'a provider of props that gives itself',
		{itselves},
		'.itselves',
		/it gives itself instead of a value\. Let its `toInertiaProp`/,
	],
];
for (const [name, prop, path, reason] of wrongProps) {
	test(`${name} is an error with component and path`, async t => {
		const error = await t.throwsAsync(visitPage(t, {owner: 'Ada', prop}, {except: 'owner'}), {instanceOf: PropError});
		t.like(error, {code: 'ERR_INERTIA_PROP', component, path: `prop${path}`});
		t.true(error.message.startsWith(`The prop \`prop${path}\` of \`${component}\``));
		t.regex(error.message, reason);
	});
}

for (const [name, props] of [
	['nested too deep', {tooDeep}],
	['without an end', {endless}],
] as const) {
	test(`props ${name} are an error of the request, not of the process`, async t => {
		const {response, error} = await renderProps(t, props);
		t.is(response.status, 500);
		t.true(error instanceof Error);
	});
}

for (const [name, prop] of [
	['an async function without an end', '(function next() { return async () => ({next: next()}); })()'],
	['an async provider that gives itself', '{async toInertiaProp() { return this; }}'],
]) {
	test(`${name} is an error of the request, not of the process`, async t => {
		const {stdout, stderr} = await runModule(
			`import Koa from 'koa';
			import {inertia} from 'koa-inertia';
			const app = new Koa().on('error', error => console.log(error.code));
			app.use(inertia({version: null, hotFile: false})).use(ctx => ctx.inertia.render('Home', {prop: ${prop}}));
			const server = app.listen(0, async () => {
				console.log((await fetch('http://localhost:' + server.address().port, {headers: {'X-Inertia': '1'}})).status);
				server.close();
			});`,
			{cwd: '.', env: {NODE_OPTIONS: '--max-old-space-size=100'}},
		);
		t.is(stdout, 'ERR_INERTIA_PROP\n500\n', stderr);
	});
}

for (const [name, leaf] of [
	['plain data', 1],
	['a function', () => 1],
	['a promise', Promise.resolve(1)],
	['an async function', async () => 1],
] as const) {
	test(`props with ${name} below 2,000 levels are sent`, async t => {
		let value: unknown = (await visitPage(t, {deep: nest(leaf, 2000)})).props;
		for (let level = 0; level < 2001; level += 1) [value] = Object.values(value as object);
		t.is(value, 1);
	});

	test(`props with ${name} below 5,000 levels are sent, or an error that names the component`, async t => {
		// As deep as that, it depends on Node whether JSON can.
		const outcome = await visitPage(t, {deep: nest(leaf, 5000)}).catch((error: unknown) => error);
		if (outcome instanceof Error) {
			t.true(outcome instanceof PropError, outcome.message);
			t.regex(outcome.message, /`Garden\/Show`/);
		} else {
			t.true(JSON.stringify(outcome).includes('{"d":1}'));
		}
	});
}

function cyclePromise(): Record<string, unknown> {
	const tree: Record<string, unknown> = {};
	tree.later = async () => tree;
	return tree;
}

function createCycle(link: (target: object) => unknown): object {
	const target: Record<string, unknown> = {};
	target.again = link(target);
	return target;
}

function nest(value: unknown, levels: number): unknown {
	return Array.from({length: levels}).reduce((inner: unknown) => ({d: inner}), value);
}
