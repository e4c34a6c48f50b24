import type {PropMistake} from '../errors/props.ts';

type Mistake = Omit<PropMistake, 'path'>;

/** The most levels, and promises that give promises. More would exceed the call stack and JSON, or never end. */
export const depthLimit = 2048;

export const containsItself: Mistake = {
	reason: 'it contains itself',
	advice: 'Give the page only the members that it shows, without the one that leads back.',
};

export const givesFunction: Mistake = {
	reason: 'it gives a function instead of a value',
	advice: 'Give what that function returns, for example `() => load()` in place of `() => load`.',
};

export const givesItself: Mistake = {
	reason: 'it gives itself instead of a value',
	advice: 'Let its `toInertiaProp` or `toInertiaProps` give a new value with what the page shows.',
};

export const isBigInt: Mistake = {
	reason: 'it is a BigInt',
	advice: 'Give the page a string in its place, for example `String(value)`.',
};

export const hasTooManyLevels: Mistake = {
	reason: `it has more than ${depthLimit} levels`,
	advice:
		'Give the page a list in place of nested objects, and look for a function that gives functions without an end.',
};

export const hasTooManyPromises: Mistake = {
	reason: `it goes on for more than ${depthLimit} promises`,
	advice: 'Look for a function, a promise or a provider that gives another one without an end.',
};

export function failsInToJson(reason: string): Mistake {
	return {
		reason: `its \`toJSON\` threw "${reason}"`,
		advice: 'Correct its `toJSON`, or give the page plain data in its place.',
	};
}

/** `JSON.stringify` failed, and no value is to blame: the text is too long, or the levels are too many. */
export function isTooLarge(reason: string): Mistake {
	return {reason, advice: 'Give the page less data, or data with fewer levels.'};
}
