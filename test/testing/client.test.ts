import {AssertionError} from 'node:assert';
import test, {type ExecutionContext} from 'ava';
import {always, defer, merge, OptionError, once, optional, scroll} from 'koa-inertia';
import {createClient, type VisitOptions} from 'koa-inertia/testing';
import supertest from 'supertest';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

/** An app that keeps the headers of its requests. */
async function createListeningApp(t: ExecutionContext, props: Record<string, unknown> = {}) {
	const requests: Array<{method: string; url: string; headers: Record<string, unknown>}> = [];
	const app = await createApp(t, options, async ctx => {
		const {host, connection, cookie, 'accept-encoding': _, ...headers} = ctx.headers;
		requests.push({method: ctx.method, url: ctx.url, headers});
		await ctx.inertia.render(ctx.path === '/' ? 'Home' : 'Users/Index', props);
	});
	return {...app, requests};
}

/** An app with a form: what is wrong with it waits in a cookie for the page after the redirect. */
const createFormApp = (t: ExecutionContext, status = 303): Promise<RunningApp> =>
	createApp(t, options, async ctx => {
		if (ctx.method === 'GET') {
			await ctx.inertia.render('Users/Create', {problem: ctx.cookies.get('problem') ?? null});
			return;
		}

		ctx.cookies.set('problem', 'no-name');
		ctx.back('/elsewhere');
		ctx.status = status;
	});

test('`open` loads a document and gives its page', async t => {
	const {client, requests, assets} = await createListeningApp(t, {name: 'Ada'});
	const {page, response, redirects} = await client.open('/users', {headers: {'Accept-Language': 'de'}});

	t.is(response.status, 200);
	t.is(response.headers['content-type'], 'text/html; charset=utf-8');
	t.like(page, {component: 'Users/Index', url: '/users', version: assets.version});
	t.deepEqual(page.props, {errors: {}, name: 'Ada'});
	t.deepEqual(redirects, []);
	t.deepEqual(client.page, page);
	t.deepEqual(requests[0]!.headers, {accept: 'text/html', 'accept-language': 'de'});
});

test('`visit` sends what the client sends from the page that it has', async t => {
	const {client, requests, assets} = await createListeningApp(t);
	await client.open('/users');
	const {page, response} = await client.visit('/users?page=2', {headers: {'X-Own': '1', Accept: '*/*'}});

	t.is(response.headers['x-inertia'], 'true');
	t.is(page.url, '/users?page=2');
	t.is(client.page.url, '/users?page=2');
	t.deepEqual(requests[1], {
		method: 'GET',
		url: '/users?page=2',
		headers: {
			accept: 'text/html, application/xhtml+xml',
			referer: '/users',
			'x-inertia': 'true',
			'x-inertia-version': assets.version,
			'x-own': '1',
			'x-requested-with': 'XMLHttpRequest',
		},
	});
});

for (const method of ['post', 'put', 'patch', 'delete'] as const) {
	test(`\`visit\` sends data as JSON with \`${method}\`, and an empty object without any`, async t => {
		const {client, requests} = await createListeningApp(t);
		await client.open('/users');
		const {page} = await client.visit('/users', {method, data: {name: 'Ada'}});
		t.is(page.component, 'Users/Index');
		await client.visit('/users', {method});
		const sent = requests.slice(1).map(({headers, ...request}) => ({
			method: request.method,
			type: headers['content-type'],
			length: headers['content-length'],
		}));
		const expected = {method: method.toUpperCase(), type: 'application/json'};
		t.deepEqual(sent, [
			{...expected, length: '14'},
			{...expected, length: '2'},
		]);
	});
}

const partialVisits: Array<[asked: VisitOptions, headers: Record<string, string>]> = [
	[{only: ['users', 'auth.user']}, {'x-inertia-partial-data': 'users,auth.user'}],
	[{except: ['users']}, {'x-inertia-partial-except': 'users'}],
	[
		{only: ['users'], reset: ['rows']},
		{'x-inertia-partial-data': 'users,rows', 'x-inertia-reset': 'rows'},
	],
	[{reset: ['rows']}, {'x-inertia-partial-data': 'rows', 'x-inertia-reset': 'rows'}],
];
for (const [asked, expected] of partialVisits) {
	test(`a visit with ${JSON.stringify(asked)} names its paths and the component of the page`, async t => {
		const {client, requests} = await createListeningApp(t);
		await client.open('/users');
		await client.visit('/', asked);
		await client.reload(asked);
		const partial = requests.map(({headers}) =>
			Object.fromEntries(Object.entries(headers).filter(([name]) => /partial|reset/.test(name))),
		);
		t.deepEqual(partial, [
			{},
			{'x-inertia-partial-component': 'Users/Index', ...expected},
			// From the page that the visit led to.
			{'x-inertia-partial-component': 'Home', ...expected},
		]);
	});
}

