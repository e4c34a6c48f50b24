import {AssertionError} from 'node:assert';
import test, {type ExecutionContext} from 'ava';
import type {Context} from 'koa';
import {OptionError, ValidationError} from 'koa-inertia';
import {createClient, type ValidateOptions} from 'koa-inertia/testing';
import {client as precognition} from 'laravel-precognition';
import {z} from 'zod';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {manifest: createManifest(), hotFile: false} as const;
const schema = z.object({
	name: z.string().min(1, 'Name?').max(3, 'Shorter.').regex(/^A/, 'With an A.'),
	mail: z.string('Mail?'),
});

/** An app with a form, which keeps the requests that it gets beside those for documents. */
async function createFormApp(t: ExecutionContext, answer: (ctx: Context) => unknown) {
	const requests: Array<{method: string; url: string; headers: Context['headers']; body: unknown}> = [];
	const app = await createSessionApp(
		t,
		async ctx => {
			const {method, url, headers, request} = ctx;
			if (!ctx.accepts('html') || ctx.get('X-Inertia')) requests.push({method, url, headers, body: request.body});
			if (ctx.path === '/form') await ctx.inertia.render('Form', {list: [1], more: 2});
			else await answer(ctx);
		},
		options,
	);
	return {...app, requests};
}

test('`errorBag` names the form of a visit, of a reload and of a request of your own', async t => {
	const {client, requests} = await createFormApp(t, () => {
		throw new ValidationError({name: 'Name?'});
	});
	await client.open('/form');
	const {page} = await client.visit('/users', {method: 'post', errorBag: 'create'});
	t.deepEqual(page.props.errors, {create: {name: 'Name?'}});
	await client.reload({errorBag: 'edit'});
	await client.visit('/form');
	t.deepEqual(
		requests.map(({url, headers}) => [url, headers['x-inertia-error-bag']]),
		[
			['/users', 'create'],
			['/form', 'create'],
			['/form', 'edit'],
			['/form', undefined],
		],
	);
	t.is(client.createHeaders({errorBag: 'upload'})['x-inertia-error-bag'], 'upload');
});

test('a redirect to a fragment is followed by a visit with GET and the same options', async t => {
	const {client, requests} = await createFormApp(t, ctx => {
		ctx.cookies.set('seen', '1');
		ctx.redirect('/form?page=2#list');
	});
	await client.open('/form');
	const visit = {only: ['list'], errorBag: 'create', headers: {'X-Own': '1'}};
	const {page, redirects} = await client.visit('/users', {...visit, method: 'put', data: {name: 'Ada'}});
	t.deepEqual(
		redirects.map(({status, headers}) => [status, headers['x-inertia-redirect']]),
		[[409, '/form?page=2#list']],
	);
	t.is(page.url, '/form?page=2');
	t.deepEqual(page.props, {errors: {}, list: [1]});
	t.deepEqual(client.page.props, {errors: {}, list: [1], more: 2});

	const [first, second] = requests;
	const {'content-type': type, 'content-length': length, cookie, ...same} = first!.headers;
	t.is(type, 'application/json');
	t.like(second, {method: 'GET', url: '/form?page=2', body: undefined});
	const {cookie: kept, ...received} = second!.headers;
	t.deepEqual(received, same);
	t.like(received, {'x-own': '1', 'x-inertia-partial-data': 'list', 'x-inertia-error-bag': 'create', referer: '/form'});
	t.regex(kept!, /seen=1/);
});

test('a redirect to a fragment is followed by a reload too', async t => {
	let isMoved = false;
	const {client} = await createApp(t, options, async ctx => {
		if (isMoved && ctx.path === '/') ctx.redirect('/new#part');
		else await ctx.inertia.render('Page');
	});
	await client.open('/');
	isMoved = true;
	t.is((await client.reload()).page.url, '/new');
	t.is(client.page.url, '/new');
});

test('a redirect to a fragment is left alone on another host, by a document and without a 409', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.path === '/') return ctx.inertia.render('Home');
		ctx.status = ctx.path === '/ok' ? 200 : 409;
		ctx.body = 'moved';
		ctx.set('X-Inertia-Redirect', ctx.path === '/away' ? 'https://example.com/a#b' : '/#b');
	});
	await client.open('/');
	const away = await client.visit('/away');
	t.is(away.response.status, 409);
	t.throws(() => away.page, {
		instanceOf: AssertionError,
		message: /received 409 with `X-Inertia-Redirect: https:\/\/example\.com\/a#b`.*fragment\. `client\.visit` follows/,
	});
	t.is((await client.visit('/ok')).response.text, 'moved');
	t.is((await client.open('/here')).response.status, 409);
});

test('redirects to fragments without an end are an error', async t => {
	const {client} = await createApp(t, {...options, version: null}, ctx => ctx.redirect(`${ctx.path}a#b`));
	await t.throwsAsync(client.visit('/x', {method: 'put'}), {
		instanceOf: AssertionError,
		message: `The redirects from \`/x\` don't end: after 20 of them comes one to \`/x${'a'.repeat(21)}\`.`,
	});
});

