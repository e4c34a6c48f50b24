import test, {type ExecutionContext} from 'ava';
import type Koa from 'koa';
import type {Middleware} from 'koa';
import mount from 'koa-mount';
import type supertest from 'supertest';
import {createApp} from '../helpers/app.ts';

const options = {version: 'a', hotFile: false} as const;
const asVisit = {host: 'own.example', 'x-inertia': 'true', 'x-inertia-version': 'a'};
const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

interface Asked {
	readonly method?: (typeof methods)[number];
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly setUp?: (app: Koa) => void;
}

const goBack: Middleware = ctx => ctx.inertia.back('/fallback');

async function ask(t: ExecutionContext, handler: Middleware, asked: Asked = {}): Promise<supertest.Response> {
	const {method = 'post', path = '/notes/1', headers = {}, setUp} = asked;
	const {agent, errors} = await createApp(t, options, handler, setUp);
	const response = await agent[method](path).set({...asVisit, ...headers});
	t.deepEqual(errors, []);
	return response;
}

async function getLocation(t: ExecutionContext, handler: Middleware, asked?: Asked): Promise<string | undefined> {
	const {status, headers} = await ask(t, handler, asked);
	t.is(status, 302);
	t.is(headers['x-inertia-location'], undefined);
	return headers.location;
}

const ownReferers: Array<[referer: string, location: string]> = [
	['http://own.example/form?x=1', '/form?x=1'],
	['https://own.example/form', '/form'],
	['http://OWN.EXAMPLE/form', '/form'],
	['http://own.example:80/form', '/form'],
	['https://own.example:443/form', '/form'],
	['http://user:secret@own.example/form', '/form'],
	['http://own.example', '/'],
	['/form?x=1', '/form?x=1'],
	['//own.example/form', '/form'],
	['http://own.example/notes/1', '/notes/1'],
	['http://own.example//evil.example', '/.//evil.example'],
	['http://own.example/\\evil.example/x', '/.//evil.example/x'],
	['http://own.example/..//evil.example', '/.//evil.example'],
	['http://own.example/%5Cevil.example', '/%5Cevil.example'],
	['http://own.example/\t/evil.example', '/.//evil.example'],
	['/.//evil.example', '/.//evil.example'],
	['http://own.example/"><script>', '/%22%3E%3Cscript%3E'],
];
for (const [referer, location] of ownReferers) {
	test(`a POST from ${JSON.stringify(referer)} goes back to ${location}`, async t => {
		t.is(await getLocation(t, goBack, {headers: {referer}}), location);
		t.is(new URL(location, 'https://own.example/notes/1').host, 'own.example');
	});
}

const otherReferers = [
	'',
	'http://evil.example/form',
	'https://evil.example/form?x=http://own.example/',
	'http://own.example:8080/form',
	'https://own.example:80/form',
	'http://sub.own.example/form',
	'http://own.example.evil.example/form',
	'http://own.example@evil.example/form',
	'http://evil.example#@own.example/',
	'//evil.example/x',
	'///evil.example/x',
	'/\\evil.example',
	'\\\\evil.example',
	'/\t/evil.example',
	'http:\\\\evil.example',
	'javascript:alert(1)',
	'javascript://own.example/%0Aalert(1)',
	'data:text/html,x',
	'about:blank',
	'file:///etc/passwd',
	'android-app://own.example/form',
	'ftp://own.example/form',
	'http://',
	'http://[::1',
	'http://own.example:port/',
	'http://%00/',
	'form',
	'?x=1',
	'%%%',
	'null',
	'not a url',
];
for (const referer of otherReferers) {
	test(`a POST from ${JSON.stringify(referer)} goes back to the fallback`, async t => {
		t.is(await getLocation(t, goBack, {headers: {referer}}), '/fallback');
		t.is(await getLocation(t, ctx => ctx.inertia.back(), {headers: {referer}}), '/');
	});
}

test('a request without `Referer` goes back to the fallback', async t => {
	t.is(await getLocation(t, goBack), '/fallback');
	t.is(await getLocation(t, goBack, {headers: {referrer: 'http://own.example/form'}}), '/fallback');
});

