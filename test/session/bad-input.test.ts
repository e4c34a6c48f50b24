import test from 'ava';
import type {Context} from 'koa';
import {OptionError} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {byPath, createObjectSessionApp, MemoryStore} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};
/** The members of a page that shows nothing out of a session. */
const plain = ['component', 'props', 'sharedProps', 'url', 'version'];
const home = (ctx: Context) => ctx.inertia.render('Home');
const encode = (json: string) => `koa.sess=${Buffer.from(json).toString('base64')}`;
/** The own properties of a value as text: `deepEqual` sees no `__proto__`. */
const write = (value: unknown) => JSON.stringify(value);

test('a session cookie that was tampered with shows nothing, and does no harm', async t => {
	const {agent, url, visit} = await createSessionApp(
		t,
		byPath({'/': home, '/save': ctx => ctx.inertia.flash({message: 'Saved.'})}),
		options,
	);
	const cookies = (await agent.post('/save')).get('Set-Cookie')!.map(cookie => cookie.split(';', 1)[0]!);
	const [session, signature] = cookies as [string, string];
	t.regex(signature, /^koa\.sess\.sig=/);
	const tampered = [
		session,
		`${session}; koa.sess.sig=`,
		`${session}; ${signature.slice(0, -1)}`,
		`${session}; ${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`,
		`${session.slice(0, -8)}; ${signature}`,
		`koa.sess=; ${signature}`,
		`${session.replace('=e', '=f')}; ${signature}`,
		`${encode('{"inertia":{"flash":{"message":"Mine."}}}')}; ${signature}`,
	];
	for (const cookie of tampered) {
		const response = await fetch(url, {headers: {cookie, 'X-Inertia': 'true'}});
		t.is(response.status, 200, cookie);
		t.deepEqual(Object.keys((await response.json()) as object).sort(), plain);
	}

	t.deepEqual((await visit('/')).body.flash, {message: 'Saved.'});
});

/** What the key `inertia` of a session holds, and the errors and the flash that a page has then. */
const stored: Array<[json: string, errors?: string, flash?: string]> = [
	...['7', '"text"', '[1]', '[{"flash":{"a":1}}]', 'true', 'null', '{}'].map((json): [string] => [json]),
	...['7', '"text"', '[1]', 'true', 'null'].map((json): [string] => [`{"flash":${json},"errors":${json}}`]),
	...['7', '"text"', '[1]', 'true', 'null'].map((json): [string] => [`{"errors":{"default":${json},"form":${json}}}`]),
	...['7', '[1]', '["1",2]', '{"b":"1"}', 'null'].map((json): [string] => [`{"errors":{"default":{"a":${json}}}}`]),
	['{"clearHistory":1,"preserveFragment":"true","encryptHistory":true}'],
	['{"component":"Other","props":{"a":1},"url":"//evil.example","version":"9","deferredProps":{"default":["a"]}}'],
	['{"errors":{"bad":{"a":7},"form":{"a":"1"},"default":{"b":["2","3"],"c":[]}}}', '{"form":{"a":"1"},"b":"2"}'],
	['{"errors":{"bad":7},"flash":{"a":null,"b":[1]}}', '{}', '{"a":null,"b":[1]}'],
	['{"__proto__":{"flash":{"polluted":1},"errors":{"default":{"polluted":"1"}},"clearHistory":true}}'],
	['{"constructor":{"prototype":{"polluted":1}}}'],
	['{"flash":{"__proto__":{"polluted":1}}}', '{}', '{"__proto__":{"polluted":1}}'],
	['{"flash":{"constructor":{"prototype":{"polluted":1}}}}', '{}', '{"constructor":{"prototype":{"polluted":1}}}'],
	['{"errors":{"__proto__":{"polluted":"1"}}}', '{"__proto__":{"polluted":"1"}}'],
	['{"errors":{"constructor":{"__proto__":"1"}}}', '{"constructor":{"__proto__":"1"}}'],
	['{"errors":{"default":{"__proto__":"1","constructor":"2"}}}', '{"__proto__":"1","constructor":"2"}'],
];
test('of a session that is not signed, a page shows what has the right shape and nothing else', async t => {
	const {url} = await createSessionApp(t, home, options, {signed: false});
	for (const [json, errors = '{}', flash] of stored) {
		const headers = {cookie: encode(`{"inertia":${json},"user":"Ada"}`)};
		const response = await fetch(url, {headers: {...headers, 'X-Inertia': 'true'}});
		t.is(response.status, 200, json);
		const page = JSON.parse(await response.text());
		t.is(write(page.props), `{"errors":${errors}}`, json);
		t.is(write(page.flash), flash as string, json);
		const known = [...plain, ...(flash ? ['flash'] : [])];
		t.deepEqual(Object.keys(page).sort(), known.sort(), json);
		t.is(write(readPage(await (await fetch(url, {headers})).text())), write(page), json);
		const [cookie = ''] = response.headers.getSetCookie();
		t.is(/inertia/.test(atob(cookie.split(/[=;]/)[1] ?? '')), false, json);
		if (page.flash) t.not(cookie, '');
		t.false('polluted' in {});
	}
});