test('`validate` gives the messages of the fields that it asks for, and leaves the page as it is', async t => {
	let writes = 0;
	const {client} = await createFormApp(t, async ctx => {
		await ctx.inertia.validate(schema);
		writes += 1;
	});
	const {page} = await client.open('/form');
	const all = await client.validate('/users', {data: {name: 'Grace'}});
	t.is(all.response.status, 422);
	t.deepEqual(all.errors, {name: ['Shorter.', 'With an A.'], mail: ['Mail?']});
	const mail = await client.validate('/users', {data: {name: 'Grace'}, only: ['mail']});
	t.deepEqual(mail.errors, {mail: ['Mail?']});
	const name = await client.validate('/users', {data: {name: 'Ada'}, only: ['name']});
	t.is(name.response.status, 204);
	t.deepEqual(name.errors, {});
	t.deepEqual(Object.keys((await client.validate('/users')).errors), ['name', 'mail']);
	t.deepEqual(client.page, page);
	t.is(writes, 0);
});

const method = ['get', 'post', 'put', 'patch', 'delete'] as const;
const data = {name: 'Ada & Grace', age: 36, tags: ['a', 'b'], address: {town: 'Ödt'}, none: null, gone: undefined};
/** What a browser or Node says of itself. */
const own = /^(?:host|connection|content-length|cookie|user-agent|accept-(?:encoding|language)|sec-.*|referer)$/;
for (const sent of method.flatMap(name => [
	{method: name, data, only: ['name', 'tags.*']},
	{method: name, data: {}, only: []},
	{method: name, data},
])) {
	test(`\`validate\` sends what \`laravel-precognition\` sends, with ${JSON.stringify(sent)}`, async t => {
		const {client, url, requests} = await createFormApp(t, async ctx => {
			await ctx.inertia.validate(schema);
		});
		await client.validate('/users?a=1', {...sent, headers: {'X-Own': '1'}});
		const {method: name, data: fields, only} = sent as ValidateOptions;
		const config = {headers: {'X-Own': '1'}, ...(only && {only}), onValidationError: () => undefined};
		await precognition[name!](`${url}/users?a=1`, {...fields}, config);
		const [first, second] = requests.map(({headers, ...request}) => ({
			...request,
			hasBody: Number(headers['content-length'] ?? 0) > 0,
			headers: Object.fromEntries(Object.entries(headers).filter(([header]) => !own.test(header))),
		}));
		t.is(requests.length, 2);
		t.deepEqual(first, second);
	});
}

test('`validate` sends the page as the Referer', async t => {
	const {client, requests} = await createFormApp(t, ctx => ctx.inertia.validate(schema));
	await client.validate('/users');
	await client.open('/form?a=1');
	await client.validate('/users', {headers: {Precognition: 'false', Accept: 'text/html', 'X-Own': '1'}});
	t.deepEqual(
		requests.map(({headers}) => headers.referer),
		[undefined, '/form?a=1'],
	);
	t.like(requests[1]!.headers, {precognition: 'true', accept: 'application/json', 'x-own': '1'});
});

const failures: Array<[name: string, answer: (ctx: Context) => unknown, message: RegExp]> = [
	[
		"a handler that doesn't validate",
		ctx => Object.assign(ctx, {body: 'saved'}),
		/received 200, text\/plain.*: `saved`\. Does the handler/,
	],
	[
		'an empty answer without the header',
		ctx => Object.assign(ctx, {status: 204}),
		/received 204, no content type: an empty body\./,
	],
	['a refusal', ctx => ctx.throw(403, 'Not yours'), /received 403, text\/plain.*`Not yours`\./],
	['a 204 that is no success', ctx => Object.assign(ctx, {status: 204}).set('Precognition', 'true'), /received 204/],
	[
		'errors of a program',
		ctx => Object.assign(ctx, {status: 422, body: {errors: {name: ['Name?']}}}),
		/received 422, application\/json/,
	],
	[
		'a body that is cut off',
		ctx => {
			ctx.set('Precognition', 'true');
			Object.assign(ctx, {status: 422, body: '{"err'});
		},
		/received 422.*`\{"err`/,
	],
	[
		'a body without errors',
		ctx => {
			ctx.set('Precognition', 'true');
			Object.assign(ctx, {status: 422, body: {errors: []}});
		},
		/received 422/,
	],
];
for (const [name, answer, message] of failures) {
	test(`\`errors\` of \`validate\` says what came instead: ${name}`, async t => {
		const {client} = await createFormApp(t, answer);
		const validation = await client.validate('/users');
		const error = t.throws(() => validation.errors, {instanceOf: AssertionError, message})!;
		t.regex(error.message, /^The fields were not validated: .*`ctx\.inertia\.validate`/);
	});
}

const wrongOptions: Array<[ValidateOptions, RegExp]> = [
	[{onyl: ['a']} as never, /`client\.validate` has no option `onyl`. Did you mean `only`\?/],
	[{only: 'name'} as never, /`only` must be a list of the paths of fields, received "name"/],
	[{method: 'POST'} as never, /`method` must be one of get, post/],
	[{data: 'name=a'} as never, /`data` must be an object/],
	[{errorBag: 'a'} as never, /no option `errorBag`/],
];
for (const [wrong, message] of wrongOptions) {
	test(`\`validate\` refuses ${JSON.stringify(wrong)}`, async t => {
		const {agent} = await createApp(t, options);
		await t.throwsAsync(createClient(agent).validate('/', wrong), {instanceOf: OptionError, message});
	});
}

test('an `errorBag` without a name is refused', async t => {
	const {client} = await createApp(t, options);
	await t.throwsAsync(client.visit('/', {errorBag: ''}), {
		instanceOf: OptionError,
		message: /`errorBag` must be a string that is not empty, received ""/,
	});
});
