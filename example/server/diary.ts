import type Database from 'libsql';
import {firstRow} from './first-row.ts';

/** The part of an entry that the keeper of the diary writes. */
export type EntryInput = {
	readonly starId: string;
	/** As `2025-08-14`. */
	readonly night: string;
	readonly notes: string;
};

export type Entry = EntryInput & {
	readonly id: number;
	readonly starName: string;
	readonly spectralType: string;
	readonly magnitude: number;
	/** Name of the file; empty without a photo. */
	readonly photo: string;
	readonly isFavourite: boolean;
};

export type Diary = {
	/** Gives the newest night first. */
	list(): Entry[];
	get(id: number): Entry | undefined;
	/** Whether another entry has this star and this night. */
	isTaken(starId: string, night: string, exceptId: number): boolean;
	hasPhoto(name: string): boolean;
	countFavourites(exceptId: number): number;
	/** Gives the id of the new entry. */
	create(entry: EntryInput): number;
	update(id: number, entry: EntryInput): void;
	delete(id: number): void;
	setPhoto(id: number, photo: string): void;
	setFavourite(id: number, isFavourite: boolean): void;
};

type Row = Omit<Entry, 'isFavourite'> & {readonly isFavourite: number};

const rows = `
	select entries.*, name as starName, spectralType, magnitude from entries join stars on stars.id = starId
`;

export function queryDiary(database: Database.Database): Diary {
	const list = database.prepare(`${rows} order by night desc, entries.id desc`);
	const get = database.prepare(`${rows} where entries.id = :id`);
	const taken = database.prepare(
		'select id from entries where starId = :starId and night = :night and id <> :exceptId',
	);
	const withPhoto = database.prepare('select id from entries where photo = :name');
	const favourites = database.prepare('select count(*) as count from entries where isFavourite and id <> :exceptId');
	const create = database.prepare('insert into entries (starId, night, notes) values (:starId, :night, :notes)');
	const update = database.prepare('update entries set starId = :starId, night = :night, notes = :notes where id = :id');
	const remove = database.prepare('delete from entries where id = :id');
	const setPhoto = database.prepare('update entries set photo = :photo where id = :id');
	const setFavourite = database.prepare('update entries set isFavourite = :isFavourite where id = :id');

	return {
		list: () => (list.all({}) as Row[]).map(toEntry),
		get(id) {
			const row = firstRow(get, {id}) as Row | undefined;
			return row && toEntry(row);
		},
		isTaken: (starId, night, exceptId) => firstRow(taken, {starId, night, exceptId}) !== undefined,
		hasPhoto: name => firstRow(withPhoto, {name}) !== undefined,
		countFavourites: exceptId => (firstRow(favourites, {exceptId}) as {count: number}).count,
		create: entry => Number(create.run({...entry}).lastInsertRowid),
		update(id, entry) {
			update.run({id, ...entry});
		},
		delete(id) {
			remove.run({id});
		},
		setPhoto(id, photo) {
			setPhoto.run({id, photo});
		},
		setFavourite(id, isFavourite) {
			setFavourite.run({id, isFavourite: Number(isFavourite)});
		},
	};
}

function toEntry(row: Row): Entry {
	return {...row, isFavourite: row.isFavourite === 1};
}
