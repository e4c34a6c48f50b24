import test from 'ava';
import type {Context} from 'koa';
import {defer, type FieldErrors} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath, MemoryStore, sessionKinds} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};
const home = (ctx: Context) => ctx.inertia.render('Home', {name: 'Ada', later: defer(() => 'later')});
const bagHeader = (bag: string) => ({'X-Inertia-Error-Bag': bag});

/** What one request says of its errors, one list for each call. */
type Calls = ReadonlyArray<[errors: FieldErrors, bag?: string]>;

function fail(ctx: Context, calls: Calls): void {
	for (const [errors, bag] of calls) {
		if (bag === undefined) ctx.inertia.errors(errors);
		else ctx.inertia.errors(errors, {bag});
	}
}

/** The errors of a page: what the calls leave, the name of the form in the request, and that in the page's. */
const bags: Array<[name: string, calls: Calls, asked: string | undefined, shown: string | undefined, errors: object]> =
	[
		['no form is flat', [[{a: '1'}]], undefined, undefined, {a: '1'}],
		['no form is under the form of the page', [[{a: '1'}]], undefined, 'login', {login: {a: '1'}}],
		['a form of the request is under it', [[{a: '1'}]], 'login', 'login', {login: {a: '1'}}],
		['a form of the request is under it on a page of none', [[{a: '1'}]], 'login', undefined, {login: {a: '1'}}],
		['a form of the request is under it on a page of another', [[{a: '1'}]], 'login', 'other', {login: {a: '1'}}],
		['a form of the option is under it', [[{a: '1'}, 'login']], undefined, undefined, {login: {a: '1'}}],
		['a form of the option wins over that of the request', [[{a: '1'}, 'x']], 'login', 'login', {x: {a: '1'}}],
		['the form `default` of the option is flat', [[{a: '1'}, 'default']], 'login', undefined, {a: '1'}],
		[
			'the form `default` of the option is under the form of the page',
			[[{a: '1'}, 'default']],
			'login',
			'login',
			{login: {a: '1'}},
		],
		[
			'two forms stand side by side',
			[
				[{a: '1'}, 'x'],
				[{a: '2'}, 'y'],
			],
			undefined,
			undefined,
			{x: {a: '1'}, y: {a: '2'}},
		],
		['a form and none stand side by side', [[{a: '1'}, 'x'], [{b: '2'}]], undefined, undefined, {x: {a: '1'}, b: '2'}],
		[
			'a form and none stand under their names',
			[
				[{a: '1'}, 'x'],
				[{b: '2'}, 'default'],
			],
			undefined,
			'y',
			{x: {a: '1'}, y: {b: '2'}},
		],
		['several calls add up', [[{a: '1', b: '1'}], [{b: '2', c: '2'}]], undefined, undefined, {a: '1', b: '2', c: '2'}],
		[
			'several calls of a form add up',
			[
				[{a: '1'}, 'x'],
				[{b: '2'}, 'x'],
			],
			undefined,
			undefined,
			{x: {a: '1', b: '2'}},
		],
		['a list is its first message', [[{a: ['1', '2']}]], undefined, undefined, {a: '1'}],
		['an empty list is no error', [[{a: [], b: '1'}]], undefined, undefined, {b: '1'}],
		['no field is no error', [[{}]], undefined, undefined, {}],
		[
			'dotted fields stay dotted',
			[[{'items.0.name': '1', items: '2'}]],
			undefined,
			undefined,
			{'items.0.name': '1', items: '2'},
		],
	];
for (const [kind, create] of sessionKinds) {
	for (const [name, calls, asked = '', shown = '', expected] of bags) {
		test(`of errors in ${kind}, ${name}, once, by JSON and by a document`, async t => {
			const {agent, visit} = await create(
				t,
				byPath({
					'/': home,
					'/save': ctx => {
						fail(ctx, calls);
						ctx.redirect('/');
					},
				}),
				options,
			);
			await agent.post('/save').set(bagHeader(asked));
			t.deepEqual((await visit('/').set(bagHeader(shown))).body.props.errors, expected);
			t.deepEqual((await visit('/').set(bagHeader(shown))).body.props.errors, {});
			await agent.post('/save').set(bagHeader(asked));
			t.deepEqual<unknown, object>(readPage(await agent.get('/').set(bagHeader(shown))).props.errors, expected);
		});
	}
}

test('errors of a form stay beside those of none, where the page asks for them all under its name', async t => {
	const {visit} = await createApp(t, options, ctx => {
		fail(ctx, [
			[{a: '1'}, 'login'],
			[{b: '2'}, 'default'],
		]);
		return home(ctx);
	});
	t.deepEqual((await visit('/').set(bagHeader('login'))).body.props.errors, {login: {a: '1', b: '2'}});
});

/** The own properties of a value as text: `deepEqual` sees no `__proto__`. */
const write = (value: unknown) => JSON.stringify(value);

const names = ['__proto__', 'constructor', 'toString', 'größe', 'a, b', 'x'.repeat(8192)];
test('a form may have any name, in `errors()` and in the header of both requests', async t => {
	const {agent, visit} = await createSessionApp(
		t,
		byPath({
			'/': home,
			'/header': ctx => ctx.inertia.errors({a: '1'}),
			'/option': ctx => ctx.inertia.errors({a: '1'}, {bag: ctx.get('X-Name')}),
			'/default': ctx => ctx.inertia.errors({a: '1'}, {bag: 'default'}),
		}),
		options,
		{store: new MemoryStore()},
	);
	for (const name of names) {
		for (const path of ['/header', '/option', '/default']) {
			const header = path === '/option' ? 'X-Name' : 'X-Inertia-Error-Bag';
			t.is((await agent.post(path).set(header, name)).status, 404);
			const {text} = await visit('/').set('X-Inertia-Error-Bag', name);
			t.is(write(JSON.parse(text).props.errors), `{${write(name)}:{"a":"1"}}`);
			t.is((await visit('/')).text.includes('"errors":{}'), true);
			t.false('a' in {});
		}
	}
});
