import test from 'ava';
import type {Action, CaseRequest, Config, Expectation} from './case-format.ts';
import type {JsonObject} from './json.ts';
import {type Part, partsOf} from './parts.ts';
import {describePending} from './pending.ts';
import {readCase} from './read-cases.ts';

type Given = {
	action?: Action;
	config?: Config;
	method?: string;
	headers?: CaseRequest['headers'];
	expect?: Expectation;
};

const inertiaHeaders = {'X-Inertia': 'true'};

const exampleCase = ({action = {body: 'x'}, config = {}, method = 'GET', headers = inertiaHeaders, expect}: Given) =>
	readCase({
		id: 'example',
		area: 'self-check',
		title: 'Example',
		config,
		route: {method, path: '/x', action},
		request: {method, path: '/x?a', headers},
		expect: expect ?? {status: 200},
	});

const render = (props: JsonObject): Action => ({render: {component: 'Home', props}});
const partial = {...inertiaHeaders, 'X-Inertia-Partial-Component': 'Home', 'X-Inertia-Partial-Data': 'a'};

const examples: [name: string, given: Given, parts: Part[]][] = [
	['a page of plain values', {action: render({a: 1, b: {c: [null, {d: 1}]}})}, []],
	['a function at the top level', {action: render({a: {$fn: {b: 1}}, c: {$async: 1}})}, []],
	['a function inside an object', {action: render({a: {b: {$fn: 1}}})}, ['props']],
	['a function inside a list of a function', {action: render({a: {$fn: [{b: {$fn: 1}}]}})}, ['props']],
	['a kind', {action: render({a: {$defer: 1}})}, ['props']],
	['a kind in shared props', {config: {shared: {a: {$once: 1}}}}, ['props']],
	['a dotted name', {action: render({'a.b': 1})}, ['props']],
	['a partial reload', {action: render({a: 1}), headers: partial, expect: {propsExact: {a: 1}}}, ['props']],
	['a partial reload that only meets the version', {action: render({}), headers: partial}, []],
	['a list of shared props', {action: render({}), expect: {page: {sharedProps: ['errors']}}}, ['props']],
	['waiting flash', {config: {flash: {a: 1}}}, ['session']],
	['waiting errors', {config: {errors: {a: 'b'}}}, ['session']],
	['an error bag', {headers: {...inertiaHeaders, 'X-Inertia-Error-Bag': 'a'}}, ['session']],
	['flash with a redirect', {action: {redirect: {to: '/', flash: {a: 1}}}}, ['session']],
	['a cleared history', {action: {redirect: {to: '/', clearHistory: true}}}, ['session', 'history']],
	[
		'an encrypted history',
		{action: {render: {component: 'A', props: {}, options: {encryptHistory: true}}}},
		['history'],
	],
	['a redirect after GET', {action: {redirect: {to: '/users'}}}, []],
	['a redirect after PUT', {action: {redirect: {to: '/users'}}, method: 'PUT'}, ['redirects']],
	['a 303 after PUT', {action: {redirect: {to: '/users', status: 303}}, method: 'PUT'}, []],
	['a redirect to a fragment', {action: {redirect: {to: '/users#a'}}}, ['redirects']],
	['a redirect to another host', {action: {redirect: {to: 'https://other.test/'}}}, ['redirects']],
	['a redirect of a plain request', {action: {redirect: {to: '/users#a'}}, method: 'PUT', headers: {}}, []],
	['an empty answer', {action: {nothing: true}}, ['redirects']],
	['an empty answer to a plain request', {action: {nothing: true}, headers: {}}, []],
	['a location', {action: {location: '/x'}}, ['redirects']],
	['a renderer', {config: {ssr: {down: true}}}, ['ssr']],
	['precognition', {action: {precognition: {errors: {}}, redirect: {to: '/'}}}, ['precognition']],
];

for (const [name, given, parts] of examples) {
	test(`${name} needs ${parts.length === 0 ? 'no later part' : parts.join(' and ')}`, t => {
		t.deepEqual(partsOf(exampleCase(given)), parts);
	});
}

test('the pending list groups cases by part, with counts', t => {
	const definitions = [exampleCase({}), exampleCase({config: {ssr: {down: true}}})];
	t.deepEqual(describePending(definitions, new Set<Part>(['props', 'ssr'])), [
		'1 of 2 cases wait for a part (one that needs two is listed twice)',
		'ssr (1): example',
	]);
	t.deepEqual(describePending(definitions, new Set()), [
		'0 of 2 cases wait for a part (one that needs two is listed twice)',
	]);
});