test('a session cookie that holds no object shows nothing', async t => {
	const {url} = await createSessionApp(t, home, options, {signed: false});
	for (const json of ['7', '"text"', '[1]', 'true', 'null', '', '{']) {
		const response = await fetch(url, {headers: {cookie: encode(json), 'X-Inertia': 'true'}});
		t.is(response.status, 200, json);
		t.deepEqual(Object.keys((await response.json()) as object).sort(), plain);
		t.false('polluted' in {});
	}
});

test('what a session inherits is not shown, and not taken out', async t => {
	const inherited = {inertia: {flash: {message: 'Saved.'}, errors: {default: {a: '1'}}, clearHistory: true}};
	const {visit} = await createObjectSessionApp(t, home, options, Object.create(inherited));
	t.deepEqual(Object.keys((await visit('/')).body).sort(), plain);
	t.deepEqual(inherited.inertia.flash, {message: 'Saved.'});
});

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

test('a form whose name no cookie holds fails with `ERR_INERTIA_SESSION_SIZE`, and the next page shows nothing', async t => {
	const {agent, visit, errors} = await createSessionApp(
		t,
		byPath({
			'/': home,
			'/save': ctx => {
				ctx.inertia.errors({a: '1'});
				ctx.redirect('/');
			},
		}),
		{errorPage: 'Error'},
	);
	const response = await agent.post('/save').set({'X-Inertia': 'true', 'X-Inertia-Error-Bag': 'x'.repeat(8192)});
	t.like(response.body, {component: 'Error', props: {errors: {}, status: 500}});
	t.like(errors, {length: 1, 0: {code: 'ERR_INERTIA_SESSION_SIZE'}});
	t.deepEqual((await visit('/')).body.props.errors, {});
});

