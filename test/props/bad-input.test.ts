import {once as onceEvent} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {defer, inertia, merge, once, optional} from 'koa-inertia';
import {PropError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';

for (const path of ['__proto__', 'constructor', 'prototype', 'toString', '__proto__.x', 'constructor.prototype.x']) {
	test(`the path \`${path}\` means nothing where no prop has that name`, async t => {
		const props = {size: 3, beds: merge([1]), climate: once(() => 'mild')};
		const labels = {mergeProps: ['beds'], onceProps: {climate: {prop: 'climate', expiresAt: null}}};
		const all = {props: {size: 3, beds: [1], climate: 'mild'}, ...labels};
		t.deepEqual(await visitPage(t, props, {only: path}), {props: {}});
		t.deepEqual(await visitPage(t, props, {only: `garden.${path}`}), {props: {}});
		t.deepEqual(await visitPage(t, props, {except: path}), all);
		t.deepEqual(await visitPage(t, props, {reset: path, loaded: path}), all);
		t.deepEqual(await visitPage(t, {garden: {}}, {only: `garden.${path}`}), {props: {garden: {}}});
		t.false('x' in {});
	});
}

test('props with names that every object has are asked for and left out as any other', async t => {
	const text = '{"__proto__":{"a":1,"b":2},"constructor":{"prototype":3,"name":4},"prototype":5}';
	const ask = async (only: string, except?: string) =>
		JSON.stringify((await visitPage(t, JSON.parse(text), {only, ...(except && {except})})).props);
	t.is(await ask('__proto__,constructor,prototype'), text);
	t.is(await ask('__proto__.b,constructor.prototype'), '{"__proto__":{"b":2},"constructor":{"prototype":3}}');
	t.is(await ask('__proto__,constructor', '__proto__.a,constructor'), '{"__proto__":{"b":2}}');
});

test('dotted keys with such names are data and change no prototype', async t => {
	const props = {
		'__proto__.polluted': 1,
		'constructor.prototype.polluted': () => 2,
		'garden.__proto__.polluted': 3,
		'garden.constructor.polluted': 4,
		garden: () => ({size: 5}),
		'list.__proto__.polluted': 6,
	};
	t.is(
		JSON.stringify((await visitPage(t, props)).props),
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"garden":{"size":5,"__proto__":{"polluted":3},"constructor":{"polluted":4}},"list":{"__proto__":{"polluted":6}}}',
	);
	t.false('polluted' in {});
	t.false('polluted' in Object);
});

test('a once prop may have such a key', async t => {
	for (const key of ['__proto__', 'constructor', 'toString']) {
		const props = {climate: once(() => 'mild', {key})};
		const held = await visitPage(t, props, {loaded: key});
		t.deepEqual(held.props, {});
		t.is(JSON.stringify(held.onceProps), `{"${key}":{"prop":"climate","expiresAt":null}}`);
		t.deepEqual((await visitPage(t, props, {loaded: 'climate'})).props, {climate: 'mild'});
	}
});

test('empty segments, spaces and repeated paths ask for no more than what they name', async t => {
	const props = {garden: {beds: [1], size: 3, '': {a: 1}}, owner: 'Ada', '': 'nameless'};
	const ask = async (only: string) => (await visitPage(t, props, {only})).props;
	t.deepEqual(await ask(' ,garden.beds,, garden.beds ,garden.beds'), {garden: {beds: [1]}});
	t.deepEqual(await ask('garden..a'), {garden: {'': {a: 1}}});
	t.deepEqual(await ask('garden...a,.owner,owner.,. ,..'), {garden: {'': {}}, owner: 'Ada', '': 'nameless'});
	t.deepEqual(await ask(' , ,'), props);
});

test('a dotted key that names no item of a list does the same whether the list has something to load or not', async t => {
	for (const key of ['list.4', 'list.name', 'list.-1', 'list.length']) {
		const plain = await visitPage(t, {list: [1, 2], [key]: 3});
		const loaded = await visitPage(t, {list: [1, () => 2], [key]: 3});
		t.deepEqual(loaded, plain, key);
	}
});

test('a dotted key under an object that provides props is not lost', async t => {
	class Provider {
		toInertiaProps = () => ({name: 'Ada'});
	}
	for (const owner of [{...new Provider()}, new Provider()]) {
		const {props} = await visitPage(t, {owner, 'owner.tools': ['rake']});
		t.deepEqual((props.owner as Record<string, unknown>).tools, ['rake']);
	}
});