test('`reload` asks for the url of the page again, past every cache', async t => {
	const {client, requests} = await createListeningApp(t);
	await client.open('/users?page=2');
	const {page} = await client.reload({headers: {'X-Own': '1'}});
	t.is(page.url, '/users?page=2');
	t.is(requests[1]!.url, '/users?page=2');
	t.like(requests[1]!.headers, {'cache-control': 'no-cache', 'x-inertia': 'true', 'x-own': '1'});
});

test('`page` of a partial reload has what was asked for, and the client lays it over what it had', async t => {
	let count = 0;
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {
			count: () => ++count,
			auth: {user: () => `user ${count}`, team: () => `team ${count}`, rights: ['read']},
			seldom: optional(() => 'seldom'),
			time: always(() => `time ${count}`),
		}),
	);
	await client.open('/');
	t.deepEqual(client.page.props, {
		errors: {},
		count: 1,
		auth: {user: 'user 1', team: 'team 1', rights: ['read']},
		time: 'time 1',
	});

	const {page} = await client.reload({only: ['count', 'auth.user', 'seldom']});
	t.deepEqual(page.props, {errors: {}, count: 2, auth: {user: 'user 2'}, seldom: 'seldom', time: 'time 2'});
	t.deepEqual(client.page.props, {
		errors: {},
		count: 2,
		auth: {user: 'user 2', team: 'team 1', rights: ['read']},
		time: 'time 2',
		seldom: 'seldom',
	});

	const except = await client.reload({except: ['count', 'auth']});
	t.deepEqual(Object.keys(except.page.props).sort(), ['errors', 'seldom', 'time']);
	t.is(client.page.props.count, 2);

	await client.visit('/');
	t.deepEqual(Object.keys(client.page.props).sort(), ['auth', 'count', 'errors', 'time']);
});

test('a list to be merged is the one that came last', async t => {
	const {client} = await createApp(t, options, ctx => ctx.inertia.render('Home', {rows: merge([ctx.query.page])}));
	await client.open('/?page=1');
	const {page} = await client.visit('/?page=2', {only: ['rows']});
	t.deepEqual(page.mergeProps, ['rows']);
	t.deepEqual(client.page.props.rows, ['2']);
});

test('the state of a paginated list stays beside that of another', async t => {
	const rows = (pageName: string) =>
		scroll({data: [1]}, {metadata: {pageName, previousPage: null, nextPage: 2, currentPage: 1}});
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {users: rows('users'), posts: rows('posts')}),
	);
	await client.open('/');
	const {page} = await client.reload({only: ['posts']});
	t.deepEqual(Object.keys(page.scrollProps!), ['posts']);
	t.deepEqual(Object.keys(client.page.scrollProps!), ['users', 'posts']);
});

test('a partial reload that ends at another page replaces the one before', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.get('X-Inertia-Partial-Data')) await ctx.inertia.render('Login');
		else await ctx.inertia.render('Home', {secret: 1});
	});
	await client.open('/');
	await client.reload({only: ['secret']});
	t.like(client.page, {component: 'Login', props: {errors: {}}});
	t.false('secret' in client.page.props);
});

test('once props are not asked for again while the client has them, and keep their values', async t => {
	let calls = 0;
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render(ctx.path === '/' ? 'Home' : 'Other', {
			geo: {climate: once(() => `mild ${++calls}`, {key: 'weather', expiresIn: '1h'})},
			later: once(defer(() => 'later')),
		}),
	);
	const {page: first} = await client.open('/');
	t.is(client.createHeaders()['x-inertia-except-once-props'], 'weather');

	const {page} = await client.visit('/other');
	t.deepEqual(page.props, {errors: {}, geo: {}});
	t.deepEqual(client.page.props, {errors: {}, geo: {climate: 'mild 1'}});
	t.is(client.page.onceProps?.weather?.expiresAt, first.onceProps!.weather!.expiresAt);

	await client.loadDeferred();
	t.is(client.page.props.later, 'later');
	t.is(client.createHeaders()['x-inertia-except-once-props'], 'weather,later');
	await client.visit('/');
	t.deepEqual(client.page.props, {errors: {}, geo: {climate: 'mild 1'}, later: 'later'});
	t.is(calls, 1);

	await client.reload({only: ['geo.climate']});
	t.deepEqual(client.page.props.geo, {climate: 'mild 2'});
	await client.open('/');
	t.is(calls, 3);
});

