import {mkdirSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import type {Entry} from './entry.ts';
import {firstRow} from './first-row.ts';
import {type Logbook, logbookView, queryLogbook} from './logbook.ts';
import {brightStars, spectralClasses} from './seed.ts';
import {generateSightings} from './sightings.ts';

/** What a list needs to know. */
export type StarSummary = {
	readonly id: string;
	readonly name: string;
	readonly constellation: string;
	readonly spectralType: string;
	/** Brightness seen from here: the smaller, the brighter. */
	readonly magnitude: number;
	/** In light years. */
	readonly distance: number;
	/** East–west place in the sky, in hours from 0 to 24. */
	readonly rightAscension: number;
	/** North–south place in the sky, in degrees from -90 to 90. */
	readonly declination: number;
	/** When it stands highest at nine in the evening. */
	readonly bestMonth: string;
	/** The night it was seen, as `2025-08-14`; empty before that. */
	readonly seenOn: string;
};

export type Star = StarSummary & {
	readonly designation: string;
	/** Of the surface, in kelvins. */
	readonly temperature: number;
	readonly story: string;
	readonly notes: string;
};

export type Progress = {readonly seen: number; readonly total: number};

/** What the first letter of a spectral type means. */
export type SpectralClass = {readonly letter: string; readonly colour: string};

export type Stars = {
	/** Brightest first. */
	find(search: string): StarSummary[];
	get(id: string): Star | undefined;
	nextFainter(id: string): {readonly id: string; readonly name: string} | undefined;
	update(id: string, entry: Entry): void;
	progress(): Progress;
	/** Hottest first. */
	spectralClasses(): SpectralClass[];
};

export type Queries = {
	readonly stars: Stars;
	readonly logbook: Logbook;
	close(): void;
};

const schemas = {
	stars: `
		id text primary key,
		name text not null,
		designation text not null,
		constellation text not null,
		spectralType text not null,
		magnitude real not null,
		distance real not null,
		temperature integer not null,
		rightAscension real not null,
		declination real not null,
		bestMonth text not null,
		story text not null,
		seenOn text not null default '',
		notes text not null default ''
	`,
	spectralClasses: `
		letter text primary key,
		colour text not null,
		coolest integer not null
	`,
	sightings: `
		id integer primary key,
		night text not null,
		starId text not null references stars,
		observer text not null,
		place text not null,
		equipment text not null,
		note text not null
	`,
};

const summary =
	'id, name, constellation, spectralType, magnitude, distance, rightAscension, declination, bestMonth, seenOn';

export function openDatabase(file: string): Queries {
	mkdirSync(path.dirname(file), {recursive: true});

	const database = new Database(file, {timeout: 5000});

	// One transaction, so that a start that's cut short leaves no half-filled table behind.
	database
		.transaction(() => {
			createTable(database, 'stars', brightStars);
			createTable(database, 'spectralClasses', spectralClasses);
			createTable(database, 'sightings', [...generateSightings(brightStars)]);
		})
		.immediate();
	database.exec(logbookView);

	return {
		stars: queryStars(database),
		logbook: queryLogbook(database),
		close() {
			database.close();
		},
	};
}

function createTable(database: Database.Database, name: keyof typeof schemas, rows: readonly object[]) {
	if (database.prepare('select 1 from sqlite_master where name = :name').all({name}).length > 0) {
		return;
	}

	database.exec(`create table ${name} (${schemas[name]}) strict`);

	const columns = Object.keys(rows[0] ?? {});
	const insert = database.prepare(
		`insert into ${name} (${columns.join(', ')}) values (${columns.map(column => `:${column}`).join(', ')})`,
	);

	for (const row of rows) {
		insert.run(row);
	}
}

function queryStars(database: Database.Database): Stars {
	const find = database.prepare(
		`select ${summary} from stars
		where instr(lower(name || char(10) || designation || char(10) || constellation), lower(:search))
		order by magnitude, name`,
	);
	const get = database.prepare('select * from stars where id = :id');
	const nextFainter = database.prepare(
		`select id, name from stars
		where (magnitude, name) > (select magnitude, name from stars where id = :id)
		order by magnitude, name limit 1`,
	);
	const update = database.prepare('update stars set seenOn = :seenOn, notes = :notes where id = :id');
	const progress = database.prepare(`select count(nullif(seenOn, '')) as seen, count(*) as total from stars`);
	const spectralClasses = database.prepare('select letter, colour from spectralClasses order by coolest desc');

	return {
		find: search => find.all({search}) as StarSummary[],
		get: id => firstRow(get, {id}) as Star | undefined,
		nextFainter: id => firstRow(nextFainter, {id}) as {id: string; name: string} | undefined,
		update(id, entry) {
			update.run({id, ...entry});
		},
		progress: () => firstRow(progress, {}) as Progress,
		spectralClasses: () => spectralClasses.all({}) as SpectralClass[],
	};
}
