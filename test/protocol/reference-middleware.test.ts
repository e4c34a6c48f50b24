import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import {csrf} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';

const emptyAnswers: Array<[name: string, answer: {status?: number; body?: string | null}, plain: [number, string]]> = [
	['a 200 without a body', {status: 200}, [200, 'OK']],
	['a 204', {status: 204}, [204, '']],
	['an empty text', {body: ''}, [200, '']],
	['`null`', {body: null}, [204, '']],
];
for (const [name, given, plain] of emptyAnswers) {
	const answer: Middleware = ctx => {
		Object.assign(ctx, given);
	};

	test(`${name} sends a visit back to the page it came from`, async t => {
		const {agent} = await createApp(t, {version: null}, answer);
		const statuses = {get: 302, post: 302, put: 303, patch: 303, delete: 303} as const;
		for (const [method, status] of Object.entries(statuses)) {
			const request = agent[method as keyof typeof statuses]('/beds').set('X-Inertia', 'true');
			const response = await request.set('Referer', '/garden?plot=7').redirects(0);
			t.is(response.status, status, method);
			t.is(response.headers.location, '/garden?plot=7', method);
		}
	});

	test(`${name} is answered by Koa for a request that is no visit`, async t => {
		const {agent} = await createApp(t, {version: null}, answer);
		const response = await agent.put('/beds').set('Referer', '/garden').redirects(0);
		t.deepEqual([response.status, response.text], plain);
		t.is(response.headers.location, undefined);
	});
}

test('a middleware of the application may replace an empty answer before it goes back', async t => {
	const {agent} = await createApp(t, {version: null}, async (ctx, next) => {
		ctx.status = 204;
		await next();
		if (ctx.status === 204) ctx.redirect('/overview');
	});
	const response = await agent.post('/beds').set('X-Inertia', 'true').set('Referer', '/garden');
	t.is(response.status, 302);
	t.is(response.headers.location, '/overview');
});

test('a URL that nobody answers is a 404, for a visit too', async t => {
	const {agent} = await createApp(t, {version: null}, (_ctx, next) => next());
	const visit = await agent.put('/nowhere').set('X-Inertia', 'true').set('Referer', '/garden');
	t.is(visit.status, 404);
	t.is(visit.headers.location, undefined);
	t.is((await agent.get('/nowhere')).status, 404);
});

/** What a request that names its origin gets from a handler behind `csrf()`. */
async function postFrom(
	t: ExecutionContext,
	headers: Record<string, string>,
	{method = 'POST', trusted}: {method?: string; trusted?: string} = {},
): Promise<number> {
	const check = csrf({trustedOrigins: trusted ? [trusted] : []});
	const {url} = await createApp(t, {version: null}, ctx =>
		check(ctx, async () => {
			ctx.body = 'changed';
		}),
	);
	const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('OWN', url)]));
	return (await fetch(url, {method, headers: own})).status;
}

const origins: Array<[name: string, headers: Record<string, string>, status: number]> = [
	['`Sec-Fetch-Site: same-origin`', {'Sec-Fetch-Site': 'same-origin'}, 200],
	['`Sec-Fetch-Site: none`', {'Sec-Fetch-Site': 'none'}, 200],
	['`Sec-Fetch-Site: same-site`', {'Sec-Fetch-Site': 'same-site'}, 403],
	['`Sec-Fetch-Site: cross-site`', {'Sec-Fetch-Site': 'cross-site'}, 403],
	['another origin beside `same-origin`', {'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example'}, 200],
	['the own origin beside `cross-site`', {'Sec-Fetch-Site': 'cross-site', Origin: 'OWN'}, 403],
	['the own origin', {Origin: 'OWN'}, 200],
	['another origin', {Origin: 'https://evil.example'}, 403],
	['another port', {Origin: 'http://127.0.0.1:1'}, 403],
	['the origin `null`', {Origin: 'null'}, 403],
	['neither header', {}, 200],
];
for (const [name, headers, status] of origins) {
	test(`\`csrf\` answers a request with ${name} with ${status}`, async t => {
		t.is(await postFrom(t, headers), status);
	});
}

test('`csrf` lets reading pass, and asks of every other method where it comes from', async t => {
	const headers = {'Sec-Fetch-Site': 'cross-site'};
	for (const method of ['GET', 'HEAD', 'OPTIONS']) t.is(await postFrom(t, headers, {method}), 200, method);
	for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND']) t.is(await postFrom(t, headers, {method}), 403, method);
});

test('`csrf` lets an origin pass that is trusted', async t => {
	const headers = {'Sec-Fetch-Site': 'same-site', Origin: 'https://accounts.garden.example'};
	t.is(await postFrom(t, headers, {trusted: 'https://accounts.garden.example'}), 200);
	t.is(await postFrom(t, headers, {trusted: 'https://other.garden.example'}), 403);
});
