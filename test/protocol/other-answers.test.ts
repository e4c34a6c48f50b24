import {Readable} from 'node:stream';
import test from 'ava';
import type {Middleware} from 'koa';
import {createApp} from '../helpers/app.ts';
import {answerWith, assertAsByKoa} from '../helpers/as-by-koa.ts';

const asVisit = {host: 'own.example', 'x-inertia': 'true', 'x-inertia-version': 'a'};

const untouched: Array<[name: string, handler: Middleware]> = [
	['a Buffer', answerWith(undefined, Buffer.from('bytes'))],
	['an empty Buffer', answerWith(undefined, Buffer.alloc(0))],
	['an empty stream', answerWith(undefined, () => Readable.from([]))],
	['a stream', answerWith(undefined, () => Readable.from(['bytes']))],
	['the number 0', answerWith(undefined, 0)],
	['an empty list', answerWith(undefined, [])],
	['201 without a body', answerWith(201)],
	['304', answerWith(304)],
	['404 that nobody answered', () => {}],
	['404 with an empty body', answerWith(404, '')],
	['422 without a body', answerWith(422)],
];
for (const [name, handler] of untouched) {
	test(`${name} is sent to a visit as Koa sends it`, async t => {
		for (const method of ['get', 'post', 'put', 'patch', 'delete', 'head'] as const) {
			await assertAsByKoa(t, handler, method, asVisit);
		}
	});
}

test('a URL that nobody answers is a 404, for a visit too', async t => {
	const {agent} = await createApp(t, {version: null}, (_ctx, next) => next());
	const visit = await agent.put('/nowhere').set('X-Inertia', 'true').set('Referer', '/garden');
	t.is(visit.status, 404);
	t.is(visit.headers.location, undefined);
	t.is((await agent.get('/nowhere')).status, 404);
});
