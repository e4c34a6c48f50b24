import test from 'ava';
import type {Expectation} from './case-format.ts';
import {compare} from './compare.ts';
import {checkExpectation, type Observation} from './expectations.ts';
import type {Json} from './json.ts';
import type {matchers} from './matchers.ts';
import {readCase} from './read-cases.ts';
import {runCase} from './run-case.ts';

const origin = 'http://127.0.0.1:1';

type Examples = {right: Json; wrong: Json[]; actual: unknown};

const comparisons: Record<keyof typeof matchers | '$exact' | '$set' | 'plain' | 'list', Examples> = {
	plain: {actual: {a: 1, b: null}, right: {a: 1}, wrong: [{a: '1'}, {a: null}, {c: 1}, {b: {}}, []]},
	list: {actual: [1, {a: 1, b: 2}], right: [1, {a: 1}], wrong: [[1], [{a: 1}, 1], [1, {a: 1}, 2], {}]},
	$exact: {actual: {a: {b: 1}}, right: {$exact: {a: {b: 1}}}, wrong: [{$exact: {a: {}}}, {$exact: {}}]},
	$set: {actual: ['a', 'b'], right: {$set: ['b', 'a']}, wrong: [{$set: ['a']}, {$set: ['a', 'a']}]},
	$url: {
		actual: '/a?b=1#c',
		right: {$url: '/a?b=1#c'},
		wrong: [{$url: '/a?b=1'}, {$url: '/a#c'}, {$url: 'http://other.test/a?b=1#c'}],
	},
	$sameOrigin: {actual: '//other.test/x', right: {$sameOrigin: false}, wrong: [{$sameOrigin: true}]},
	$token: {actual: 'Accept, X-Inertia', right: {$token: 'x-inertia'}, wrong: [{$token: 'inertia'}]},
	$prefix: {actual: 'text/html', right: {$prefix: 'text/'}, wrong: [{$prefix: 'html'}]},
	$contains: {actual: 'a=b', right: {$contains: '='}, wrong: [{$contains: 'c'}]},
	$regex: {actual: 'abc', right: {$regex: '^a.c$'}, wrong: [{$regex: '^b'}]},
};

for (const [name, {actual, right, wrong}] of Object.entries(comparisons)) {
	test(`the comparison \`${name}\` accepts what is right and reports what is wrong`, t => {
		t.deepEqual(compare(right, actual, 'value', {mode: 'subset', origin}), []);
		for (const expected of wrong) {
			t.not(compare(expected, actual, 'value', {mode: 'subset', origin}).length, 0, JSON.stringify(expected));
		}
	});
}

test('an absent value satisfies no matcher', t => {
	for (const name of ['$url', '$sameOrigin', '$token', '$prefix', '$contains', '$regex', '$exact', '$set']) {
		t.is(compare({[name]: ''}, undefined, 'value', {mode: 'exact', origin}).length, 1, name);
	}
});

test('an unknown matcher is an error, not a pass', t => {
	t.throws(() => compare({$tokn: 'a'}, 'a', 'value', {mode: 'exact', origin}), {message: /\$tokn/});
});

const page = {component: 'Home', props: {errors: {}, a: 1, list: [{b: 2}]}, url: '/', version: 'v1'};
const html = `<title></title><script data-page="app" type="application/json">${JSON.stringify(page)}</script><div id="app"></div>`;

const observe = (body: string, headers: Record<string, string>): Observation => ({
	answer: {status: 200, headers: new Map(Object.entries(headers)), body},
	origin,
	log: {calls: ['a', 'b', 'b'], handlerRan: true},
	ssrPages: [{...page, sharedProps: ['errors']}],
});

const htmlAnswer = observe(html, {'content-type': 'text/html; charset=utf-8', vary: 'X-Inertia'});
const pageAnswer = observe(JSON.stringify(page), {'content-type': 'application/json', 'x-inertia': 'true'});
const plainAnswer = observe('{"ok":true}', {'content-type': 'application/json'});

// `json` is about an answer that isn't a document and has a test of its own.
type Member = Exclude<keyof Expectation, 'json'>;

type Checks = {[Name in Member]-?: {right: Expectation[Name][]; wrong: Expectation[Name][]}};

