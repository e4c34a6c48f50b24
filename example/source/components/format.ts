import type {StarSummary} from '../../server/stars.ts';

export function formatDistance(distance: number) {
	return `${distance.toLocaleString('en', {maximumFractionDigits: 1})} light years`;
}

export function formatMagnitude(magnitude: number) {
	return magnitude.toFixed(2).replace('-', '−');
}

export function formatNight(date: string) {
	return new Date(date).toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
}

export function formatMonth(date: string, month: 'long' | 'short' = 'long') {
	return new Date(date).toLocaleDateString('en-GB', {month, year: 'numeric', timeZone: 'UTC'});
}

export function capitalize(words: string) {
	return words.charAt(0).toUpperCase() + words.slice(1);
}

export function whereItRises({declination}: StarSummary) {
	const limit = Math.round(90 - Math.abs(declination));

	if (limit === 0) {
		return declination > 0 ? 'north of the equator' : 'south of the equator';
	}

	return declination > 0 ? `north of ${limit}° south` : `south of ${limit}° north`;
}
