import {isObject, type Json, show} from './json.ts';

type Matcher = (expected: Json, actual: string, origin: string) => boolean;

const isListed = (token: string, list: string): boolean =>
	list.split(',').some(item => item.trim().toLowerCase() === token.toLowerCase());

/** The matchers of single strings; `$exact` and `$set` are about structure and live in compare.ts. */
export const matchers = {
	$url: (expected, actual, origin) => new URL(actual, origin).href === new URL(String(expected), origin).href,
	$sameOrigin: (expected, actual, origin) => (new URL(actual, origin).origin === origin) === expected,
	$token: (expected, actual) => isListed(String(expected), actual),
	$prefix: (expected, actual) => actual.startsWith(String(expected)),
	$contains: (expected, actual) => actual.includes(String(expected)),
	$regex: (expected, actual) => new RegExp(String(expected)).test(actual),
} satisfies Record<string, Matcher>;

const isMatcherName = (name: string): name is keyof typeof matchers => Object.hasOwn(matchers, name);

/** Compares with a matcher; `undefined` when `expected` isn't one. */
export const compareByMatcher = (expected: Json, actual: unknown, at: string, origin: string): string[] | undefined => {
	const [name, operand] = isObject(expected) ? (Object.entries(expected)[0] ?? []) : [];
	if (name === undefined || !isMatcherName(name)) {
		return undefined;
	}

	const matches = typeof actual === 'string' && matchers[name](operand as Json, actual, origin);
	return matches ? [] : [`${at}: expected ${show(expected)}, got ${show(actual)}`];
};
