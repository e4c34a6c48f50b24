import {once} from 'node:events';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import mount from 'koa-mount';
import type supertest from 'supertest';
import {createApp} from '../helpers/app.ts';
import {assertAsByKoa} from '../helpers/as-by-koa.ts';

const options = {version: 'a', hotFile: false} as const;
const own = {host: 'own.example'};
const asVisit = {...own, 'x-inertia': 'true', 'x-inertia-version': 'a'};
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const redirectHeaders = ['location', 'x-inertia-location', 'x-inertia-redirect', 'x-inertia', 'x-inertia-version'];

interface Asked {
	readonly method?: (typeof methods)[number] | 'head';
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** What an answer says of where to go on, and nothing that it doesn't say. */
function describe({status, headers}: supertest.Response): object {
	const found = redirectHeaders.filter(name => headers[name] !== undefined);
	return {status, ...Object.fromEntries(found.map(name => [name, headers[name]]))};
}

/** Asserts an empty 409 with one header that names where to go, and nothing that makes it a page or an old build. */
function assertConflict(t: ExecutionContext, response: supertest.Response, header: string, url: string): void {
	t.deepEqual(describe(response), {status: 409, [header]: url});
	t.deepEqual([response.text, response.headers['content-type'], response.headers.vary], ['', undefined, 'X-Inertia']);
}

async function ask(t: ExecutionContext, handler: Middleware, asked: Asked = {}): Promise<supertest.Response> {
	const {agent, errors} = await createApp(t, options, handler);
	const {method = 'get', path = '/notes/1', headers = asVisit} = asked;
	const response = await agent[method](path).set(headers);
	t.deepEqual(errors, []);
	return response;
}

const redirectTo =
	(target: string, status = 302): Middleware =>
	ctx => {
		ctx.status = status;
		ctx.redirect(target);
		ctx.cookies.set('seen', 'yes');
	};

const leaving: Array<[target: string, location: string]> = [
	['https://other.example/x?y=1', 'https://other.example/x?y=1'],
	['https://other.example/x#part', 'https://other.example/x#part'],
	['//other.example/x', '//other.example/x'],
	['//other.example//own.example#part', '//other.example//own.example#part'],
	['///other.example/x', '//other.example/x'],
	['http://own.example:8080/x', 'http://own.example:8080/x'],
	['http://own.example.other.example/', 'http://own.example.other.example/'],
	['http://own.example@other.example/', 'http://own.example@other.example/'],
	['https://m\u00fcnchen.example/\u00fc#\u00e4', 'https://xn--mnchen-3ya.example/%C3%BC#%C3%A4'],
	['https://other.example/a\r\nX-Evil: 1', 'https://other.example/aX-Evil:%201'],
];
for (const [target, location] of leaving) {
	test(`a redirect of a visit to ${JSON.stringify(target)} becomes a location answer`, async t => {
		const response = await ask(t, redirectTo(target));
		assertConflict(t, response, 'x-inertia-location', location);
		t.regex(String(response.headers['set-cookie']), /^seen=yes;/);
	});
}

const fragments: Array<[target: string, redirect: string]> = [
	['/users#list', '/users#list'],
	['edit#name', '/notes/edit#name'],
	['#name', '/notes/1#name'],
	['?page=2#list', '/notes/1?page=2#list'],
	['http://own.example/users?x=1#list', '/users?x=1#list'],
	['https://OWN.example:443/users#list', '/users#list'],
	['//own.example/users#list', '/users#list'],
	['http://own.example//evil.example#x', '/.//evil.example#x'],
	['//own.example/\\evil.example#x', '/.//evil.example#x'],
	['/\t/evil.example#x', '/%09/evil.example#x'],
	['/#//evil.example', '/#//evil.example'],
	['/caf\u00e9#\u00e4\u2028', '/caf%C3%A9#%C3%A4%E2%80%A8'],
	['/a\r\nX-Evil: 1#x', '/a%0D%0AX-Evil:%201#x'],
];
for (const [target, redirect] of fragments) {
	test(`a redirect of a visit to ${JSON.stringify(target)} is given to the client as ${redirect}`, async t => {
		const response = await ask(t, redirectTo(target));
		assertConflict(t, response, 'x-inertia-redirect', redirect);
		t.regex(String(response.headers['set-cookie']), /^seen=yes;/);
		t.is(new URL(redirect, 'https://own.example/notes/1').host, 'own.example');
	});
}

const kept: Array<[target: string, location: string]> = [
	['/users', '/users'],
	['edit', 'edit'],
	['http://own.example/users', 'http://own.example/users'],
	['https://own.example/users', 'https://own.example/users'],
	['https://OWN.example/users', 'https://own.example/users'],
	['http://OWN.example/users', 'http://own.example/users'],
	['http://own.example:80/users', 'http://own.example/users'],
	['//own.example/users', '//own.example/users'],
	['javascript:alert(1)', 'javascript:alert(1)'],
	['javascript:alert(1)#x', 'javascript:alert(1)#x'],
	['JavaScript://own.example/%0Aalert(1)#x', 'JavaScript://own.example/%0Aalert(1)#x'],
	['data:text/html,x', 'data:text/html,x'],
	['mailto:a@own.example', 'mailto:a@own.example'],
	['//own.example:port/#x', '//own.example:port/#x'],
];
for (const [target, location] of kept) {
	test(`a redirect of a visit to ${target} stays a redirect`, async t => {
		t.deepEqual(describe(await ask(t, redirectTo(target))), {status: 302, location});
	});
}

for (const method of ['put', 'patch', 'delete'] as const) {
	for (const status of [301, 302]) {
		test(`a ${status} after a ${method.toUpperCase()} of a visit becomes a 303`, async t => {
			t.deepEqual(describe(await ask(t, redirectTo('/users', status), {method})), {status: 303, location: '/users'});
			const plain = await ask(t, redirectTo('/users', status), {method, headers: own});
			t.deepEqual(describe(plain), {status, location: '/users'});
		});
	}
}

test('a redirect without a fragment stays a 302 for GET and POST', async t => {
	for (const method of ['get', 'post'] as const) {
		t.deepEqual(describe(await ask(t, redirectTo('/users'), {method})), {status: 302, location: '/users'}, method);
	}
});

for (const status of [301, 303, 307, 308]) {
	test(`a ${status} within the site stays a ${status}`, async t => {
		for (const method of status === 301 ? (['get', 'post'] as const) : methods) {
			t.deepEqual(describe(await ask(t, redirectTo('/users', status), {method})), {status, location: '/users'}, method);
		}
	});
}

for (const status of [301, 302, 303, 307, 308]) {
	test(`a ${status} to another host leaves the pages of the client`, async t => {
		for (const method of methods) {
			const response = await ask(t, redirectTo('https://other.example/', status), {method});
			assertConflict(t, response, 'x-inertia-location', 'https://other.example/');
		}

		const plain = await ask(t, redirectTo('https://other.example/', status), {headers: own});
		t.deepEqual(describe(plain), {status, location: 'https://other.example/'});
	});

	test(`a ${status} with a fragment is handed to the client`, async t => {
		for (const method of methods) {
			const response = await ask(t, redirectTo('/users?page=2#list', status), {method});
			assertConflict(t, response, 'x-inertia-redirect', '/users?page=2#list');
		}
	});
}

test('a redirect to another host keeps cookies and other headers', async t => {
	const response = await ask(t, ctx => {
		ctx.cookies.set('basket', '3');
		ctx.set('X-Request-Id', '7');
		ctx.redirect('http://shop.example/');
	});
	assertConflict(t, response, 'x-inertia-location', 'http://shop.example/');
	t.deepEqual(response.get('Set-Cookie'), ['basket=3; path=/; httponly']);
	t.is(response.headers['x-request-id'], '7');
});

test('`//own.example` is another host where the port differs', async t => {
	const response = await ask(t, redirectTo('//own.example/users'), {headers: {...asVisit, host: 'own.example:8080'}});
	assertConflict(t, response, 'x-inertia-location', '//own.example/users');
});

const noRedirects: Array<[name: string, answer: (ctx: Context) => void, status: number]> = [
	['`Location` on a 201', ctx => ctx.set('Location', 'http://shop.example/'), 201],
	['a 302 without `Location`', () => undefined, 302],
	['`Location` that is no URL', ctx => ctx.set('Location', 'http://sh op.example/'), 302],
	['`Location` that runs code', ctx => ctx.set('Location', 'javascript:alert(1)'), 302],
];
for (const [name, answer, status] of noRedirects) {
	test(`${name} is left as it is`, async t => {
		const response = await ask(t, ctx => {
			ctx.status = status;
			ctx.body = 'text';
			answer(ctx);
		});
		t.is(response.status, status);
		t.is(response.headers['x-inertia-location'], undefined);
		t.is(response.headers['x-inertia-redirect'], undefined);
	});
}

for (const [name, value] of [
	['Purpose', 'prefetch'],
	['Sec-Purpose', 'prefetch'],
	['Sec-Purpose', 'prefetch;prerender'],
] as const) {
	test(`a prefetch with \`${name}: ${value}\` is redirected to a fragment as ever, and to another host by a 409`, async t => {
		const headers = {...asVisit, [name]: value};
		const fragment = await ask(t, redirectTo('/users#list'), {headers});
		t.deepEqual(describe(fragment), {status: 302, location: '/users#list'});
		t.is((await ask(t, redirectTo('https://other.example/'), {headers})).status, 409);
	});
}

test('a mounted application keeps its prefix', async t => {
	const response = await ask(t, mount('/admin', redirectTo('edit#name')), {path: '/admin/notes/1'});
	t.deepEqual(describe(response), {status: 409, 'x-inertia-redirect': '/admin/notes/edit#name'});
});

for (const target of ['/users', '/users#list', 'https://other.example/']) {
	test(`a redirect to ${target} after a page was rendered has nothing of the page`, async t => {
		const response = await ask(t, async ctx => {
			await ctx.inertia.render('Home', {secret: 'x'.repeat(100)});
			ctx.redirect(target);
		});
		t.notRegex(response.text, /secret/);
		t.is(response.headers['x-inertia'], undefined);
		t.is(response.headers['x-inertia-version'], undefined);
		t.is(response.status, target === '/users' ? 302 : 409);
	});
}

test('a redirect by hand with a JSON body becomes a 409 with an empty body', async t => {
	const response = await ask(t, ctx => {
		ctx.status = 303;
		ctx.set('Location', 'https://other.example/');
		ctx.body = {moved: true};
	});
	t.deepEqual(describe(response), {status: 409, 'x-inertia-location': 'https://other.example/'});
	t.is(response.text, '');
	t.is(response.headers['content-type'], undefined);
});

const byHand: Array<[name: string, handler: Middleware, expected: [number, string]]> = [
	['after headers were sent', ctx => sendByHand(ctx, () => ctx.redirect('https://other.example/')), [200, 'sent']],
	['after the response ended', ctx => sendByHand(ctx, () => {}, true), [200, 'sent']],
	['of a response by hand', ctx => answerByHand(ctx, 307), [307, '']],
	['of a response that is sent later', ctx => answerByHand(ctx, 302, 20), [302, '']],
];
for (const [name, handler, [status, text]] of byHand) {
	test(`a redirect ${name} is left alone`, async t => {
		const response = await ask(t, handler, {method: 'put'});
		t.is(response.status, status);
		t.is(response.text, text);
		t.is(response.headers['x-inertia-location'], undefined);
	});
}

for (const target of ['/users', '/users#list', 'https://other.example/#x', 'javascript:alert(1)']) {
	test(`a plain request that is redirected to ${target} is left to Koa`, async t => {
		for (const method of [...methods, 'head'] as const) {
			await assertAsByKoa(t, redirectTo(target), method, own);
		}
	});
}

test('a request without `Host` is redirected on this site', async t => {
	const {url} = await createApp(t, {version: null}, ctx => ctx.redirect('/home'));
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	await once(socket, 'connect');
	socket.write('POST /save HTTP/1.0\r\nX-Inertia: true\r\n\r\n');
	const answer = await text(socket);
	t.regex(answer, /^HTTP\/1\.1 302 /);
	t.regex(answer, /^Location: \/home\r$/m);
	t.notRegex(answer, /X-Inertia-Location/);
});

function sendByHand(ctx: Context, between: () => void, isRedirectedLate = false): void {
	ctx.res.writeHead(200, {'Content-Type': 'text/plain'});
	ctx.res.write('se');
	between();
	ctx.res.end('nt');
	if (isRedirectedLate) ctx.redirect('https://other.example/');
}

function answerByHand(ctx: Context, status: number, milliseconds?: number): void {
	ctx.res.statusCode = status;
	ctx.res.setHeader('Location', 'https://other.example/#x');
	if (milliseconds === undefined) ctx.res.end();
	else setTimeout(() => ctx.res.end(), milliseconds);
	ctx.respond = milliseconds === undefined;
}