test('a once prop keeps its value at another place and inside a list, and a deferred one until it is loaded', async t => {
	const {client} = await createApp(t, options, ctx => {
		const climate = once(() => 'mild', {key: 'weather'});
		const later = once(defer(() => 'later'));
		return ctx.inertia.render('Home', ctx.path === '/' ? {climate, later} : {rows: [{climate}], later});
	});
	await client.open('/');
	await client.visit('/rows');
	t.deepEqual(client.page.props, {errors: {}, rows: [{climate: 'mild'}]});
	await client.loadDeferred();
	await client.visit('/');
	t.deepEqual(client.page.props, {errors: {}, climate: 'mild', later: 'later'});
});

test('a once prop that is expired is loaded again', async t => {
	let calls = 0;
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {climate: once(() => ++calls, {expiresAt: Date.now() - 1})}),
	);
	await client.open('/');
	t.false('x-inertia-except-once-props' in client.createHeaders());
	t.is((await client.visit('/')).page.props.climate, 2);
});

test('`loadDeferred` loads every group with a request of its own, all at once', async t => {
	const asked: string[] = [];
	let arrived = 0;
	let release: () => void = () => {};
	const both = new Promise<void>(resolve => {
		release = resolve;
	});
	const load = (value: number) => async () => {
		arrived += 1;
		if (arrived === 2) release();
		await both;
		return value;
	};
	const {client} = await createApp(t, options, ctx => {
		asked.push(ctx.get('X-Inertia-Partial-Data'));
		return ctx.inertia.render('Home', {
			plain: 1,
			sales: defer(load(2), {group: 'charts'}),
			costs: defer(() => 3, {group: 'charts'}),
			news: defer(load(4)),
		});
	});
	const {page} = await client.open('/');
	t.deepEqual(page.deferredProps, {charts: ['sales', 'costs'], default: ['news']});

	const [charts, rest] = await client.loadDeferred();
	t.deepEqual(asked.sort(), ['', 'news', 'sales,costs']);
	t.deepEqual(charts!.page.props, {errors: {}, sales: 2, costs: 3});
	t.deepEqual(rest!.page.props, {errors: {}, news: 4});
	t.deepEqual(client.page.props, {errors: {}, plain: 1, sales: 2, costs: 3, news: 4});
});

test('`loadDeferred` loads the groups that are named, one after the other too', async t => {
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {
			sales: defer(() => 2, {group: 'charts'}),
			news: defer(() => 4),
			costs: defer(() => 3, {group: 'tables'}),
		}),
	);
	await client.open('/');
	const answers = await client.loadDeferred('tables', 'charts');
	t.deepEqual(
		answers.map(({page}) => page.props),
		[
			{errors: {}, costs: 3},
			{errors: {}, sales: 2},
		],
	);
	t.false('news' in client.page.props);
	const [last] = await client.loadDeferred('default');
	t.is(last!.page.props.news, 4);
	t.deepEqual(client.page.props, {errors: {}, costs: 3, sales: 2, news: 4});
});

test('`loadDeferred` names the groups that there are', async t => {
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render(
			'Home',
			ctx.path === '/' ? {sales: defer(() => 2, {group: 'charts'}), news: defer(() => 4)} : {},
		),
	);
	await client.open('/');
	await t.throwsAsync(client.loadDeferred('chart', 'charts', 'new'), {
		instanceOf: AssertionError,
		message: 'The page `Home` announced no deferred group `chart`, `new`. Its groups are `charts`, `default`.',
	});
	await client.visit('/none');
	await t.throwsAsync(client.loadDeferred(), {message: /announced no deferred props\. Were they loaded with it\?/});
	await t.throwsAsync(client.loadDeferred('charts'), {message: /announced no deferred group `charts`\. Were they/});
});

