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
type Group = Readonly<Record<string, Query>>;
type Queries = {
	readonly stars: Group;
	readonly logbook: Group;
	readonly diary: Group;
	readonly users: Group;
	close(): void;
};

export type DiaryEntry = {
	readonly id: number;
	readonly starId: string;
	readonly night: string;
	readonly notes: string;
	readonly photo: string;
	readonly isFavourite: boolean;
};

export type RunningExample = {
	readonly url: string;
	readonly app: Koa;
	readonly assets: Application['assets'];
	/** Holds the build, the views and the data. */
	readonly directory: string;
	/** What the pages asked the database for, in order, for example `find("orion")` or `diary.get(3)`. */
	readonly queries: string[];
	/** Every row of the diary. */
	readDiary(): readonly DiaryEntry[];
	/** Puts another query in the place of the one with that name. */
	replace(name: string, change: (query: Query) => Query): void;
};

/** Starts the example's own server on the build and the views of a copy. */
export async function startExample(t: ExecutionContext, directory: string): Promise<RunningExample> {
	// Not static imports: the example is checked by its own tsconfig, against the built package.
	const load = (file: string) => import(new URL(`../../example/server/${file}`, import.meta.url).href);
	const {createApplication}: {createApplication(options: object): Application} = await load('application.ts');
	const {openDatabase}: {openDatabase(file: string): Queries} = await load('database.ts');

	const {close, ...groups} = openDatabase(path.join(directory, 'data/nightbook.db'));
	const known: Record<string, Query> = {};
	const queries: string[] = [];
	const watch = (prefix: string, group: Group) =>
		Object.fromEntries(
			Object.entries(group).map(([key, query]) => {
				const name = `${prefix}${key}`;
				known[name] = query;
				const watched: Query = (...values) => {
					// Without the signal, which is there in every request.
					const asked = values.filter(value => !(value instanceof AbortSignal));
					queries.push(`${name}(${asked.map(value => JSON.stringify(value)).join(', ')})`);
					return known[name]?.(...values);
				};
				return [key, watched];
			}),
		);

	const {app, assets} = createApplication({
		directory,
		database: {
			stars: watch('', groups.stars),
			logbook: watch('', groups.logbook),
			diary: watch('diary.', groups.diary),
			users: watch('users.', groups.users),
			close,
		},
	});

	t.teardown(close);

	return {
		url: await serve(t, app.callback()),
		app,
		assets,
		directory,
		queries,
		readDiary: () => groups.diary.list?.() as DiaryEntry[],
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
