import test, {type ExecutionContext} from 'ava';
import type Koa from 'koa';
import type {Context, Middleware} from 'koa';
import {type CsrfOptions, csrf, type InertiaOptions, OptionError} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createSessionApp} from '../helpers/session-app.ts';

type Headers = Readonly<Record<string, string>>;

const options = {version: null, hotFile: false} as const;
const own = {host: 'own.example'};
const asVisit = {...own, 'x-inertia': 'true'};
const unsafe = ['post', 'put', 'patch', 'delete'] as const;
const forbidden = 'The request came from another site.';

/** Behind `csrf()`, a handler that counts what got through. */
function createGuard(given?: CsrfOptions): {handler: Middleware; changes: string[]} {
	const guard = csrf(given);
	const changes: string[] = [];
	const change = async (ctx: Context): Promise<void> => {
		changes.push(ctx.method);
		ctx.body = 'changed';
	};
	const handler: Middleware = async ctx => {
		if (ctx.method === 'GET' && ctx.path === '/page') await ctx.inertia.render('Page');
		else await guard(ctx, () => change(ctx));
	};
	return {handler, changes};
}

interface Guarded extends RunningApp {
	/** The methods that reached the handler. */
	readonly changes: readonly string[];
}

async function createGuarded(t: ExecutionContext, given?: CsrfOptions, more: InertiaOptions = {}): Promise<Guarded> {
	const {handler, changes} = createGuard(given);
	return {...(await createApp(t, {...options, ...more}, handler)), changes};
}

async function createGuardedSession(t: ExecutionContext, given?: CsrfOptions): Promise<Guarded> {
	const {handler, changes} = createGuard(given);
	return {...(await createSessionApp(t, handler, {hotFile: false})), changes};
}

const passing: Headers[] = [
	{},
	{'sec-fetch-site': 'same-origin'},
	{'sec-fetch-site': 'none'},
	{'sec-fetch-site': 'same-origin', origin: 'http://own.example'},
	// A proxy in front changed the host; what the browser says counts.
	{'sec-fetch-site': 'same-origin', origin: 'https://public.example'},
	{'sec-fetch-site': 'same-origin', origin: 'null'},
	{origin: 'http://own.example'},
	{origin: 'https://own.example'},
	{origin: 'http://own.example:80'},
	{origin: 'https://own.example:443'},
	{origin: 'http://OWN.example'},
	{host: 'own.example:8080', origin: 'https://own.example:8080'},
	{host: 'own.example:443', origin: 'https://own.example'},
	{host: '[::1]:3000', origin: 'http://[::1]:3000'},
	{referer: 'https://evil.example/'},
];
const refused: Headers[] = [
	{'sec-fetch-site': 'cross-site'},
	{'sec-fetch-site': 'same-site'},
	{'sec-fetch-site': ''},
	{'sec-fetch-site': 'unknown'},
	{'sec-fetch-site': 'same-origin, cross-site'},
	{'sec-fetch-site': 'cross-site', origin: 'http://own.example'},
	{'sec-fetch-site': 'same-site', origin: 'http://sub.own.example'},
	{'sec-fetch-site': 'cross-site', origin: 'null'},
	{origin: 'null'},
	{origin: ''},
	{origin: 'own.example'},
	{origin: '/'},
	{origin: '//own.example'},
	{origin: 'https://evil.example'},
	{origin: 'http://own.example:8080'},
	{origin: 'https://own.example:80'},
	{origin: 'http://sub.own.example'},
	{origin: 'http://own.example.evil.example'},
	{origin: 'http://own.example@evil.example'},
	{origin: 'https://evil.example, http://own.example'},
	{origin: 'http://own.example, https://evil.example'},
	{origin: 'file://own.example'},
	{origin: 'chrome-extension://own.example'},
	{origin: 'javascript://own.example'},
	{origin: 'http://[::1'},
	{host: 'own.example:8080', origin: 'http://own.example'},
	{'x-forwarded-host': 'evil.example', origin: 'https://evil.example'},
];
for (const headers of passing) {
	test(`a request with ${JSON.stringify(headers)} may change something`, async t => {
		const {agent, changes, errors} = await createGuarded(t);
		for (const method of unsafe) {
			for (const kind of [own, asVisit]) {
				t.is((await agent[method]('/').set({...kind, ...headers})).text, 'changed');
			}
		}
		t.deepEqual(changes, ['POST', 'POST', 'PUT', 'PUT', 'PATCH', 'PATCH', 'DELETE', 'DELETE']);
		t.deepEqual(errors, []);
	});
}

for (const headers of refused) {
	test(`a request with ${JSON.stringify(headers)} gets a 403, or goes back where there is a session`, async t => {
		const bare = await createGuarded(t);
		const kept = await createGuardedSession(t);
		for (const method of unsafe) {
			for (const request of [
				bare.agent[method]('/').set({...own, ...headers}),
				bare.agent[method]('/').set({...asVisit, ...headers}),
				kept.agent[method]('/').set({...own, ...headers}),
			]) {
				const {status, text, headers: received} = await request;
				t.deepEqual([status, text, received['set-cookie']], [403, forbidden, undefined]);
			}

			const {status, headers: received} = await kept.agent[method]('/').set({...asVisit, ...headers});
			t.deepEqual([status, received.location], [method === 'post' ? 302 : 303, '/']);
		}
		t.deepEqual([bare.changes, kept.changes], [[], []]);
	});
}

test('requests that change nothing pass from everywhere', async t => {
	const {agent, changes} = await createGuarded(t);
	for (const method of ['get', 'head', 'options'] as const) {
		for (const headers of refused) t.is((await agent[method]('/').set({...own, ...headers})).status, 200);
	}
	t.is(changes.length, 3 * refused.length);
});

