import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import type {Response} from 'supertest';
import {createApp} from '../helpers/app.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Request {
	readonly method?: Method;
	readonly headers?: Record<string, string>;
	/** Not as a visit of the client. */
	readonly isPlain?: boolean;
}

/** What a request to http://garden.example/beds gets from a handler, as the client would receive it. */
async function request(t: ExecutionContext, handler: Middleware, {method = 'get', headers, isPlain}: Request = {}) {
	const {agent, errors} = await createApp(t, {version: null}, handler);
	const visit = agent[method]('/beds').set('Host', 'garden.example').redirects(0);
	const response = await visit.set({...(!isPlain && {'X-Inertia': 'true'}), ...headers});
	if (errors.length > 0) throw errors[0];
	return response;
}

const redirectTo =
	(url: string, status = 302): Middleware =>
	ctx => {
		ctx.status = status;
		ctx.redirect(url);
	};

/** Asserts an empty 409 with one header that names where to go, and nothing that makes it a page or an old build. */
function assertConflict(t: ExecutionContext, response: Response, header: string, url: string): void {
	t.is(response.status, 409);
	t.is(response.text, '');
	t.is(response.headers[header], url);
	t.is(response.headers.vary, 'X-Inertia');
	const others = ['location', 'content-type', 'x-inertia', 'x-inertia-version', 'x-inertia-location'];
	for (const name of others.filter(name => name !== header)) t.is(response.headers[name], undefined, name);
}

for (const method of ['put', 'patch', 'delete'] as const) {
	test(`a 302 after a ${method.toUpperCase()} of a visit becomes a 303`, async t => {
		const response = await request(t, redirectTo('/garden'), {method});
		t.is(response.status, 303);
		t.is(response.headers.location, '/garden');
		t.is((await request(t, redirectTo('/garden'), {method, isPlain: true})).status, 302);
	});
}

for (const status of [301, 303, 307, 308]) {
	test(`a ${status} within the site stays a ${status}`, async t => {
		for (const method of ['get', 'post', 'delete'] as const) {
			const response = await request(t, redirectTo('/garden', status), {method});
			t.is(response.status, status, method);
			t.is(response.headers.location, '/garden', method);
		}
	});
}

test('a redirect without a fragment stays a 302 for GET and POST', async t => {
	for (const method of ['get', 'post'] as const) {
		const response = await request(t, redirectTo('/garden'), {method});
		t.is(response.status, 302);
		t.is(response.headers.location, '/garden');
		t.is(response.headers['x-inertia-redirect'], undefined);
	}
});

for (const method of ['get', 'post', 'put'] as const) {
	test(`a redirect with a fragment is handed to the client of a ${method.toUpperCase()}`, async t => {
		const handler = redirectTo('/garden?plot=7#roses');
		assertConflict(t, await request(t, handler, {method}), 'x-inertia-redirect', '/garden?plot=7#roses');
	});
}

test('a fragment is handed over as a path of the site, however the redirect names it', async t => {
	for (const url of ['http://garden.example/garden#roses', '//garden.example/garden#roses', 'garden#roses']) {
		assertConflict(t, await request(t, redirectTo(url)), 'x-inertia-redirect', '/garden#roses');
	}
});

test('a redirect with a fragment stays one for a request that is no visit, and for a prefetch', async t => {
	const plain = {isPlain: true};
	const prefetches = [{Purpose: 'prefetch'}, {'Sec-Purpose': 'prefetch'}].map(headers => ({headers}));
	for (const asked of [plain, ...prefetches]) {
		const response = await request(t, redirectTo('/garden#roses'), asked);
		t.is(response.status, 302);
		t.is(response.headers.location, '/garden#roses');
	}
});

for (const status of [301, 302, 303, 307, 308]) {
	test(`a ${status} to another host leaves the pages of the client`, async t => {
		for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
			const response = await request(t, redirectTo('http://shop.example/seeds', status), {method});
			assertConflict(t, response, 'x-inertia-location', 'http://shop.example/seeds');
		}

		const plain = await request(t, redirectTo('http://shop.example/seeds', status), {isPlain: true});
		t.is(plain.status, status);
		t.is(plain.headers.location, 'http://shop.example/seeds');
	});
}

test('a redirect to another host keeps cookies and other headers', async t => {
	const handler: Middleware = ctx => {
		ctx.cookies.set('basket', '3');
		ctx.set('X-Request-Id', '7');
		ctx.redirect('http://shop.example/');
	};
	const response = await request(t, handler);
	assertConflict(t, response, 'x-inertia-location', 'http://shop.example/');
	t.deepEqual(response.get('Set-Cookie'), ['basket=3; path=/; httponly']);
	t.is(response.headers['x-request-id'], '7');
});

