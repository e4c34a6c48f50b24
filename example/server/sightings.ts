import type {CatalogueStar} from './stars.ts';

/** A star that somebody saw in one night. */
export type Sighting = {
	/** As `2025-08-14`. */
	readonly night: string;
	readonly starId: string;
	readonly observer: string;
	readonly place: string;
	readonly equipment: string;
	readonly note: string;
};

const friends = [
	{observer: 'Caroline', place: 'Bath', latitude: 51},
	{observer: 'Tycho', place: 'Hven', latitude: 56},
	{observer: 'Maria', place: 'Nantucket', latitude: 41},
	{observer: 'Ruby', place: 'Sydney', latitude: -34},
	{observer: 'Nicolas', place: 'Cape Town', latitude: -34},
];

const equipment = ['the bare eye', 'binoculars', 'a small telescope'];

const months = 'January February March April May June July August September October November December'.split(' ');

const looks: Record<string, readonly string[]> = {
	B: ['blue-white and hard as a spark', 'a cold blue point', 'bluer than everything around it'],
	A: ['white and very clean', 'white, with a hint of blue', 'as white as frost'],
	F: ['white, or perhaps the palest yellow', 'the colour of cream'],
	G: ['yellow like lamplight', 'a warm, even gold'],
	K: ['plainly orange', 'the colour of apricots', 'orange, once the eyes were used to the dark'],
	M: ['red as an ember', 'red enough to be taken for Mars', 'copper-coloured'],
};

const endings = [
	'Stayed until the dew came.',
	'Very steady air tonight.',
	'It trembled badly, so the wind must be strong up there.',
	'Thin cloud after half an hour, then nothing.',
	'The Moon washed out everything else around it.',
	'Showed it to the neighbours, who had never looked up from there.',
	'An owl the whole time.',
	'Hands too cold to write more.',
	'A satellite went right past it.',
	'Two meteors while waiting.',
	'The street lamp was broken, what luck.',
	'Drew the stars around it, and checked the chart later: all there.',
	'First clear sky in a week.',
	'Almost went to bed before the clouds parted.',
	'Compared it with the star next to it for a long time.',
	'The dog wanted to go home.',
];

/** Makes three years of nights, the newest last, and the same ones every time. */
export function* generateSightings(stars: readonly CatalogueStar[]): Generator<Sighting> {
	const random = createRandom(1781);
	const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
	const end = Date.UTC(2025, 7, 31);
	let ending = 0;

	for (let time = Date.UTC(2022, 8, 1); time <= end; time += (1 + Math.floor(random() * 4)) * 86_400_000) {
		const date = new Date(time);
		const {latitude, ...friend} = pick(friends);
		const star = pick(stars.filter(candidate => isUp(candidate, date, latitude)));
		// We go on from the last ending, so that none comes twice in a row.
		ending = (ending + 1 + Math.floor(random() * 6)) % endings.length;

		yield {
			night: date.toISOString().slice(0, 10),
			starId: star.id,
			...friend,
			equipment: pick(equipment),
			note: `${whereItStands(star, latitude)}, ${pick(looks[star.spectralType.charAt(0)] ?? [''])}. ${endings[ending]}`,
		};
	}
}

/** Whether a star stands well above the horizon in the evening. */
function isUp(star: CatalogueStar, date: Date, latitude: number) {
	const monthsAway = Math.abs(months.indexOf(star.bestMonth) - date.getUTCMonth());
	const isInSeason = star.bestMonth === 'any month' || Math.min(monthsAway, 12 - monthsAway) <= 2;
	return isInSeason && greatestHeight(star, latitude) > 15;
}

function whereItStands(star: CatalogueStar, latitude: number) {
	const height = greatestHeight(star, latitude);

	if (height > 70) {
		return 'Almost overhead';
	}

	const direction = star.declination > latitude ? 'north' : 'south';
	return height < 35 ? `Low in the ${direction}` : `Halfway up in the ${direction}`;
}

/** Gives degrees above the horizon. */
function greatestHeight({declination}: CatalogueStar, latitude: number) {
	return 90 - Math.abs(latitude - declination);
}

/** Gives numbers from 0 to 1 that look random and are the same for the same seed, by the method of Lehmer. */
function createRandom(seed: number) {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
