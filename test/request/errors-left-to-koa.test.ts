import test from 'ava';
import type {Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {loadInProduction, throwStatus} from '../helpers/load-in-production.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false, errorPage: 'Error'} as const;
const asVisit = {'x-inertia': 'true', 'x-inertia-version': 'a'};
const asDocument = {accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'};
/** Stands in whatever no user may read. */
const secret = 'postgres://admin:hunter2@database';

type Headers = Record<string, string>;

const fail =
	(thrown: unknown): Middleware =>
	() => {
		throw thrown;
	};

const error = Object.assign(new Error(secret), {status: 503});
const broken: InertiaOptions = {...options, url: fail(new Error('no url')) as () => never};
const choose = (errorPage: unknown): InertiaOptions => ({...options, errorPage: errorPage as () => string});
const failByHand: Middleware = ctx => {
	ctx.respond = false;
	throw error;
};
const byKoa: Array<[name: string, reports: 1 | 2, given?: InertiaOptions, headers?: Headers, handler?: Middleware]> = [
	['that `errorPage` leaves to Koa', 1, choose(() => undefined)],
	['for which `errorPage` gives no name', 2, choose(async () => 'Error')],
	['for which `errorPage` throws', 2, choose(fail(new Error('no component')))],
	['whose page fails twice', 2, broken],
	['without the option', 1, {manifest: createManifest(), version: 'a'}],
	['of a validation while the user types', 1, options, {...asVisit, precognition: 'true'}],
	['of a request for JSON', 1, options, {accept: 'application/json'}],
	['of a request for anything', 1, options, {accept: '*/*'}],
	['after `ctx.respond = false`', 1, options, asVisit, failByHand],
];
for (const [name, reports, given, headers = asVisit, handler = fail(error)] of byKoa) {
	test(`an error ${name} is answered by Koa`, async t => {
		const {agent, errors} = await createApp(t, given, handler);
		const response = await agent.get('/').set(headers).timeout(20_000);
		t.deepEqual([response.status, response.text], [503, 'Service Unavailable']);
		t.is(response.headers['x-inertia'], undefined);
		t.is(new Set(errors.map(String)).size, reports);
		t.is(errors.filter(reported => reported === error).length, 1);
	});
}

for (const status of [401, 403, 404, 500, 503]) {
	test(`without \`errorPage\` a ${status} is answered by Koa`, async t => {
		const {visit, document} = await loadInProduction(t, throwStatus(status));
		for (const response of [visit, document]) {
			t.is(response.status, status);
			t.is(response.headers['x-inertia'], undefined);
			t.is(response.headers['content-type'], 'text/plain; charset=utf-8');
		}
	});
}

test('an error in front of the middleware has no page', async t => {
	const {visit, document} = await loadInProduction(t, throwStatus(500), {errorPage: 'Failure'}, throwStatus(503));
	for (const response of [visit, document]) {
		t.is(response.status, 503);
		t.is(response.headers['x-inertia'], undefined);
		t.is(response.headers['content-type'], 'text/plain; charset=utf-8');
	}
});

const unanswered: Array<[headers: Headers, isPage: boolean]> = [
	[asVisit, true],
	[{...asVisit, accept: 'application/json'}, true],
	[asDocument, true],
	[{...asVisit, precognition: 'true'}, false],
	[{accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'}, false],
	[{accept: '*/*'}, false],
	[{}, false],
];
for (const [headers, isPage] of unanswered) {
	test(`a URL that nothing answers gets ${isPage ? 'a page' : "Koa's 404"} with ${JSON.stringify(headers)}`, async t => {
		const {agent, errors} = await createApp(t, options, () => {});
		const response = await agent.post('/nowhere').set(headers);
		t.is(response.status, 404);
		if (isPage) t.like(readPage(response).props, {status: 404, message: 'Not Found'});
		else t.is(response.text, 'Not Found');
		t.is((await agent.head('/nowhere').set(headers)).status, 404);
		t.deepEqual(errors, []);
	});
}

test('a 404 whose page fails is answered by Koa, and what failed is reported', async t => {
	const {agent, errors} = await createApp(t, broken, () => {});
	const {status, text} = await agent.get('/nowhere').set(asVisit);
	t.deepEqual([status, text], [404, 'Not Found']);
	t.true(errors.length > 0 && errors.every(error => (error as Error).message === 'no url'));
});
