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

type Query = (...values: unknown[]) => unknown;
type Queries = {readonly stars: Record<string, Query>; readonly logbook: Record<string, Query>; close(): void};

export type RunningExample = {
	readonly url: string;
	readonly app: Koa;
	readonly assets: Application['assets'];
	/** What the pages asked the database for, in order, for example `find("orion")`. */
	readonly queries: string[];
	/** Puts another query in the place of the one with that name. */
	replace(name: string, change: (query: Query) => Query): void;
};

/** Starts the example's own server on the build and the views of a copy. */
export async function startExample(t: ExecutionContext, directory: string): Promise<RunningExample> {
	// Not static imports: the example is checked by its own tsconfig, against the built package.
	const load = (file: string) => import(new URL(`../../example/server/${file}`, import.meta.url).href);
	const {createApplication}: {createApplication(options: object): Application} = await load('application.ts');
	const {openDatabase}: {openDatabase(file: string): Queries} = await load('database.ts');

	const {stars, logbook, close} = openDatabase(path.join(directory, 'data/nightbook.db'));
	const known: Record<string, Query> = {...stars, ...logbook};
	const queries: string[] = [];
	const watch = (names: string[]) =>
		Object.fromEntries(
			names.map(name => [
				name,
				(...values: unknown[]) => {
					// Without the signal, which is there in every request.
					const asked = values.filter(value => !(value instanceof AbortSignal));
					queries.push(`${name}(${asked.map(value => JSON.stringify(value)).join(', ')})`);
					return known[name]?.(...values);
				},
			]),
		);

	const {app, assets} = createApplication({
		directory,
		database: {stars: watch(Object.keys(stars)), logbook: watch(Object.keys(logbook)), close},
	});

	t.teardown(close);

	return {
		url: await serve(t, app.callback()),
		app,
		assets,
		queries,
		replace(name, change) {
			const query = known[name];

			if (!query) {
				throw new Error(`The example has no query \`${name}\``);
			}

			known[name] = change(query);
		},
	};
}

/** A server looks for a new manifest when there is traffic, at most once a second. */
export async function waitForNextVersion({url, assets}: RunningExample, previous: string): Promise<string> {
	await waitFor(async () => {
		await fetch(url);
		return assets.version !== previous;
	}, 20_000);
	return assets.version;
}