test('redirects are followed as in a browser, back to the page of the form', async t => {
	const {client} = await createFormApp(t);
	await client.open('/users/create?copy=1');
	const {page, response, redirects} = await client.visit('/users', {method: 'post', data: {name: ''}});

	t.deepEqual(
		redirects.map(({status, headers}) => [status, headers.location]),
		[[303, '/users/create?copy=1']],
	);
	t.is(response.status, 200);
	t.is(page.url, '/users/create?copy=1');
	t.is(page.props.problem, 'no-name');
	t.deepEqual(client.page, page);
});

test('`supertest(…)` forgets the cookies that `supertest.agent(…)` keeps', async t => {
	const {app} = await createFormApp(t);
	for (const [request, problem] of [
		[supertest(app.callback()), null],
		[supertest.agent(app.callback()), 'no-name'],
	] as const) {
		const client = createClient(request);
		await client.open('/users/create');
		const {page} = await client.visit('/users', {method: 'post'});
		t.is(page.props.problem, problem);
	}
});

const redirectMethods: Array<[status: number, method: 'get' | 'post' | 'put' | 'delete', next: string]> = [
	[301, 'get', 'GET'],
	[302, 'get', 'GET'],
	[302, 'post', 'GET'],
	[302, 'put', 'PUT'],
	[303, 'put', 'GET'],
	[303, 'delete', 'GET'],
	[307, 'post', 'POST'],
	[308, 'delete', 'DELETE'],
];
for (const [status, method, next] of redirectMethods) {
	test(`a ${status} that answers ${method.toUpperCase()} is followed by ${next}, with the headers of the visit`, async t => {
		const {client, assets} = await createApp(t, options, async ctx => {
			if (ctx.path === '/to') {
				const {method, url, headers} = ctx;
				await ctx.inertia.render('To', {
					method,
					url,
					version: headers['x-inertia-version'],
					type: headers['content-type'],
				});
			} else if (ctx.path === '/') {
				await ctx.inertia.render('Home');
			} else {
				// Outside of the middleware's reach, which makes a 303 of some.
				ctx.respond = false;
				ctx.res.writeHead(status, {location: `${ctx.protocol}://${ctx.host}/to?x=1#end`}).end();
			}
		});
		await client.open('/');
		const {page} = await client.visit('/from', {method});
		const {type, ...received} = page.props;
		t.deepEqual(received, {errors: {}, method: next, url: '/to?x=1', version: assets.version});
		t.is(type, next === 'GET' ? undefined : 'application/json');
	});
}

test('a document is redirected as well, and a redirect to another host is not followed', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.path === '/users') await ctx.inertia.render('Users/Index');
		else ctx.redirect(ctx.path === '/old' ? 'users' : 'https://example.com/users');
	});
	const {page, redirects} = await client.open('/old');
	t.is(page.component, 'Users/Index');
	t.is(redirects.length, 1);

	const answer = await client.open('/away');
	t.is(answer.response.status, 302);
	t.deepEqual(answer.redirects, []);
	t.throws(() => answer.page, {instanceOf: AssertionError, message: /302 to `https:\/\/example\.com\/users`/});
});

test('redirects without an end are an error', async t => {
	let calls = 0;
	const {client} = await createApp(t, options, ctx => {
		calls += 1;
		ctx.redirect(`/${calls}`);
	});
	await t.throwsAsync(client.open('/users'), {
		instanceOf: AssertionError,
		message: "The redirects from `/users` don't end: after 20 of them comes one to `/21`.",
	});
	t.is(calls, 21);
});

test('a stale client gets a 409, and has the page that it had', async t => {
	const {agent, assets} = await createApp(t, options);
	const client = createClient(agent, {version: 'old'});
	await client.open('/');
	for (const send of [() => client.visit('/users'), () => client.reload({only: ['greeting']})]) {
		const answer = await send();
		t.is(answer.response.status, 409);
		t.is(answer.response.headers['x-inertia-version'], assets.version);
		t.throws(() => answer.page, {instanceOf: AssertionError, message: /client has version `old`/});
		t.is(client.page.url, '/');
	}

	const {page} = await client.visit('/users', {method: 'post'});
	t.is(page.version, 'old');
	t.is((await client.visit('/users')).response.status, 409);
});

test('a client that was opened before a deploy is a stale one after it', async t => {
	let version = 'a';
	const {client} = await createApp(t, {...options, version: () => version});
	await client.open('/');
	version = 'b';
	const {response} = await client.visit('/users');
	t.is(response.status, 409);
	await client.open(response.headers['x-inertia-location']!);
	t.is((await client.visit('/users')).page.version, 'b');
});