for (const url of ['http://garden.example:8080/', '//shop.example/seeds', 'https://shop.example/seeds#roses']) {
	test(`${url} is another host`, async t => {
		assertConflict(t, await request(t, redirectTo(url)), 'x-inertia-location', url);
	});
}

const own = ['//garden.example/seeds', '/seeds', 'http://garden.example:80/seeds', 'http://GARDEN.example/seeds'];
for (const url of [...own, 'https://garden.example/seeds']) {
	test(`${url} is the own host`, async t => {
		const response = await request(t, redirectTo(url));
		t.is(response.status, 302);
		t.is(new URL(response.headers.location!, 'http://garden.example').pathname, '/seeds');
		t.is(response.headers['x-inertia-location'], undefined);
	});
}

test('`//garden.example` is another host where the port differs', async t => {
	const headers = {Host: 'garden.example:8080'};
	const response = await request(t, redirectTo('//garden.example/seeds'), {headers});
	assertConflict(t, response, 'x-inertia-location', '//garden.example/seeds');
});

const untouched: Array<[name: string, answer: (ctx: Context) => void, status: number]> = [
	['`Location` on a 201', ctx => ctx.set('Location', 'http://shop.example/'), 201],
	['a 302 without `Location`', () => undefined, 302],
	['`Location` that is no URL', ctx => ctx.set('Location', 'http://sh op.example/'), 302],
	['`Location` that runs code', ctx => ctx.set('Location', 'javascript:alert(1)'), 302],
];
for (const [name, answer, status] of untouched) {
	test(`${name} is left as it is`, async t => {
		const handler: Middleware = ctx => {
			ctx.status = status;
			ctx.body = 'text';
			answer(ctx);
		};
		const response = await request(t, handler);
		t.is(response.status, status);
		t.is(response.headers['x-inertia-location'], undefined);
		t.is(response.headers['x-inertia-redirect'], undefined);
	});
}

const locations: Array<[name: string, url: string | URL, sent: string]> = [
	['another site', 'https://shop.example/seeds?x=1#roses', 'https://shop.example/seeds?x=1#roses'],
	['a `URL`', new URL('https://shop.example/seeds'), 'https://shop.example/seeds'],
	['a page of the own site', '/admin', '/admin'],
];
for (const [name, url, sent] of locations) {
	test(`\`location\` to ${name} leaves the pages of the client, and redirects a request that is no visit`, async t => {
		const handler: Middleware = ctx => ctx.inertia.location(url);
		for (const method of ['get', 'put'] as const) {
			assertConflict(t, await request(t, handler, {method}), 'x-inertia-location', sent);
			const plain = await request(t, handler, {method, isPlain: true});
			t.is(plain.status, 302);
			t.is(plain.headers.location, sent);
			t.is(plain.headers['x-inertia-location'], undefined);
		}
	});
}

test('`location` keeps what the handler set before', async t => {
	const handler: Middleware = ctx => {
		ctx.cookies.set('basket', '3');
		ctx.inertia.location('https://shop.example/');
	};
	for (const isPlain of [true, false]) {
		t.deepEqual((await request(t, handler, {isPlain})).get('Set-Cookie'), ['basket=3; path=/; httponly']);
	}
});

const referers: Array<[name: string, referer: string | undefined, sent: string]> = [
	['the page that the visit came from', 'http://garden.example/garden?plot=7', '/garden?plot=7'],
	['the fallback without a page', undefined, '/overview'],
	['the fallback for a page of another host', 'http://evil.example/garden', '/overview'],
];
for (const [name, referer, sent] of referers) {
	test(`\`back\` goes to ${name}`, async t => {
		const headers: Record<string, string> = referer ? {Referer: referer} : {};
		const handler: Middleware = ctx => ctx.inertia.back('/overview');
		const statuses = {post: 302, put: 303} as const;
		for (const method of ['post', 'put'] as const) {
			const response = await request(t, handler, {method, headers});
			t.is(response.status, statuses[method]);
			t.is(response.headers.location, sent);
		}
	});
}

test('`back` and an empty answer never ask the same URL again', async t => {
	const headers = {Referer: 'http://garden.example/beds'};
	const back: Middleware = ctx => ctx.inertia.back('/overview');
	const empty: Middleware = ctx => {
		ctx.status = 204;
	};
	for (const handler of [back, empty]) {
		const {location} = (await request(t, handler, {headers})).headers;
		t.is(location, handler === back ? '/overview' : '/');
		t.is((await request(t, handler, {headers, method: 'post'})).headers.location, '/beds');
	}
});
