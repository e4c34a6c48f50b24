import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createApp, seedPath} from './app.ts';
import {CallLogs} from './call-log.ts';
import type {ConformanceCase, Exchange} from './case-format.ts';
import {checkExpectation} from './expectations.ts';
import {send} from './send.ts';
import {startSsrStub} from './ssr-stub.ts';

type RunningCase = {port: number; logs: CallLogs; ssrPages: readonly unknown[]};

const exchange = async ({request, expect}: Exchange, name: string, running: RunningCase): Promise<string[]> => {
	const {port, logs, ssrPages} = running;
	const answer = await send(port, request, name);
	const origin = `http://127.0.0.1:${port}`;
	const mismatches = checkExpectation(expect, {answer, origin, log: logs.get(name), ssrPages});
	return mismatches.map(mismatch => `${name}: ${mismatch}`);
};

const seed = async ({config}: ConformanceCase, port: number): Promise<void> => {
	if (config.flash === undefined && config.errors === undefined) {
		return;
	}

	const {status} = await send(port, {method: 'POST', path: `${config.mount ?? ''}${seedPath}`, headers: {}}, 'seed');
	if (status !== 200) {
		throw new Error(`Putting flash and errors into the session was answered with ${status}.`);
	}
};

const runSteps = async (definition: ConformanceCase, running: RunningCase): Promise<string[]> => {
	await seed(definition, running.port);
	const mismatches: string[] = [];
	for (const [index, step] of definition.steps.entries()) {
		const results = await Promise.all(
			step.map((item, place) => exchange(item, `exchange ${index + 1}.${place + 1}`, running)),
		);
		mismatches.push(...results.flat());
	}

	return mismatches;
};

/** Runs a case against an app of its own, over HTTP, and returns the mismatches. */
export const runCase = async (definition: ConformanceCase): Promise<string[]> => {
	const stub = definition.config.ssr === undefined ? undefined : await startSsrStub(definition.config.ssr);
	const logs = new CallLogs();
	const app = createApp(definition, logs, stub?.url);
	const reported: string[] = [];
	app.on('error', (error: Error) => reported.push(`the app reported: ${error.stack ?? error.message}`));
	const server = createServer(app.callback());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	try {
		const mismatches = await runSteps(definition, {port, logs, ssrPages: stub?.pages ?? []});
		return mismatches.length > 0 ? [...mismatches, ...reported] : [];
	} finally {
		server.close();
		server.closeAllConnections();
		stub?.close();
	}
};
