import test from 'ava';
import type {Context} from 'koa';
import {defer, type FieldErrors, OptionError} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';

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
	test(`errors in ${kind} are shown by the next page, once, by JSON and by a document`, async t => {
		for (const [name, calls, asked = '', shown = '', expected] of bags) {
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
			t.deepEqual((await visit('/').set(bagHeader(shown))).body.props.errors, expected, name);
			t.deepEqual((await visit('/').set(bagHeader(shown))).body.props.errors, {}, name);
			await agent.post('/save').set(bagHeader(asked));
			t.deepEqual<unknown, object>(readPage(await agent.get('/').set(bagHeader(shown))).props.errors, expected, name);
		}
	});

	test(`a new attempt takes the place of the errors of its form in ${kind}, and of no other`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': home,
				'/first': ctx => fail(ctx, [[{a: '1', b: '1'}], [{c: '1'}, 'login'], [{d: '1'}, 'other']]),
				'/second': ctx => fail(ctx, [[{a: '2'}], [{c: '2', e: '2'}, 'login'], [{f: '2'}, 'login']]),
			}),
		);
		await agent.post('/first');
		await agent.post('/second');
		t.deepEqual((await visit('/')).body.props.errors, {
			a: '2',
			login: {c: '2', e: '2', f: '2'},
			other: {d: '1'},
		});
	});

	test(`a partial reload carries the errors in ${kind}, whatever it asks for`, async t => {
		const {agent, client} = await create(t, byPath({'/': home, '/save': ctx => fail(ctx, [[{a: '1'}]])}), options);
		await client.open('/');
		for (const reload of [{only: ['name']}, {except: ['errors', 'name']}, {only: ['errors']}, {only: ['nothing']}]) {
			await agent.post('/save');
			t.deepEqual((await client.reload(reload)).page.props.errors, {a: '1'});
			t.deepEqual((await client.reload(reload)).page.props.errors, {});
		}
	});

	test(`with \`allErrors\` every message in ${kind} reaches the page, as a list`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({'/': home, '/save': ctx => fail(ctx, [[{a: ['1', '2'], b: '3', c: []}], [{d: ['4']}, 'login']])}),
			{...options, allErrors: true},
		);
		await agent.post('/save');
		t.deepEqual((await visit('/')).body.props.errors, {a: ['1', '2'], b: ['3'], login: {d: ['4']}});
	});
}

test('errors that were kept as a list are one message where `allErrors` is off by then, and the other way round', async t => {
	const inertia = {errors: {default: {a: ['1', '2'], b: '3'}}};
	for (const [allErrors, expected] of [
		[true, {a: ['1', '2'], b: ['3']}],
		[false, {a: '1', b: '3'}],
	] as const) {
		const {visit} = await createApp(t, {...options, allErrors}, home, app => {
			app.use((ctx, next) => {
				ctx.session = {inertia: structuredClone(inertia)};
				return next();
			});
		});
		t.deepEqual((await visit('/')).body.props.errors, expected);
	}
});

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

const wrongCalls: Array<[errors: unknown, options: unknown, message: RegExp]> = [
	[undefined, {}, /takes an object of messages by field, received undefined/],
	[null, {}, /received null/],
	['text', {}, /received "text"/],
	[['text'], {}, /received an array/],
	[{a: 7}, {}, /the field `a` must have a message or a list of messages, received 7/],
	[{a: null}, {}, /the field `a` .* received null/],
	[{a: {b: 'nested'}}, {}, /the field `a` .* received an object/],
	[{ok: 'yes', a: ['yes', 7]}, {}, /the field `a` .* received an array/],
	[{a: '1'}, {bag: ''}, /option `bag` must be a string that is not empty/],
	[{a: '1'}, {bag: 7}, /option `bag`/],
	[{a: '1'}, {bags: 'x'}, /no option `bags`.* `bag`/],
	[{a: '1'}, null, /takes an object of options/],
];
test('`errors` refuses what are no messages with `ERR_INERTIA_OPTION`, and leaves nothing', async t => {
	for (const [errors, bag, message] of wrongCalls) {
		const {visit, errors: reported} = await createApp(t, options, async ctx => {
			try {
				Reflect.apply(ctx.inertia.errors, ctx.inertia, [errors, bag]);
			} catch (error) {
				ctx.app.emit('error', error, ctx);
			}

			await home(ctx);
		});
		t.deepEqual((await visit('/')).body.props.errors, {});
		t.true(reported[0] instanceof OptionError);
		t.regex((reported[0] as Error).message, message);
	}
});