test('another method than those of forms is refused too, and no override makes it another', async t => {
	const {agent, changes} = await createGuarded(t);
	const headers = {...own, 'sec-fetch-site': 'cross-site', 'x-http-method-override': 'GET'};
	for (const method of ['propfind', 'lock', 'post'] as const) t.is((await agent[method]('/').set(headers)).status, 403);
	t.is((await agent.post('/?_method=GET').set(headers)).status, 403);
	t.deepEqual(changes, []);
});

const origins: Array<[origin: string, isTrusted: boolean]> = [
	['https://login.example', true],
	['http://login.example', false],
	['https://login.example:8443', false],
	['https://login.example.evil.example', false],
	['https://sub.login.example', false],
	['http://localhost:5173', true],
	['capacitor://localhost', true],
	['capacitor://localhost.evil', false],
];
for (const [origin, isTrusted] of origins) {
	test(`a form of ${origin} is ${isTrusted ? 'trusted' : 'refused'} where others are trusted by name`, async t => {
		const given = Object.freeze({
			trustedOrigins: Object.freeze(['https://login.example', 'http://localhost:5173', 'capacitor://localhost']),
		});
		const {agent} = await createGuarded(t, given);
		const status = isTrusted ? 200 : 403;
		for (const headers of [{}, {'sec-fetch-site': 'cross-site'}, {'sec-fetch-site': 'same-site'}]) {
			t.is((await agent.post('/').set({...own, ...headers, origin})).status, status);
		}

		// Trust in one host takes it from no other.
		t.is((await agent.post('/').set({...own, origin: 'http://own.example'})).status, 200);
		t.is((await agent.post('/').set({...own, 'sec-fetch-site': 'cross-site'})).status, 403);
	});
}

test('behind a proxy the forwarded host is the own one', async t => {
	const {handler} = createGuard();
	const {agent} = await createApp(t, options, handler, (app: Koa) => {
		app.proxy = true;
	});
	const headers = {...own, 'x-forwarded-host': 'public.example'};
	t.is((await agent.post('/').set({...headers, origin: 'https://public.example'})).status, 200);
	t.is((await agent.post('/').set({...headers, origin: 'https://own.example'})).status, 403);
});

test('a refused visit goes back to its page with a flash, which is there once', async t => {
	const {agent, errors} = await createGuardedSession(t);
	const headers = {...asVisit, 'sec-fetch-site': 'cross-site', referer: 'http://own.example/page?x=1'};
	t.is((await agent.delete('/').set(headers)).headers.location, '/page?x=1');
	const page = readPage(await agent.get('/page').set(asVisit));
	t.deepEqual(page.flash, {error: 'The request came from another site, so nothing was changed. Try again.'});
	t.is(readPage(await agent.get('/page').set(asVisit)).flash, undefined);
	t.deepEqual(errors, []);
});

test('a refused visit from another site goes back to none of its pages', async t => {
	const {agent} = await createGuardedSession(t);
	for (const referer of ['https://evil.example/x', '//evil.example', '']) {
		const headers = {...asVisit, origin: 'https://evil.example', referer};
		t.is((await agent.post('/').set(headers)).headers.location, '/');
	}
});

test('`flash` of one’s own takes the place of the message', async t => {
	const flash = {toast: {kind: 'error', text: 'Please try again.'}};
	const {agent} = await createGuardedSession(t, {flash});
	await agent.post('/').set({...asVisit, origin: 'null'});
	t.deepEqual(readPage(await agent.get('/page').set(asVisit)).flash, flash);
});

test('a refused form leaves a session as it is', async t => {
	const {agent} = await createGuardedSession(t);
	await agent.post('/').set({...asVisit, origin: 'null'});
	t.is((await agent.post('/').set({...own, origin: 'null'})).headers['set-cookie'], undefined);
	t.truthy(readPage(await agent.get('/page').set(asVisit)).flash);
});

test('a refusal is an error page where the application has one', async t => {
	const {agent} = await createGuarded(t, {}, {errorPage: 'Error'});
	const response = await agent.post('/').set({...asVisit, origin: 'null'});
	t.is(response.status, 403);
	t.like(readPage(response), {component: 'Error', props: {status: 403, message: forbidden}});
});

test('`csrf` refuses at start to flash what JSON cannot hold', t => {
	t.throws(() => csrf({flash: {id: 1n}}), {instanceOf: OptionError, message: /can't keep `id` as JSON/});
});

const wrong: Array<[given: unknown, message: RegExp]> = [
	[{trustedOrigin: ['https://a.example']}, /no option `trustedOrigin`.*trustedOrigins/],
	[{trustedOrigins: 'https://a.example'}, /`trustedOrigins` must be a list of origins/],
	...['a.example', 'https://a.example/', 'https://a.example/x', 'https://A.example', 'null', '*', '', 42, null].map(
		(origin): [unknown, RegExp] => [{trustedOrigins: [origin]}, /`trustedOrigins` must be a list of origins/],
	),
	[{trustedOrigins: ['https://a.example:443']}, /`trustedOrigins`/],
	[{flash: 'No.'}, /`flash` must be an object of values by name/],
	[{flash: ['No.']}, /`flash` must be an object of values by name/],
	[{flash: null}, /`flash` must be/],
	[{trustedOrigins: ['capacitor://localhost/']}, /`trustedOrigins`/],
	[null, /takes an object of options/],
	['https://a.example', /takes an object of options/],
];
for (const [given, message] of wrong) {
	test(`\`csrf\` refuses ${JSON.stringify(given)}`, t => {
		t.throws(() => csrf(given as CsrfOptions), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message});
	});
}
