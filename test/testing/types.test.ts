import test from 'ava';
import {expectTypeOf} from 'expect-type';
import Koa from 'koa';
import type {PageObject} from 'koa-inertia';
import {
	type Answer,
	createClient,
	type InertiaClient,
	readPage,
	type TestAgent,
	type TestResponse,
	type Validation,
} from 'koa-inertia/testing';
import supertest from 'supertest';

const app = new Koa();

test('`supertest(…)` and `supertest.agent(…)` fit, and answers have their own type of response', t => {
	const clients = [
		createClient(supertest(app.callback())),
		createClient(supertest.agent(app.callback())),
		createClient(new supertest.agent(app.callback())),
	];
	expectTypeOf(clients).toEqualTypeOf<Array<InertiaClient<supertest.Response>>>();
	expectTypeOf<Awaited<ReturnType<(typeof clients)[0]['visit']>>>().toEqualTypeOf<Answer<supertest.Response>>();
	expectTypeOf<Answer<supertest.Response>['response']['body']>().toBeAny();
	expectTypeOf<Awaited<ReturnType<(typeof clients)[0]['validate']>>>().toEqualTypeOf<Validation<supertest.Response>>();
	expectTypeOf<Validation['errors']>().toEqualTypeOf<Readonly<Record<string, readonly string[]>>>();
	expectTypeOf<Answer['page']>().toEqualTypeOf<PageObject>();
	expectTypeOf(readPage).parameter(0).toEqualTypeOf<TestResponse | string>();
	expectTypeOf<supertest.Response>().toExtend<TestResponse>();
	t.is(clients.length, 3);
});

test('superagent with a base URL fits, and so does any object of that shape', async t => {
	const text = '{"component":"Home","props":{},"url":"/","version":""}';
	const response = {status: 200, headers: {'x-inertia': 'true'}, text};
	const sent: unknown[] = [];
	const request = (path: string) => ({
		set: (name: string, value: string) => sent.push([path, name, value]),
		send: (body: object) => sent.push([path, body]),
		// biome-ignore lint/suspicious/noThenProperty: a request is sent when it is awaited.
		then: Promise.resolve(response).then.bind(Promise.resolve(response)),
	});
	const agent = {get: request, post: request, put: request, patch: request, delete: request};
	expectTypeOf(agent).toExtend<TestAgent>();
	const {page, response: received} = await createClient(agent).visit('/', {method: 'post', data: {a: 1}});
	t.is(page.component, 'Home');
	t.is(received, response);
	t.deepEqual(sent.at(-1), ['/', {a: 1}]);
	t.deepEqual(sent[2], ['/', 'x-inertia', 'true']);
});

test('wrong options are refused by the compiler', t => {
	const client = createClient(supertest(app.callback()));
	const calls = [
		// @ts-expect-error paths are a list.
		() => client.reload({only: 'users'}),
		// @ts-expect-error a method of the client's, in its own writing.
		() => client.visit('/', {method: 'POST'}),
		// @ts-expect-error not an option.
		() => client.open('/', {only: ['users']}),
		// @ts-expect-error fields are a list.
		() => client.validate('/', {only: 'name'}),
		// @ts-expect-error not an option of a validation.
		() => client.validate('/', {errorBag: 'create'}),
		// @ts-expect-error a client, not a function of one.
		() => createClient(app.callback()),
	];
	t.is(calls.length, 6);
});
