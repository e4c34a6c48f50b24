import {mkdirSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {type Diary, queryDiary} from './diary.ts';
import {type Logbook, logbookView, queryLogbook} from './logbook.ts';
import {brightStars, demoAccount, firstEntries, spectralClasses} from './seed.ts';
import {generateSightings} from './sightings.ts';
import {queryStars, type Stars} from './stars.ts';
import {hashPassword, queryUsers, type Users} from './users.ts';

export type Queries = {
	readonly stars: Stars;
	readonly logbook: Logbook;
	readonly diary: Diary;
	readonly users: Users;
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
		story text not null
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
	entries: `
		id integer primary key,
		starId text not null references stars,
		night text not null,
		notes text not null,
		photo text not null default '',
		isFavourite integer not null default 0,
		unique (starId, night)
	`,
	users: `
		id integer primary key,
		name text not null,
		email text not null unique,
		passwordHash text not null
	`,
};

export function openDatabase(file: string): Queries {
	mkdirSync(path.dirname(file), {recursive: true});

	const database = new Database(file, {timeout: 5000});

	// One transaction, so that a start that's cut short leaves no half-filled table behind.
	database
		.transaction(() => {
			createTable(database, 'stars', () => brightStars);
			createTable(database, 'spectralClasses', () => spectralClasses);
			createTable(database, 'sightings', () => [...generateSightings(brightStars)]);
			createTable(database, 'entries', () => firstEntries);
			createTable(database, 'users', () => {
				const {password, ...user} = demoAccount;
				return [{...user, passwordHash: hashPassword(password)}];
			});
		})
		.immediate();
	database.exec(logbookView);

	return {
		stars: queryStars(database),
		logbook: queryLogbook(database),
		diary: queryDiary(database),
		users: queryUsers(database),
		close() {
			database.close();
		},
	};
}

function createTable(database: Database.Database, name: keyof typeof schemas, createRows: () => readonly object[]) {
	if (database.prepare('select 1 from sqlite_master where name = :name').all({name}).length > 0) {
		return;
	}

	database.exec(`create table ${name} (${schemas[name]}) strict`);

	const rows = createRows();
	const columns = Object.keys(rows[0] ?? {});
	const insert = database.prepare(
		`insert into ${name} (${columns.join(', ')}) values (${columns.map(column => `:${column}`).join(', ')})`,
	);

	for (const row of rows) {
		insert.run(row);
	}
}
