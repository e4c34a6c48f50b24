import test from 'ava';
import type {Context} from 'koa';
import {readPage} from 'koa-inertia/testing';
import {byPath, createObjectSessionApp} from '../helpers/memory-store.ts';
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