test('fields and flashed values may have any name', async t => {
	const fields = '{"__proto__":"1","constructor":"2","наименование":"3","名.0.字":"4","😀":"5","":"6"}';
	for (const bag of ['default', '__proto__', 'форма']) {
		const {agent, visit} = await createSessionApp(
			t,
			byPath({
				'/': home,
				'/save': ctx => {
					ctx.inertia.errors(JSON.parse(fields), {bag});
					ctx.inertia.errors(JSON.parse('{"__proto__":"7"}'), {bag});
					ctx.inertia.flash(JSON.parse(fields));
					ctx.inertia.flash(JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'));
				},
			}),
			options,
		);
		await agent.post('/save');
		const page = JSON.parse((await visit('/')).text);
		const errors = fields.replace('"1"', '"7"');
		t.is(write(page.props.errors), bag === 'default' ? errors : `{${write(bag)}:${errors}}`);
		t.is(write(page.flash), fields.replace('"2"', '{"prototype":{"polluted":1}}'));
		t.false('polluted' in {});
	}
});

const cycle: Record<string, unknown> = {};
cycle.deep = [{again: cycle}];
const wrongFlashes: Array<[name: string, flash: unknown, message: RegExp]> = [
	['`undefined`', undefined, /takes an object of values by name, received undefined/],
	['`null`', null, /received null/],
	['a string', 'Saved.', /received "Saved\."/],
	['a number', 7, /received 7/],
	['a BigInt', 7n, /received a bigint/],
	['a list', ['Saved.'], /received an array/],
	['a function', () => 'Saved.', /received a function/],
	['a date', new Date(0), /`ctx\.inertia\.flash`/],
	['an object that becomes a string', {toJSON: () => 'text'}, /`ctx\.inertia\.flash`/],
	['an object that becomes nothing', {toJSON: () => undefined}, /`ctx\.inertia\.flash`/],
	['a BigInt inside', {a: {count: 7n}}, /can't keep `a\.count` as JSON: it is a BigInt/],
	['a cycle', cycle, /can't keep `deep\.0\.again` as JSON: it contains itself/],
	['a `toJSON` that throws', {a: {toJSON: () => JSON.parse('?')}}, /can't keep `a` as JSON: its `toJSON` threw/],
];
for (const [name, flash, message] of wrongFlashes) {
	test(`\`flash\` of ${name} fails with \`ERR_INERTIA_OPTION\`, and leaves nothing`, async t => {
		const {visit, errors} = await createSessionApp(t, async ctx => {
			try {
				Reflect.apply(ctx.inertia.flash, ctx.inertia, [flash]);
			} catch (error) {
				ctx.app.emit('error', error, ctx);
			}

			await home(ctx);
		});
		t.false('flash' in (await visit('/')).body);
		t.like(errors[0], {code: 'ERR_INERTIA_OPTION'});
		t.true(errors[0] instanceof OptionError);
		t.regex((errors[0] as Error).message, message);
	});
}

test('a flash arrives as JSON leaves it, on a page of the same request too', async t => {
	const {agent, visit} = await createSessionApp(t, ctx => {
		const values = {
			date: new Date(0),
			none: undefined,
			call: () => 1,
			symbol: Symbol('a'),
			number: Number.NaN,
			map: new Map(),
		};
		ctx.inertia.flash(values);
		return ctx.method === 'GET' ? home(ctx) : ctx.redirect('/');
	});
	const {flash} = (await visit('/')).body;
	t.deepEqual(flash, {date: '1970-01-01T00:00:00.000Z', number: null, map: {}});
	await agent.post('/');
	t.deepEqual((await visit('/')).body.flash, flash);
});

test('a flash of nothing is none, and needs no session', async t => {
	const {agent, visit, errors} = await createApp(t, options, ctx => {
		ctx.inertia.flash({});
		ctx.inertia.flash({none: undefined});
		return ctx.method === 'GET' ? home(ctx) : ctx.redirect('/');
	});
	t.false('flash' in (await visit('/')).body);
	t.is((await agent.post('/')).status, 302);
	t.deepEqual(errors, []);
});

test('a flash of any size reaches the next page by a store, and a page of the same request by nothing', async t => {
	const text = 'x'.repeat(100_000);
	const handler = (ctx: Context) => {
		if (ctx.path !== '/') ctx.inertia.flash({text});
		return ctx.path === '/save' ? ctx.redirect('/') : home(ctx);
	};
	const {client} = await createSessionApp(t, handler, {}, {store: new MemoryStore()});
	t.deepEqual((await client.visit('/save')).page.flash, {text});
	const own = await (await createSessionApp(t, handler)).visit('/own');
	t.deepEqual(own.body.flash, {text});
	t.is(own.get('Set-Cookie'), undefined);
});