const documentChecks: Checks = {
	status: {right: [200, [200, 500]], wrong: [201, [409, 500]]},
	headers: {
		right: [{vary: {$token: 'x-inertia'}, location: null}],
		wrong: [{vary: null}, {vary: 'x'}, {location: '/'}, {location: {$url: '/'}}],
	},
	page: {
		right: [{component: 'Home', props: {a: 1}}],
		wrong: [{component: 'Other'}, {props: {a: 2}}, {props: {c: 1}}, {flash: {}}, {version: {$prefix: 'x'}}],
	},
	ssrPage: {right: [page], wrong: [{...page, url: '/x'}, {component: 'Home'}, {...page, sharedProps: []}]},
	propsExact: {right: [{a: 1, list: [{b: 2}]}], wrong: [{a: 1}, {a: 1, list: [{}]}, {a: 1, list: [{b: 2}], c: 1}]},
	propsAbsent: {right: [['c', 'a.b', 'list.1']], wrong: [['a'], ['list.0.b']]},
	metaAbsent: {right: [['flash']], wrong: [['version']]},
	resolved: {right: [['a', 'b']], wrong: [['c']]},
	notResolved: {right: [['c']], wrong: [['a']]},
	resolvedOnce: {right: [['a']], wrong: [['b'], ['c']]},
	handlerRan: {right: [true], wrong: [false]},
	body: {right: [html], wrong: ['', 'x']},
	bodyContains: {right: [['<title>', '</div>']], wrong: [['<title>', '<h1>']]},
	bodyExcludes: {right: [['<h1>']], wrong: [['<h1>', '<title>']]},
	html: {right: [{pageScripts: 1, rootId: 'app'}], wrong: [{pageScripts: 2}, {pageScripts: 0}, {rootId: 'root'}]},
	ssrCalls: {right: [1], wrong: [0, 2]},
	noPollution: {right: [true], wrong: []},
};

for (const [member, {right, wrong}] of Object.entries(documentChecks)) {
	test(`the expectation \`${member}\` accepts what is right and reports what is wrong`, t => {
		for (const expected of right) {
			t.deepEqual(checkExpectation({[member]: expected}, htmlAnswer), [], JSON.stringify(expected));
		}

		for (const expected of wrong) {
			t.not(checkExpectation({[member]: expected}, htmlAnswer).length, 0, JSON.stringify(expected));
		}
	});
}

test('the expectation `json` compares the whole body', t => {
	t.deepEqual(checkExpectation({json: {ok: true}}, plainAnswer), []);
	t.is(checkExpectation({json: {ok: false}}, plainAnswer).length, 1);
	t.is(checkExpectation({json: {}}, plainAnswer).length, 1);
});

test('a page is read from an Inertia answer only, and a missing one is reported', t => {
	t.deepEqual(checkExpectation({page: {component: 'Home'}}, pageAnswer), []);
	t.is(checkExpectation({page: {component: 'Home'}}, plainAnswer).length, 1);
	t.is(checkExpectation({status: 200, propsExact: {a: 1}}, plainAnswer).length, 1);
});

test('a list of statuses makes the page checks conditional on a page', t => {
	t.deepEqual(checkExpectation({status: [200, 500], page: {component: 'Home'}}, plainAnswer), []);
	t.is(checkExpectation({status: [200, 500], page: {component: 'Other'}}, pageAnswer).length, 1);
});

test.serial('the expectation `noPollution` reports a polluted prototype', t => {
	Object.defineProperty(Object.prototype, 'polluted', {value: 'yes', configurable: true});
	const mismatches = checkExpectation({noPollution: true}, plainAnswer);
	Reflect.deleteProperty(Object.prototype, 'polluted');
	t.is(mismatches.length, 1);
});

const written = (expect: Expectation): Parameters<typeof readCase>[0] => ({
	id: 'example',
	area: 'self-check',
	title: 'Example',
	config: {version: 'v1'},
	routes: [{method: 'GET', path: '/x', action: {render: {component: 'Home', props: {a: {$fn: 1}}}}}],
	steps: [
		{parallel: [{request: {method: 'GET', path: '/x', headers: {}}, expect}]},
		{request: {method: 'GET', path: '/x', headers: {'X-Inertia': 'true', 'X-Inertia-Version': 'v1'}}, expect},
	],
});

test('a case reports the mismatches of each exchange with a real app', async t => {
	t.deepEqual(
		await runCase(readCase(written({status: 200, propsExact: {a: 1}, resolvedOnce: ['a'], handlerRan: true}))),
		[],
	);
	const mismatches = await runCase(readCase(written({status: 201, propsExact: {a: 2}, notResolved: ['a']})));
	t.deepEqual(mismatches, [
		'exchange 1.1: status: expected 201, got 200',
		'exchange 1.1: props.a: expected 2, got 1',
		'exchange 1.1: notResolved: a was called',
		'exchange 2.1: status: expected 201, got 200',
		'exchange 2.1: props.a: expected 2, got 1',
		'exchange 2.1: notResolved: a was called',
	]);
});

test('a raw request reaches the app with its target untouched', async t => {
	const request = {method: 'GET', path: '/\\x?a=<b>', headers: {'X-Inertia': 'true'}, raw: true};
	const mismatches = await runCase(
		readCase({
			id: 'raw',
			area: 'self-check',
			title: 'Raw',
			route: {method: 'GET', path: '/\\x', action: {body: {ok: true}}},
			request,
			expect: {status: 200, json: {ok: false}, handlerRan: true},
		}),
	);
	t.deepEqual(mismatches, ['exchange 1.1: json.ok: expected false, got true']);
});

test('a case with a member that the runner doesn’t know is refused', t => {
	const {steps: _, ...example} = written({status: 200});
	const request = {method: 'GET', path: '/x', headers: {}};
	t.throws(() => readCase({...example, request, expect: JSON.parse('{"stauts": 200}')}), {message: /stauts/});
	t.throws(() => readCase({...example, request, expect: {}, config: JSON.parse('{"verison": "v1"}')}), {
		message: /verison/,
	});
});