test('`errors` is an object where what is given for it gives nothing', async t => {
	const nothing = [undefined, null, () => undefined, async () => undefined, () => null, Promise.resolve(null)];
	const late = async () => optional(() => ({name: 'taken'}));
	const failing = defer(() => Promise.reject(new Error('closed')), {rescue: true});
	for (const errors of [...nothing, late, failing]) {
		const {agent} = await createApp(t, {...options, version: null}, ctx => ctx.inertia.render(component, {errors}));
		const {body} = await agent
			.get('/')
			.set({'X-Inertia': 'true', ...toHeaders(errors === failing ? {only: 'errors'} : {})});
		t.deepEqual(body.props, {errors: {}});
	}
});

const paths = (length: number) => Array.from({length}, (_, index) => `p${index}${'.d'.repeat(199)}`);
const nested = (length: number) =>
	Object.fromEntries(
		Array.from({length}, (_, index) => [
			`p${index}`,
			nest(
				optional(() => index),
				199,
			),
		]),
	);
const dotted = (length: number) =>
	Object.fromEntries(Array.from({length}, (_, index) => [`garden.beds.b${index}`, () => index]));
const rows = (length: number) => Array.from({length}, (_, id) => ({id}));
const sizes: Array<[name: string, create: (length: number) => [props: Record<string, unknown>, asked: Asked]]> = [
	['paths of 200 names', length => [nested(length), {only: paths(length).join(',')}]],
	['excepted paths of 200 names', length => [nested(length), {except: paths(length).join(',')}]],
	['unknown paths of 200 names', length => [nested(1), {only: paths(length).slice(1).join(',')}]],
	[
		'paths of one name',
		length => [
			{size: 3},
			{
				only: rows(20 * length)
					.map(({id}) => `p${id}`)
					.join(','),
			},
		],
	],
	['dotted keys under one head', length => [dotted(4 * length), {}]],
	['dotted keys under a function', length => [{garden: () => ({beds: () => ({})}), ...dotted(4 * length)}, {}]],
	['items beside a function', length => [{list: [...rows(100 * length), () => 1]}, {}]],
	// With less of them, the garbage of the shorter list is never collected, and that of the longer one is.
	['functions in a list', length => [{list: rows(160 * length).map(row => async () => row)}, {}]],
];
for (const [name, create] of sizes) {
	// One after another, since they take the time.
	test.serial(`many ${name} are answered in time linear in their number`, async t => {
		// Many enough that garbage is collected for both.
		const requests = await Promise.all([500, 2000].map(async length => serveLarge(t, ...create(length))));
		const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
		// What else the machine does only adds time, so the least of some rounds counts; of many where that is too much.
		for (let round = 0; round < 20 && (round < 3 || least[1] > 8 * least[0]); round += 1) {
			for (const [index, request] of requests.entries()) least[index] = Math.min(least[index]!, await request());
		}

		const [short, long] = least;
		t.log(`${short.toFixed(1)} ms, ${long.toFixed(1)} ms for four times as many`);
		t.true(long < 8 * short);
	});
}

test('200,000 items with one function among them arrive in order', async t => {
	const list: unknown[] = Array.from({length: 200_000}, (_, index) => index);
	list.splice(100_000, 0, async () => 'here');
	const {props} = await visitPage(t, {list});
	t.is(JSON.stringify(props.list), JSON.stringify(list.map(item => (typeof item === 'function' ? 'here' : item))));
});

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

function nest(value: unknown, levels: number): unknown {
	return Array.from({length: levels}).reduce((inner: unknown) => ({d: inner}), value);
}

/** A server that takes headers of any length. Gives a function that sends the request and gives the time in milliseconds. */
async function serveLarge(t: ExecutionContext, props: Record<string, unknown>, asked: Asked) {
	const app = new Koa();
	app.use(inertia({...options, version: null}));
	app.use(ctx => ctx.inertia.render(component, props));
	const server = createServer({maxHeaderSize: 2 ** 24}, app.callback()).listen(0, '127.0.0.1');
	await onceEvent(server, 'listening');
	t.teardown(() => {
		server.close();
		server.closeAllConnections();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return async (): Promise<number> => {
		// Of this process alone, since others take the processors too.
		const start = process.cpuUsage();
		const response = await fetch(url, {headers: {'X-Inertia': 'true', ...toHeaders(asked)}});
		await response.arrayBuffer();
		t.is(response.status, 200);
		const {user, system} = process.cpuUsage(start);
		return (user + system) / 1000;
	};
}
