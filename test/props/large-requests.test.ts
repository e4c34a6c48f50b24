import {once as onceEvent} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {inertia, optional} from 'koa-inertia';
import {type Asked, component, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';

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

function nest(value: unknown, levels: number): unknown {
	return Array.from({length: levels}).reduce((inner: unknown) => ({d: inner}), value);
}
