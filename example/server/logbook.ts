import {setTimeout as delay} from 'node:timers/promises';
import type Database from 'libsql';
import {firstRow} from './first-row.ts';
import type {Sighting} from './sightings.ts';

export type LogbookEntry = Sighting & {
	readonly id: string;
	readonly starName: string;
	readonly spectralType: string;
	readonly magnitude: number;
};

export type LogbookPage = {
	readonly data: LogbookEntry[];
	readonly currentPage: number;
	readonly lastPage: number;
};

export type Statistics = {
	readonly sightings: number;
	/** The first night of the book. */
	readonly since: string;
	readonly colours: ReadonlyArray<{readonly letter: string; readonly colour: string; readonly sightings: number}>;
	/** Each part is half a magnitude wide, the brightest first. */
	readonly magnitudes: ReadonlyArray<{readonly from: number; readonly sightings: number}>;
};

export type Logbook = {
	/** Gives the newest night first, for stars of the spectral class; `''` stands for all classes. */
	page(number: number, spectralClass: string): LogbookPage;
	/** Stops when nobody waits for it any longer. */
	statistics(signal: AbortSignal): Promise<Statistics>;
};

const pageLength = 20;

/** The sightings of the friends and of Annie. Her notes stay in the diary. */
export const logbookView = `
	create temp view logbook as
		select 'friends-' || id as id, night, starId, observer, place, equipment, note from sightings
		union all
		select 'own-' || entries.id, night, starId, name, '', '', '' from entries, users
`;

export function queryLogbook(database: Database.Database): Logbook {
	const count = database.prepare(
		`select count(*) as entries from logbook join stars on stars.id = starId
		where instr(spectralType, :spectralClass) = 1`,
	);
	const entries = database.prepare(
		`select logbook.*, name as starName, spectralType, magnitude from logbook join stars on stars.id = starId
		where instr(spectralType, :spectralClass) = 1
		order by night desc, logbook.id limit :limit offset :offset`,
	);
	const totals = database.prepare('select count(*) as sightings, min(night) as since from logbook');
	const colours = database.prepare(
		`select letter, colour, count(logbook.id) as sightings from spectralClasses
		left join stars on instr(spectralType, letter) = 1
		left join logbook on starId = stars.id
		group by letter order by coolest desc`,
	);
	const magnitudes = database.prepare(
		`with recursive steps("from") as (select -1.5 union all select "from" + 0.5 from steps where "from" < 1.5)
		select "from", count(logbook.id) as sightings from steps
		left join stars on magnitude >= "from" and magnitude < "from" + 0.5
		left join logbook on starId = stars.id
		group by "from" order by "from"`,
	);

	return {
		page(number, spectralClass) {
			const {entries: total} = firstRow(count, {spectralClass}) as {entries: number};
			const lastPage = Math.max(1, Math.ceil(total / pageLength));
			const currentPage = Math.min(Math.max(1, Math.trunc(number) || 1), lastPage);
			const offset = (currentPage - 1) * pageLength;
			const data = entries.all({spectralClass, limit: pageLength, offset}) as LogbookEntry[];
			return {data, currentPage, lastPage};
		},
		async statistics(signal) {
			// The queries are quick. We wait so that one can see the panel come after the page.
			await delay(600, undefined, {signal});

			return {
				...(firstRow(totals, {}) as Pick<Statistics, 'sightings' | 'since'>),
				colours: colours.all({}),
				magnitudes: magnitudes.all({}),
			} as Statistics;
		},
	};
}
