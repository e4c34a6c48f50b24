import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type Koa from 'koa';
import {serve} from './serve.ts';
import {waitFor} from './wait-for.ts';

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

	return {url: await serve(t, app.callback()), assets};
}

/** A server looks for a new manifest when there is traffic, at most once a second. */
export async function waitForNextVersion({url, assets}: RunningExample, previous: string): Promise<string> {
	await waitFor(async () => {
		await fetch(url);
		return assets.version !== previous;
	}, 20_000);
	return assets.version;
}
