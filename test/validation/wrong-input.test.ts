import type {StandardSchemaV1} from '@standard-schema/spec';
import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import {type InertiaOptions, ValidationError} from 'koa-inertia';
import {SessionMissingError} from 'koa-inertia/errors';
import {readPage} from 'koa-inertia/testing';
import * as v from 'valibot';
import {z} from 'zod';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const libraries: Record<string, StandardSchemaV1<unknown, {title: string}>> = {
	Zod: z.object({title: z.string().min(3, 'Longer.').regex(/\d/, 'A digit.')}),
	Valibot: v.object({title: v.pipe(v.string(), v.minLength(3, 'Longer.'), v.regex(/\d/, 'A digit.'))}),
};
const schema = libraries.Zod!;
const invalid = {title: 'a'};
const valid = {title: 'Apollo 11'};
const answer = {message: 'Longer.', errors: {title: ['Longer.', 'A digit.']}};

interface SavingApp extends RunningApp {
	/** What the handler has saved. */
	readonly saved: unknown[];
}

/** An app with a form, and a handler that saves what it is sent. */
async function createSavingApp(
	t: ExecutionContext,
	validate: (ctx: Context) => Promise<unknown> = ctx => ctx.inertia.validate(schema),
	options: InertiaOptions = {},
): Promise<SavingApp> {
	const saved: unknown[] = [];
	const app = await createSessionApp(
		t,
		async ctx => {
			if (ctx.path !== '/save') {
				await ctx.inertia.render('Form');
				return;
			}

			saved.push(await validate(ctx));
			ctx.redirect('/saved');
		},
		{manifest: createManifest(), ...options},
	);
	return {...app, saved};
}

for (const [library, used] of Object.entries(libraries)) {
	test(`with ${library}, wrong input leads back to the form, which shows the first messages once`, async t => {
		const {client, saved, errors} = await createSavingApp(t, ctx => ctx.inertia.validate(used));
		await client.open('/form?step=2');
		const {page, redirects} = await client.visit('/save', {method: 'post', data: invalid});
		t.deepEqual(
			redirects.map(({status, headers}) => [status, headers.location]),
			[[302, '/form?step=2']],
		);
		t.deepEqual(page.props.errors, {title: 'Longer.'});
		t.deepEqual(saved, []);
		t.deepEqual((await client.reload()).page.props.errors, {});

		t.is((await client.visit('/save', {method: 'post', data: valid})).page.url, '/saved');
		t.deepEqual(client.page.props.errors, {});
		t.deepEqual(saved, [valid]);
		t.deepEqual(errors, []);
	});
}

for (const [method, status] of [
	['post', 302],
	['put', 303],
	['patch', 303],
	['delete', 303],
] as const) {
	test(`wrong input of a visit by ${method.toUpperCase()} is answered with ${status}`, async t => {
		const {client} = await createSavingApp(t, ctx => ctx.inertia.validate(schema, invalid));
		await client.open('/form');
		const {page, redirects} = await client.visit('/save', {method});
		t.is(redirects[0]!.status, status);
		t.deepEqual(page.props.errors, {title: 'Longer.'});
	});
}

const referers: Array<[referer: string | undefined, location: string]> = [
	['/form?step=2#end', '/form?step=2#end'],
	['http://<host>/form', '/form'],
	['http://<host>/save', '/save'],
	['https://evil.example/form', '/'],
	['http://<host>.evil.example/form', '/'],
	['//evil.example/form', '/'],
	['javascript:alert(1)', '/'],
	['http://', '/'],
	['', '/'],
	[undefined, '/'],
];
for (const [referer, location] of referers) {
	test(`wrong input of a request with the Referer \`${referer}\` leads to \`${location}\``, async t => {
		const {agent, url} = await createSavingApp(t);
		const request = agent.post('/save').set('Accept', 'text/html');
		if (referer !== undefined) request.set('Referer', referer.replace('<host>', new URL(url).host));
		const {status, headers} = await request.send(invalid);
		t.is(status, 302);
		t.is(headers.location, location);
	});
}

