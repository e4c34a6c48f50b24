import {request} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import {createClient} from 'koa-inertia/testing';
import mount from 'koa-mount';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

async function createCountingApp(t: ExecutionContext) {
	let calls = 0;
	const running = await createApp(t, options, async ctx => {
		calls += 1;
		await ctx.inertia.render('Home');
	});
	return {...running, countCalls: () => calls};
}

test('a GET visit with another version gets an empty 409 before the handler runs', async t => {
	const {visit, assets, countCalls} = await createCountingApp(t);
	const response = await visit('/users?page=2', 'old');

	t.is(response.status, 409);
	t.is(response.text, '');
	t.is(response.headers['content-length'], '0');
	t.is(response.headers['content-type'], undefined);
	t.is(response.headers['x-inertia-location'], '/users?page=2');
	t.is(response.headers['x-inertia-version'], assets.version);
	t.is(response.headers['cache-control'], 'no-store');
	t.is(response.headers.vary, 'X-Inertia');
	t.is(response.headers['x-inertia'], undefined);
	t.is(countCalls(), 0);
});

test('a missing version counts as an empty one', async t => {
	const {visit} = await createApp(t, options);
	t.is((await visit('/')).status, 409);
	t.is((await visit('/', '')).status, 409);
});

test('the same version gets the page as JSON, with the version in body and header', async t => {
	const {visit, assets} = await createApp(t, options);
	const response = await visit('/users?page=2', assets.version);

	t.is(response.status, 200);
	t.is(response.headers['content-type'], 'application/json; charset=utf-8');
	t.is(response.headers['x-inertia'], 'true');
	t.is(response.headers['x-inertia-version'], assets.version);
	t.is(response.headers.vary, 'X-Inertia');
	t.deepEqual(response.body, {
		component: 'Home',
		props: {errors: {}, greeting: 'Hello'},
		url: '/users?page=2',
		version: assets.version,
		sharedProps: ['errors'],
	});
});

test('a request that is no Inertia visit is never a 409', async t => {
	const {agent, assets} = await createApp(t, options);
	const response = await agent.get('/').set('X-Inertia-Version', 'old');

	t.is(response.status, 200);
	t.is(response.headers['content-type'], 'text/html; charset=utf-8');
	t.is(response.headers['x-inertia-version'], assets.version);
	t.is(response.headers['x-inertia'], undefined);
	t.is(response.headers.vary, 'X-Inertia');
});

for (const method of ['post', 'put', 'patch', 'delete'] as const) {
	test(`a stale ${method.toUpperCase()} is handled, and its page echoes the version of the client`, async t => {
		const {agent, countCalls} = await createCountingApp(t);
		const {page, response} = await createClient(agent, {version: 'old'}).visit('/', {method});

		t.is(response.status, 200);
		t.is(page.version, 'old');
		t.is(response.headers['x-inertia-version'], 'old');
		t.is(countCalls(), 1);
	});
}

test('a fresh POST gets the version of the server', async t => {
	const {client, assets} = await createApp(t, options);
	await client.open('/');
	t.is((await client.visit('/', {method: 'post'})).page.version, assets.version);
});

const unsafeVersions: Array<[name: string, version: string | string[] | undefined]> = [
	['missing', undefined],
	['of 65 characters', 'a'.repeat(65)],
	['of 8 KB', 'a'.repeat(8192)],
	['not ASCII', 'caf\u00e9'],
	['with a tab', 'a\tb'],
];
for (const [name, version] of unsafeVersions) {
	test(`a version that is ${name} is a mismatch on GET and echoed as an empty one on POST`, async t => {
		const {url} = await createApp(t, options);
		const get = await send(url, 'GET', version);
		t.is(get.status, 409);
		t.false(get.raw.includes('aaaa') || get.raw.includes('caf'));

		const post = await send(url, 'POST', version);
		t.is(post.status, 200);
		t.is(post.headers['x-inertia-version'], '');
		t.is(JSON.parse(post.raw).version, '');
	});
}

test('a version of 64 characters is echoed as it is', async t => {
	const {url} = await createApp(t, options);
	const version = 'a'.repeat(64);
	t.is(JSON.parse((await send(url, 'POST', version)).raw).version, version);
});

test('a version sent twice is a mismatch, even when both are right', async t => {
	const {url, assets} = await createApp(t, options);
	t.is((await send(url, 'GET', [assets.version, assets.version])).status, 409);
	t.is((await send(url, 'GET', ['old', 'older'])).status, 409);
});

test('HEAD is answered as GET without a body, and is never a 409', async t => {
	const {agent, visit, assets} = await createApp(t, options);
	const page = await visit('/', assets.version);
	const head = await agent.head('/').set('X-Inertia', 'true').set('X-Inertia-Version', 'old');

	t.is(head.status, 200);
	t.is(head.text, undefined as unknown as string);
	for (const name of ['content-type', 'content-length', 'x-inertia', 'x-inertia-version', 'vary']) {
		t.is(head.headers[name], page.headers[name], name);
	}
});

test('any value of `X-Inertia` but an empty one makes a visit', async t => {
	const {agent, assets} = await createApp(t, options);
	const send = (value: string) => agent.get('/').set('X-Inertia', value).set('X-Inertia-Version', assets.version);
	t.is((await send('1')).headers['x-inertia'], 'true');
	t.is((await send('')).headers['x-inertia'], undefined);
});

test('the location of a 409 and the url of a page keep the prefix of a mount', async t => {
	const inner = new Koa();
	const middleware = inertia(options);
	inner.use(middleware);
	inner.use(ctx => ctx.inertia.render('Home'));
	const url = await serve(t, new Koa().use(mount('/admin', inner)).callback());
	const get = (version: string) =>
		fetch(`${url}/admin/users?x=1`, {headers: {'X-Inertia': 'true', 'X-Inertia-Version': version}});

	t.is((await get('old')).headers.get('x-inertia-location'), '/admin/users?x=1');
	const page = (await (await get(middleware.assets.version)).json()) as {url: string};
	t.is(page.url, '/admin/users?x=1');
});

test('`ctx.inertia.version` and `ctx.inertia.visit` tell what the visit was checked against', async t => {
	const {agent, assets} = await createApp(t, options, ctx => {
		ctx.body = {version: ctx.inertia.version, visit: ctx.inertia.visit, frozen: Object.isFrozen(ctx.inertia.visit)};
	});
	const response = await agent.post('/').set('X-Inertia', 'true').set('X-Inertia-Version', 'old');
	t.deepEqual(response.body, {
		version: assets.version,
		visit: {
			isInertia: true,
			method: 'POST',
			version: 'old',
			partialComponent: '',
			only: [],
			except: [],
			reset: [],
			loadedOnce: [],
			mergeIntent: 'append',
			errorBag: '',
			isPrefetch: false,
			isPrecognition: false,
		},
		frozen: true,
	});
});

interface RawAnswer {
	readonly status: number | undefined;
	readonly headers: NodeJS.Dict<string | string[]>;
	readonly raw: string;
}

/** By `node:http`, which sends header values that a tidy client refuses. */
function send(url: string, method: string, version: string | string[] | undefined): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		const outgoing = request(url, {method, headers: {'X-Inertia': 'true'}}, response => {
			response.setEncoding('utf8');
			let raw = '';
			response.on('data', chunk => {
				raw += chunk;
			});
			response.on('end', () => resolve({status: response.statusCode, headers: response.headers, raw}));
		});
		outgoing.on('error', reject);
		if (version !== undefined) outgoing.setHeader('X-Inertia-Version', version);
		outgoing.end();
	});
}