test('with the version of the server a visit needs no first load', async t => {
	const {agent, assets} = await createApp(t, options);
	t.is((await createClient(agent, {version: assets.version}).visit('/users')).page.component, 'Home');

	const client = createClient(agent);
	const answer = await client.visit('/users');
	t.throws(() => answer.page, {
		message: /sent no version, since it has no page yet.*`await client\.open\('\/users'\)`/,
	});
	const withoutVersions = await createApp(t, {...options, version: null});
	t.is((await withoutVersions.client.visit('/users')).page.version, '');
});

test('an answer without a page can be looked at, and leaves the client where it is', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.path === '/') await ctx.inertia.render('Home');
		else if (ctx.path === '/gone') await ctx.inertia.render('Gone', {}, {status: 410});
		else ctx.throw(403, 'Not yours');
	});
	await client.open('/');
	const answer = await client.visit('/secret');
	t.is(answer.response.status, 403);
	t.is(answer.response.text, 'Not yours');
	t.throws(() => answer.page, {message: /received 403, text\/plain.*`Not yours`/});
	t.is(client.page.component, 'Home');

	t.is((await client.visit('/gone')).page.component, 'Gone');
	t.is(client.page.component, 'Gone');
	await client.open('/secret');
	t.throws(() => client.page, {message: /has no page yet/});
});

test('what starts from a page says that there is none', async t => {
	const {client} = await createApp(t, options);
	const expected = {
		instanceOf: AssertionError,
		message: 'The client has no page yet. Open one first: `await client.open(path)`.',
	};
	t.throws(() => client.page, expected);
	t.throws(() => client.createHeaders({only: ['a']}), expected);
	await t.throwsAsync(client.reload(), expected);
	await t.throwsAsync(client.loadDeferred(), expected);
	await t.throwsAsync(client.visit('/', {only: ['greeting']}), expected);
});

test('`createHeaders` makes a visit of any request', async t => {
	const {client, agent, requests} = await createListeningApp(t);
	await client.open('/users');
	await agent
		.post('/avatar')
		.set(client.createHeaders({only: ['avatar']}))
		.attach('avatar', Buffer.from('x'), 'x.png');
	t.like(requests[1]!.headers, {
		'x-inertia': 'true',
		'x-inertia-version': client.page.version,
		'x-inertia-partial-data': 'avatar',
	});
	t.regex(String(requests[1]!.headers['content-type']), /^multipart\/form-data/);
});

test('props with names such as `__proto__` and `constructor` are data', async t => {
	const {client} = await createApp(t, options, ctx =>
		ctx.inertia.render('Home', {
			auth: JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'),
			toString: once(() => 'once', {key: '__proto__'}),
		}),
	);
	await client.open('/');
	await client.reload({only: ['auth.__proto__']});
	const {auth} = client.page.props as {auth: object};
	t.deepEqual(Object.entries(auth), [
		['__proto__', {admin: true}],
		['constructor', 1],
	]);
	t.is((auth as {admin?: boolean}).admin, undefined);
	t.is((await client.visit('/')).response.status, 200);
	t.is(client.page.props.toString as unknown, 'once');
});

const wrongOptions: Array<[name: string, call: (app: RunningApp) => unknown, message: RegExp]> = [
	[
		'an unknown option',
		({client}) => client.visit('/', {methd: 'post'} as never),
		/`client\.visit` has no option `methd`. Did you mean `method`\?/,
	],
	[
		'a method in capitals',
		({client}) => client.visit('/', {method: 'POST' as never}),
		/`method` must be one of get, post/,
	],
	['data of a GET', ({client}) => client.visit('/', {data: {page: 2}}), /a GET has none\. Put it into the query/],
	[
		'a path in place of a list',
		({client}) => client.reload({only: 'users' as never}),
		/`only` must be a list of the paths.*received "users"/,
	],
	['an option of `visit`', ({client}) => client.reload({data: {}} as never), /`client\.reload` has no option `data`/],
	['headers that are text', ({client}) => client.open('/', {headers: 'a' as never}), /`headers` must be an object/],
	[
		'a version that is a number',
		({agent}) => createClient(agent, {version: 1 as never}),
		/`version` must be a string, received 1/,
	],
];
for (const [name, call, message] of wrongOptions) {
	test(`${name} is refused with what was received`, async t => {
		const app = await createApp(t, options);
		await t.throwsAsync(async () => call(app), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message});
	});
}