for (const host of ['own.example:80', 'own.example:443', 'OWN.example', '127.0.0.1:8080', '[::1]:8080']) {
	test(`a host ${host} is told from others`, async t => {
		const address = host.toLowerCase();
		t.is(await getLocation(t, goBack, {headers: {host, referer: `http://${address}/form`}}), '/form');
		t.is(await getLocation(t, goBack, {headers: {host, referer: `http://${address}1.example/`}}), '/fallback');
	});
}

const forwarded: Array<[forwardedHost: string, referer: string, location: string]> = [
	['public.example', 'https://public.example/form', '/form'],
	['public.example, inner.example', 'https://public.example/form', '/form'],
	['public.example', 'https://own.example/form', '/fallback'],
	['public.example', 'https://evil.example/form', '/fallback'],
];
for (const [forwardedHost, referer, location] of forwarded) {
	test(`behind a proxy at ${forwardedHost} a POST from ${referer} goes back to ${location}`, async t => {
		const headers = {'x-forwarded-host': forwardedHost, referer};
		const setUp = (app: Koa): void => {
			app.proxy = true;
		};
		t.is(await getLocation(t, goBack, {headers, setUp}), location);
	});
}

test('a forwarded host counts for nothing where no proxy is trusted', async t => {
	const headers = {'x-forwarded-host': 'evil.example', referer: 'http://evil.example/form'};
	t.is(await getLocation(t, goBack, {headers}), '/fallback');
});

const ownUrls: Array<[path: string, referer: string, location: string]> = [
	['/notes/1', 'http://own.example/notes/1', '/fallback'],
	['/notes/1', 'https://own.example/notes/1#name', '/fallback'],
	['/notes/1?x=1', 'http://own.example/notes/1?x=1', '/fallback'],
	['/notes/1', '', '/fallback'],
	['/notes/1', 'http://own.example/notes/1?x=1', '/notes/1?x=1'],
	['/notes/1', 'http://own.example/notes/2', '/notes/2'],
];
for (const [path, referer, location] of ownUrls) {
	test(`a GET of ${path} from ${JSON.stringify(referer)} goes back to ${location}`, async t => {
		for (const method of ['get', 'head'] as const) {
			t.is(await getLocation(t, goBack, {method, path, headers: {referer}}), location);
		}
	});
}

test('a way back of PUT, PATCH and DELETE has 303, of other methods 302', async t => {
	for (const [referer, location] of [
		['http://own.example/form', '/form'],
		['http://evil.example/form', '/fallback'],
	] as const) {
		const answers = await Promise.all(methods.map(method => ask(t, goBack, {method, headers: {referer}})));
		t.deepEqual(
			answers.map(({status}) => status),
			[302, 302, 303, 303, 303, 302],
		);
		t.true(answers.every(({headers}) => headers.location === location));
	}
});

test('a way back has a status of its own, whatever the handler set before', async t => {
	for (const status of [200, 204, 301, 308, 422, 500]) {
		const {agent} = await createApp(t, options, ctx => {
			ctx.status = status;
			ctx.body = {rows: []};
			ctx.inertia.back('/fallback');
		});
		const visit = await agent.delete('/notes/1').set(asVisit);
		t.deepEqual([visit.status, visit.headers.location], [303, '/fallback']);
		const plain = await agent.delete('/notes/1').set('Host', 'own.example').set('Referer', 'http://own.example/form');
		t.deepEqual([plain.status, plain.headers.location], [302, '/form']);
	}
});

test('a fallback on another host becomes a location answer', async t => {
	const {status, headers} = await ask(t, ctx => ctx.inertia.back('https://other.example/'));
	t.deepEqual([status, headers['x-inertia-location']], [409, 'https://other.example/']);
});

test('a mounted application goes back under its prefix', async t => {
	const asked = {path: '/admin/notes/1', headers: {referer: '/admin/notes/form?x=1'}};
	t.is(await getLocation(t, mount('/admin', goBack), asked), '/admin/notes/form?x=1');
	const own = {...asked, method: 'get', headers: {referer: 'http://own.example/admin/notes/1'}} as const;
	t.is(await getLocation(t, mount('/admin', goBack), own), '/fallback');
});
