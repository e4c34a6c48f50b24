import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import type Koa from 'koa';

type Application = {
	readonly app: Koa;
	readonly assets: {readonly version: string};
	close(): void;
};

export type RunningExample = {
	readonly url: string;
	readonly assets: Application['assets'];
};

/** Starts the example's own server on the build and the views of a copy. */
export async function startExample(t: ExecutionContext, directory: string): Promise<RunningExample> {
	// Not a static import: the example is checked by its own tsconfig, against the built package.
	const module = new URL('../../example/server/application.ts', import.meta.url).href;
	const {createApplication}: {createApplication(options: object): Application} = await import(module);

	const {app, assets, close} = createApplication({
		directory,
		databaseFile: path.join(directory, 'data/nightbook.db'),
	});

	t.teardown(close);

	return {url: await listen(t, app), assets};
}

export async function listen(t: ExecutionContext, app: Koa): Promise<string> {
	const server = createServer(app.callback()).listen(0, '127.0.0.1');
	await once(server, 'listening');

	t.teardown(async () => {
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	});

	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server looks for a new manifest when there is traffic, at most once a second. */
export async function waitForNextVersion({url, assets}: RunningExample, previous: string): Promise<string> {
	const deadline = Date.now() + 20_000;

	while (assets.version === previous) {
		if (Date.now() > deadline) {
			throw new Error(`The server still has version ${previous}`);
		}

		await fetch(url);
		await delay(50);
	}

	return assets.version;
}