test('a GET with a wrong query leads to another page, never to itself', async t => {
	const {agent} = await createSessionApp(t, ctx => ctx.inertia.validate(schema).then(() => undefined));
	for (const path of ['/?title=a', '/search?title=a', '/']) {
		const {status, headers} = await agent.get(path).set('Accept', 'text/html').set('Referer', path);
		t.notDeepEqual([status, headers.location], [302, path], path);
	}
});

test('`allErrors` shows all messages of a field', async t => {
	const {client} = await createSavingApp(t, undefined, {allErrors: true});
	await client.open('/form');
	const {page} = await client.visit('/save', {method: 'post', data: invalid});
	t.deepEqual(page.props.errors, {title: ['Longer.', 'A digit.']});
});

test('the errors of a form with a name stand under it', async t => {
	const {agent, client} = await createSavingApp(t);
	await client.open('/form');
	const {page} = await client.visit('/save', {method: 'post', data: invalid, errorBag: 'createNote'});
	t.deepEqual(page.props.errors, {createNote: {title: 'Longer.'}});
	await agent
		.post('/save')
		.set(client.createHeaders({errorBag: 'createNote'}))
		.send(invalid);
	t.deepEqual((await client.open('/form')).page.props.errors, {createNote: {title: 'Longer.'}});
});

test('the errors of an attempt take the place of those of the one before', async t => {
	const either = z.object({title: z.string('Title?').optional(), name: z.string('Name?').optional()});
	const {agent, client} = await createSavingApp(t, ctx => ctx.inertia.validate(either));
	for (const data of [{title: 1}, {name: 1}]) await agent.post('/save').set(client.createHeaders()).send(data);
	t.deepEqual((await client.open('/form')).page.props.errors, {name: 'Name?'});
});

for (const [library, used] of Object.entries(libraries)) {
	test(`with ${library}, wrong input of a request for JSON is answered with 422 and all messages, without a session`, async t => {
		const {agent, errors} = await createApp(t, {version: null}, ctx =>
			ctx.inertia.validate(used, invalid).then(() => undefined),
		);
		const {status, headers, body} = await agent.post('/').set('Accept', 'application/json');
		t.is(status, 422);
		t.deepEqual(body, answer);
		t.regex(headers['content-type']!, /^application\/json/);
		t.deepEqual(errors, []);
	});
}

const accepted: Array<[accept: string | undefined, status: number]> = [
	['text/html', 302],
	['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', 302],
	['application/json;q=0.5, text/html', 302],
	['*/*', 422],
	[undefined, 422],
	['application/json', 422],
	['application/json, text/plain, */*', 422],
	['text/html;q=0.5, application/json', 422],
	['image/png', 422],
];
for (const [accept, expected] of accepted) {
	test(`wrong input of a request that accepts \`${accept}\` is answered with ${expected}`, async t => {
		const {agent} = await createSavingApp(t);
		const request = agent.post('/save');
		if (accept !== undefined) request.set('Accept', accept);
		t.is((await request.send(invalid)).status, expected);
	});
}

test('a plain form leads back, to a document with the errors', async t => {
	const {agent, saved} = await createSavingApp(t);
	const post = (fields: string) => agent.post('/save').set('Accept', 'text/html').set('Referer', '/form').send(fields);
	const {status, headers} = await post('title=a');
	t.is(status, 302);
	const document = await agent.get(headers.location!).set('Accept', 'text/html');
	t.regex(document.headers['content-type']!, /^text\/html/);
	t.deepEqual(readPage(document).props.errors, {title: 'Longer.'});
	t.deepEqual(readPage(await agent.get('/form')).props.errors, {});

	t.is((await post('title=Apollo+11')).headers.location, '/saved');
	t.deepEqual(saved, [valid]);
});

