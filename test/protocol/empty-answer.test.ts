import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import type {Response} from 'supertest';
import {createApp} from '../helpers/app.ts';
import {answerWith, assertAsByKoa} from '../helpers/as-by-koa.ts';

const own = {host: 'own.example'};
const asVisit = {...own, 'x-inertia': 'true', 'x-inertia-version': 'a'};
const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

interface Asked {
	readonly method?: (typeof methods)[number];
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

async function ask(t: ExecutionContext, handler: Middleware, asked: Asked = {}): Promise<Response> {
	const {method = 'post', path = '/notes/1', headers = {}} = asked;
	const {agent, errors} = await createApp(t, {version: 'a', hotFile: false}, handler);
	const response = await agent[method](path).set({...asVisit, ...headers});
	t.deepEqual(errors, []);
	return response;
}

const empty: Array<[name: string, handler: Middleware]> = [
	['a status of 200', answerWith(200)],
	['a status of 204', answerWith(204)],
	['the body `null`', answerWith(undefined, null)],
	['an empty text', answerWith(undefined, '')],
	[
		'a rendered page that is taken back',
		async ctx => {
			await ctx.inertia.render('Home');
			ctx.status = 204;
		},
	],
];
for (const [name, handler] of empty) {
	test(`a visit that is answered with ${name} and no more goes back`, async t => {
		for (const method of methods) {
			const status = ['put', 'patch', 'delete'].includes(method) ? 303 : 302;
			const response = await ask(t, handler, {method, headers: {referer: 'http://own.example/form?x=1'}});
			t.deepEqual([response.status, response.headers.location], [status, '/form?x=1']);
			t.is(response.headers['x-inertia'], undefined);
			const elsewhere = await ask(t, handler, {method, headers: {referer: 'http://evil.example/'}});
			t.deepEqual([elsewhere.status, elsewhere.headers.location], [status, '/']);
		}
	});
}

test('an empty answer is left to Koa for a plain request', async t => {
	for (const handler of [answerWith(200), answerWith(204), answerWith(undefined, null), answerWith(undefined, '')]) {
		for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
			await assertAsByKoa(t, handler, method, own);
			await assertAsByKoa(t, handler, method, {...own, referer: 'http://own.example/form'});
		}
	}
});

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

test('an empty answer to a GET never leads to the URL that was asked for', async t => {
	const headers = {referer: 'http://own.example/notes/1'};
	t.is((await ask(t, answerWith(204), {method: 'get', headers})).headers.location, '/');
	t.is((await ask(t, answerWith(204), {method: 'post', headers})).headers.location, '/notes/1');
});

test('an empty answer to a GET that would ask itself for ever stays empty', async t => {
	for (const status of [200, 204]) {
		for (const referer of ['', 'http://own.example/', 'http://evil.example/']) {
			const response = await ask(t, answerWith(status), {method: 'get', path: '/', headers: {referer}});
			t.deepEqual([response.status, response.headers.location], [status, undefined]);
		}
	}
});

test('an empty answer to a validation while the user types stays empty', async t => {
	const headers = {precognition: 'true', referer: 'http://own.example/form'};
	t.is((await ask(t, answerWith(204), {headers})).status, 204);
});
