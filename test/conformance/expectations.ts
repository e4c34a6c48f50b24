import type {Answer} from './answer.ts';
import type {CallLog} from './call-log.ts';
import type {Expectation} from './case-format.ts';
import {compare} from './compare.ts';
import {isObject, type Json, type JsonObject, show} from './json.ts';
import {readDocument, readPage} from './page.ts';

/** What there is to see of one exchange. */
export type Observation = {
	answer: Answer;
	origin: string;
	log: CallLog;
	/** The pages sent to the SSR stub so far, in this case. */
	ssrPages: readonly unknown[];
};

type Check<Value> = (expected: Value, observation: Observation, expectation: Expectation) => string[];

const verify = (holds: boolean, message: string): string[] => (holds ? [] : [message]);

const propsOf = ({answer}: Observation): Record<string, unknown> => {
	const {props} = readPage(answer) ?? {};
	return isObject(props) ? props : {};
};

const has = (value: unknown, path: string): boolean => {
	let current = value;
	for (const name of path.split('.')) {
		if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) {
			return false;
		}

		current = Reflect.get(current, name);
	}

	return true;
};

const checkPage: Check<JsonObject> = (expected, {answer, origin}) => {
	const page = readPage(answer);
	if (page === undefined) {
		return [`page: expected ${show(expected)}, but the answer carries no page`];
	}

	return Object.entries(expected).flatMap(([name, value]) =>
		compare(value, page[name], `page.${name}`, {mode: name === 'props' ? 'subset' : 'exact', origin}),
	);
};

const checkAllProps: Check<JsonObject> = (expected, observation, {page}) => {
	const {errors, ...others} = propsOf(observation);
	const ignored =
		!Object.hasOwn(expected, 'errors') && (has(page, 'props.errors') || (isObject(errors) && show(errors) === '{}'));
	const actual = ignored || errors === undefined ? others : {...others, errors};
	return compare(expected, actual, 'props', {mode: 'exact', origin: observation.origin});
};

const checkHeaders: Check<Record<string, Json>> = (expected, {answer, origin}) =>
	Object.entries(expected).flatMap(([name, value]) =>
		value === null
			? verify(!answer.headers.has(name), `header ${name}: expected none, got ${show(answer.headers.get(name))}`)
			: compare(value, answer.headers.get(name), `header ${name}`, {mode: 'exact', origin}),
	);

const checkHtml: Check<NonNullable<Expectation['html']>> = ({pageScripts: count, rootId}, {answer}) => {
	const {pageScripts, ids} = readDocument(answer.body);
	return [
		...verify(
			count === undefined || pageScripts.length === count,
			`html.pageScripts: expected ${count}, got ${pageScripts.length}`,
		),
		...verify(
			rootId === undefined || (ids.includes(rootId) && pageScripts.every(({id}) => id === rootId)),
			`html.rootId: expected ${rootId}, got the ids ${show(ids)} and the scripts of ${show(pageScripts.map(({id}) => id))}`,
		),
	];
};

const checkSsrPage: Check<JsonObject> = (expected, {ssrPages, origin}) => {
	const sent = ssrPages.at(-1);
	if (!isObject(sent) || Object.hasOwn(expected, 'sharedProps')) {
		return compare(expected, sent, 'ssrPage', {mode: 'exact', origin});
	}

	const {sharedProps: _, ...listed} = sent;
	return compare(expected, listed, 'ssrPage', {mode: 'exact', origin});
};

const callsOf = (path: string, {log}: Observation): number => log.calls.filter(call => call === path).length;

type Members = Required<Expectation>;

const checks: {[Member in keyof Members]: Check<Members[Member]>} = {
	status: (expected, {answer}) =>
		verify([expected].flat().includes(answer.status), `status: expected ${expected}, got ${answer.status}`),
	headers: checkHeaders,
	page: checkPage,
	ssrPage: checkSsrPage,
	propsExact: checkAllProps,
	propsAbsent: (paths, observation) =>
		paths.flatMap(path => verify(!has(propsOf(observation), path), `propsAbsent: ${path} is there`)),
	metaAbsent: (names, {answer}) =>
		names.flatMap(name => verify(!has(readPage(answer), name), `metaAbsent: ${name} is there`)),
	resolved: (paths, observation) =>
		paths.flatMap(path => verify(callsOf(path, observation) > 0, `resolved: ${path} was not called`)),
	notResolved: (paths, observation) =>
		paths.flatMap(path => verify(callsOf(path, observation) === 0, `notResolved: ${path} was called`)),
	resolvedOnce: (paths, observation) =>
		paths.flatMap(path => {
			const calls = callsOf(path, observation);
			return verify(calls === 1, `resolvedOnce: ${path} was called ${calls} times`);
		}),
	handlerRan: (expected, {log}) =>
		verify(log.handlerRan === expected, `handlerRan: expected ${expected}, got ${log.handlerRan}`),
	body: (expected, {answer}) =>
		verify(answer.body === expected, `body: expected ${show(expected)}, got ${show(answer.body)}`),
	bodyContains: (parts, {answer}) =>
		parts.flatMap(part => verify(answer.body.includes(part), `bodyContains: ${show(part)} is missing`)),
	bodyExcludes: (parts, {answer}) =>
		parts.flatMap(part => verify(!answer.body.includes(part), `bodyExcludes: ${show(part)} is there`)),
	json: (expected, {answer, origin}) => compare(expected, JSON.parse(answer.body), 'json', {mode: 'exact', origin}),
	html: checkHtml,
	ssrCalls: (expected, {ssrPages}) =>
		verify(ssrPages.length === expected, `ssrCalls: expected ${expected}, got ${ssrPages.length}`),
	noPollution: () => verify(!has(Object.prototype, 'polluted'), 'noPollution: Object.prototype was written to'),
};

const pageMembers = ['page', 'propsExact', 'propsAbsent', 'metaAbsent'] as const;

const check = <Member extends keyof Members>(member: Member, given: Members, observation: Observation): string[] =>
	checks[member](given[member], observation, given);

/** Compares an exchange with its expectations and returns the mismatches. */
export const checkExpectation = (expectation: Expectation, observation: Observation): string[] => {
	const pageIsOptional = Array.isArray(expectation.status) && readPage(observation.answer) === undefined;
	const skipped = new Set<string>(pageIsOptional ? pageMembers : []);
	return (Object.keys(expectation) as (keyof Members)[])
		.filter(member => !skipped.has(member))
		.flatMap(member => check(member, expectation as Members, observation));
};
