import {isJsonObject, isObject, type Json, type JsonObject, show} from './json.ts';
import {compareByMatcher} from './matchers.ts';

export type Comparison = {
	/** `subset`: an object may hold more than what is expected, at every level. */
	mode: 'subset' | 'exact';
	/** The app’s own origin, which relative URLs resolve against. */
	origin: string;
};

const differs = (expected: unknown, actual: unknown, at: string): string[] => [
	`${at}: expected ${show(expected)}, got ${show(actual)}`,
];

const compareSet = (expected: Json, actual: unknown, at: string): string[] => {
	const sort = (list: unknown): string => (Array.isArray(list) ? list.map(show).sort().join() : show(list));
	return sort(expected) === sort(actual) ? [] : differs({$set: expected}, actual, at);
};

const compareLists = (expected: Json[], actual: unknown, at: string, comparison: Comparison): string[] => {
	if (!Array.isArray(actual) || actual.length !== expected.length) {
		return differs(expected, actual, at);
	}

	return expected.flatMap((item, index) => compare(item, actual[index], `${at}.${index}`, comparison));
};

const compareObjects = (expected: JsonObject, actual: unknown, at: string, comparison: Comparison): string[] => {
	if (!isObject(actual)) {
		return differs(expected, actual, at);
	}

	const surplus =
		comparison.mode === 'subset' ? [] : Object.keys(actual).filter(name => !Object.hasOwn(expected, name));
	return [
		...surplus.map(name => `${at}.${name}: expected nothing, got ${show(actual[name])}`),
		...Object.entries(expected).flatMap(([name, value]) =>
			compare(value, Object.hasOwn(actual, name) ? actual[name] : undefined, `${at}.${name}`, comparison),
		),
	];
};

/** Compares a value with what a case expects, matchers included, and returns the mismatches. */
export const compare = (expected: Json, actual: unknown, at: string, comparison: Comparison): string[] => {
	if (Array.isArray(expected)) {
		return compareLists(expected, actual, at, comparison);
	}

	if (!isJsonObject(expected)) {
		return expected === actual ? [] : differs(expected, actual, at);
	}

	const {$exact: exact, $set: set} = expected;
	if (exact !== undefined) {
		return compare(exact, actual, at, {...comparison, mode: 'exact'});
	}

	if (set !== undefined) {
		return compareSet(set, actual, at);
	}

	const unknown = Object.keys(expected).find(name => name.startsWith('$'));
	const result = compareByMatcher(expected, actual, at, comparison.origin);
	if (result === undefined && unknown !== undefined) {
		throw new TypeError(`\`${unknown}\` isn't a matcher.`);
	}

	return result ?? compareObjects(expected, actual, at, comparison);
};