test('without a session wrong input of a visit fails with `ERR_INERTIA_SESSION_MISSING`', async t => {
	const {agent, errors} = await createApp(t, {version: null}, ctx =>
		ctx.inertia.validate(schema, invalid).then(() => undefined),
	);
	t.is((await agent.post('/').set('X-Inertia', 'true')).status, 500);
	t.is((await agent.post('/').set('Accept', 'text/html')).status, 500);
	t.is((await agent.post('/').set('Accept', 'application/json')).status, 422);
	t.is(errors.length, 2);
	t.true(errors.every(error => error instanceof SessionMissingError));
	t.regex((errors[0] as Error).message, /^`ctx\.inertia\.errors\(\)` or `validate\(\)` needs a session/);
});

const begun: Array<[name: string, begin: (ctx: Context) => unknown]> = [
	['text', ctx => Object.assign(ctx, {status: 201, type: 'csv', body: 'a,b'})],
	['JSON', ctx => Object.assign(ctx, {status: 203, body: {secret: true}})],
	['no type', ctx => Object.assign(ctx, {status: 404, body: null})],
	['another redirect', ctx => Object.assign(ctx, {status: 308}).redirect('/elsewhere')],
	['a page', ctx => ctx.inertia.render('Begun', {secret: true}, {status: 202})],
];
for (const [name, begin] of begun) {
	test(`an answer that the handler began with ${name} is not in that to wrong input`, async t => {
		const {agent} = await createSavingApp(t, async ctx => {
			await begin(ctx);
			return ctx.inertia.validate(schema);
		});
		const json = await agent.post('/save').set('Accept', 'application/json').send(invalid);
		t.is(json.status, 422);
		t.deepEqual(json.body, answer);
		t.regex(json.headers['content-type']!, /^application\/json/);
		for (const header of ['location', 'x-inertia', 'x-inertia-version']) t.is(json.headers[header], undefined);

		for (const accept of ['text/html', 'text/html, application/xhtml+xml']) {
			const request = agent.post('/save').set('Accept', accept).set('Referer', '/form');
			if (accept !== 'text/html') request.set('X-Inertia', 'true');
			const {status, headers, text} = await request.send(invalid);
			t.is(status, 302);
			t.is(headers.location, '/form');
			t.is(headers['x-inertia'], undefined);
			t.false(/secret|elsewhere/.test(text));
		}
	});
}

test('a `ValidationError` of the application, and one that a schema throws, are answered like those of `validate`', async t => {
	const taken = (): never => {
		throw new ValidationError({name: 'Taken.', mail: ['No address.', 'Taken.'], empty: []});
	};
	for (const validate of [async () => taken(), (ctx: Context) => ctx.inertia.validate(z.any().refine(taken))]) {
		const {agent, client, saved, errors} = await createSavingApp(t, validate);
		await client.open('/form');
		const {page} = await client.visit('/save', {method: 'post'});
		t.deepEqual(page.props.errors, {name: 'Taken.', mail: 'No address.'});
		const {status, body} = await agent.post('/save').set('Accept', 'application/json').send({});
		t.is(status, 422);
		t.like(body, {message: 'Taken.', errors: {name: ['Taken.'], mail: ['No address.', 'Taken.']}});
		t.deepEqual(saved, []);
		t.deepEqual(errors, []);
	}
});

test('what described an answer that was begun is not on the answer to wrong input', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		ctx.set({'Content-Disposition': 'attachment', 'Content-Encoding': 'gzip', ETag: '"a"', 'Cache-Control': 'public'});
		ctx.set('Content-Security-Policy', "default-src 'self'");
		await ctx.inertia.validate(z.object({title: z.string()}));
	});
	for (const accept of ['application/json', 'text/html']) {
		const {status, headers} = await agent.post('/').set('Accept', accept).send({});
		t.is(status, accept === 'text/html' ? 302 : 422);
		for (const name of ['content-disposition', 'content-encoding', 'etag', 'cache-control']) {
			t.is(headers[name], undefined, name);
		}

		t.is(headers['content-security-policy'], "default-src 'self'");
		t.is(headers.vary, 'X-Inertia, Precognition, Accept');
	}
});
