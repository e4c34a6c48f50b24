import {once as onceEvent} from 'node:events';
import {connect, constants, createServer} from 'node:http2';
import type {AddressInfo} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {defer, inertia, type LoaderContext, type PropsInput} from 'koa-inertia';
import {waitFor} from '../helpers/wait-for.ts';

/** A server of HTTP/2 that renders the props, and a client that is connected to it. */
async function connectClient(t: ExecutionContext, props: PropsInput) {
	const errors: unknown[] = [];
	let rendered = 0;
	const app = new Koa().on('error', error => errors.push(error));
	app.use(inertia({version: null, hotFile: false}));
	app.use(ctx => ctx.inertia.render('Home', props).finally(() => (rendered += 1)));
	const server = createServer(app.callback()).listen(0, '127.0.0.1');
	await onceEvent(server, 'listening');
	const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).on('error', () => undefined);
	t.teardown(() => {
		session.destroy();
		server.close();
	});
	const send = (method = 'GET') => {
		const headers = {'x-inertia': 'true', 'x-inertia-partial-component': 'Home', ':method': method};
		const request = session.request(headers, {endStream: method === 'GET'}).on('error', () => undefined);
		request.resume();
		return request;
	};
	return {session, send, errors, countRendered: () => rendered};
}

for (const method of ['GET', 'POST']) {
	for (const way of ['cancels the request', 'closes the connection'] as const) {
		test(`over HTTP/2 \`signal\` aborts when the client of a ${method} ${way}`, async t => {
			const signals: AbortSignal[] = [];
			const values: boolean[] = [];
			const load = async ({signal}: LoaderContext) => {
				signals.push(signal);
				await onceEvent(signal, 'abort');
				values.push(signal.aborted);
			};
			const loadLate = async (context: LoaderContext) => {
				await onceEvent(context.ctx.res, 'close');
				values.push(context.signal.aborted);
			};
			const {session, send} = await connectClient(t, {load, late: loadLate});
			const request = send(method);
			await waitFor(() => signals.length > 0);
			if (way === 'closes the connection') session.destroy();
			else request.close(constants.NGHTTP2_CANCEL);
			await waitFor(() => values.length === 2);
			t.deepEqual(values, [true, true]);
		});
	}
}

for (const [name, deferring] of [
	['a loader', undefined],
	['the loader of a prop to rescue', {rescue: true}],
] as const) {
	test(`over HTTP/2 ${name} that stops when the client goes away is not reported`, async t => {
		let isLoading = false;
		const load = async ({signal}: LoaderContext) => {
			isLoading = true;
			await delay(10_000, undefined, {signal});
		};
		const {send, errors, countRendered} = await connectClient(t, {load: deferring ? defer(load, deferring) : load});
		const request = send();
		await waitFor(() => isLoading);
		request.close(constants.NGHTTP2_CANCEL);
		await waitFor(() => countRendered() > 0);
		await delay(20);
		t.deepEqual(errors, []);
	});
}

test('over HTTP/2 `signal` does not abort after a finished answer', async t => {
	const signals: AbortSignal[] = [];
	const {session, send} = await connectClient(t, {load: ({signal}: LoaderContext) => signals.push(signal)});
	for (const method of ['GET', 'POST']) {
		const request = send(method);
		request.end();
		const [headers] = await onceEvent(request, 'response');
		t.is(headers[':status'], 200);
		await onceEvent(request, 'close');
	}

	session.destroy();
	await delay(50);
	t.deepEqual(
		signals.map(({aborted}) => aborted),
		[false, false],
	);
});
