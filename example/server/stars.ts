import type Database from 'libsql';
import {firstRow} from './first-row.ts';

/** A star as lists show it. */
export type StarSummary = {
	readonly id: string;
	readonly name: string;
	readonly constellation: string;
	readonly spectralType: string;
	/** Brightness seen from the Earth: a smaller number is a brighter star. */
	readonly magnitude: number;
	/** In light years. */
	readonly distance: number;
	/** East–west place in the sky, in hours from 0 to 24. */
	readonly rightAscension: number;
	/** North–south place in the sky, in degrees from -90 to 90. */
	readonly declination: number;
	/** The month in which the star stands highest at nine in the evening. */
	readonly bestMonth: string;
	/** The last night of the diary with this star, as `2025-08-14`; empty if there is none. */
	readonly seenOn: string;
};

export type Star = StarSummary & {
	readonly designation: string;
	/** Temperature of the surface, in kelvins. */
	readonly temperature: number;
	readonly story: string;
};

/** A star as books describe it, without the diary. */
export type CatalogueStar = Omit<Star, 'seenOn'>;

export type StarName = Pick<Star, 'id' | 'name'>;

export type Progress = {readonly seen: number; readonly total: number};

/** The first letter of a spectral type, and the colour that it means. */
export type SpectralClass = {readonly letter: string; readonly colour: string};

export type Stars = {
	/** Gives the brightest star first. */
	find(search: string): StarSummary[];
	get(id: string): Star | undefined;
	/** Gives the names in alphabetical order. */
	names(): StarName[];
	nextFainter(id: string): StarName | undefined;
	progress(): Progress;
	/** Gives the hottest class first. */
	spectralClasses(): SpectralClass[];
};

const summary = `
	id, name, constellation, spectralType, magnitude, distance, rightAscension, declination, bestMonth,
	coalesce((select max(night) from entries where starId = stars.id), '') as seenOn
`;

export function queryStars(database: Database.Database): Stars {
	const find = database.prepare(
		`select ${summary} from stars
		where instr(lower(name || char(10) || designation || char(10) || constellation), lower(:search))
		order by magnitude, name`,
	);
	const get = database.prepare(`select ${summary}, designation, temperature, story from stars where id = :id`);
	const names = database.prepare('select id, name from stars order by name');
	const nextFainter = database.prepare(
		`select id, name from stars
		where (magnitude, name) > (select magnitude, name from stars where id = :id)
		order by magnitude, name limit 1`,
	);
	const progress = database.prepare(
		'select count(distinct starId) as seen, (select count(*) from stars) as total from entries',
	);
	const spectralClasses = database.prepare('select letter, colour from spectralClasses order by coolest desc');

	return {
		find: search => find.all({search}) as StarSummary[],
		get: id => firstRow(get, {id}) as Star | undefined,
		names: () => names.all({}) as StarName[],
		nextFainter: id => firstRow(nextFainter, {id}) as StarName | undefined,
		progress: () => firstRow(progress, {}) as Progress,
		spectralClasses: () => spectralClasses.all({}) as SpectralClass[],
	};
}
