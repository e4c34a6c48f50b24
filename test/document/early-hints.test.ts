import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {Agent, type IncomingHttpHeaders, type RequestOptions, request} from 'node:http';
import {connect as connectHttp2, createServer as createHttp2Server} from 'node:http2';
import type {AddressInfo} from 'node:net';
import {connect} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import Koa, {type Middleware} from 'koa';
import {type InertiaOptions, inertia, OptionError} from 'koa-inertia';
import type {Manifest} from 'koa-inertia/assets';
import nunjucks from 'nunjucks';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createBuild, createDirectory} from '../helpers/build.ts';
import {parseLinks} from '../helpers/links.ts';
import {waitFor} from '../helpers/wait-for.ts';

const manifest: Manifest = {
	'_vendor.js': {file: 'vendor.js'},
	'source/main.ts': {file: 'main.js', isEntry: true, imports: ['_vendor.js'], css: ['main.css']},
	'source/admin.ts': {file: 'admin.js', isEntry: true},
	'source/pages/Home.tsx': {file: 'home.js', css: ['home.css']},
	'source/pages/About.tsx': {file: 'about.js'},
};
const call = "{{ vite('source/main.ts', {page: page}) }}";

type Answer = {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly hints: ReadonlyArray<{readonly link: string; readonly at: number}>;
};

/** Asks once, and collects what comes before the answer. */
async function ask(url: string, options: RequestOptions = {}): Promise<Answer> {
	const hints: Array<{link: string; at: number}> = [];
	const agent = new Agent();
	const sent = request(url, {agent, headers: {Accept: 'text/html'}, ...options});
	sent.on('information', ({statusCode, headers}) => {
		if (statusCode === 103) hints.push({link: String(headers.link), at: performance.now()});
	});
	sent.end();
	const [response] = await once(sent, 'response');
	response.resume();
	await once(response, 'end');
	agent.destroy();
	return {status: response.statusCode, headers: response.headers, hints};
}

const create = async (
	t: ExecutionContext,
	{
		handler = ctx => ctx.inertia.render('Home'),
		template = call,
		...options
	}: InertiaOptions & {
		handler?: Middleware;
		template?: string;
	} = {},
): Promise<RunningApp & {readonly views: string}> => {
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, `${template}{{ inertia() }}`);
	await writeFile(`${views}/other.njk`, "{{ vite('source/admin.ts') }}{{ inertia() }}");
	const app = await createApp(
		t,
		{manifest, hotFile: false, views, template: 'app.njk', earlyHints: true, ...options},
		handler,
	);
	return {...app, views};
};

const targets = (link: string | string[] | undefined): string[] =>
	parseLinks([link ?? []].flat().join(', ')).map(({target}) => target);

test('from its second document on, a template is announced by one 103 with what the header says', async t => {
	const {url, errors} = await create(t);
	const first = await ask(url);
	t.is(first.status, 200);
	t.deepEqual(first.hints, []);
	for (let round = 0; round < 3; round += 1) {
		const {status, headers, hints} = await ask(url);
		t.is(status, 200);
		t.is(hints.length, 1);
		t.is(hints[0]!.link, String(headers.link));
		t.deepEqual(targets(hints[0]!.link), ['/main.css', '/home.css', '/main.js', '/home.js', '/vendor.js']);
	}

	t.deepEqual(errors, []);
});

test('of a build with an import map the hints have stylesheets alone', async t => {
	const hashed = {...manifest, '_vendor.js': {file: 'vendor.js', integrity: 'sha384-vendor'}};
	const {url} = await create(t, {manifest: hashed});
	await ask(url);
	const {hints, headers} = await ask(url);
	t.is(hints.length, 1);
	t.is(hints[0]!.link, String(headers.link));
	t.deepEqual(targets(hints[0]!.link), ['/main.css', '/home.css']);
});

test('without the option there is none', async t => {
	for (const earlyHints of [undefined, false]) {
		const {url} = await create(t, earlyHints === undefined ? {earlyHints: false} : {earlyHints});
		await ask(url);
		t.deepEqual((await ask(url)).hints, []);
	}

	t.throws(() => inertia({manifest, hotFile: false, earlyHints: 1 as unknown as boolean}), {instanceOf: OptionError});
});

test('the hints arrive before a slow prop resolves', async t => {
	let resolvedAt = 0;
	const slow = async (): Promise<string> => {
		await delay(300);
		resolvedAt = performance.now();
		return 'slow';
	};
	const {url} = await create(t, {handler: ctx => ctx.inertia.render('Home', {slow})});
	await ask(url);
	const {hints} = await ask(url);
	t.is(hints.length, 1);
	t.true(resolvedAt - hints[0]!.at > 150, `${resolvedAt - hints[0]!.at} ms`);
});

test('another page of the template is announced with its own chunk, a constant one with that', async t => {
	const handler: Middleware = ctx => ctx.inertia.render(ctx.path.slice(1) || 'Home');
	const {url} = await create(t, {handler});
	await ask(url);
	const about = await ask(`${url}/About`);
	t.deepEqual(targets(about.hints[0]!.link), ['/main.css', '/main.js', '/about.js', '/vendor.js']);
	t.is(about.hints[0]!.link, String(about.headers.link));

	const constant = await create(t, {handler, template: "{{ vite('source/main.ts', {page: 'Home'}) }}"});
	await ask(`${constant.url}/About`);
	for (const path of ['/About', '/Home', '/About']) {
		const {hints, headers} = await ask(constant.url + path);
		t.is(hints[0]!.link, String(headers.link), path);
		t.true(targets(hints[0]!.link).includes('/home.js'));
	}
});

test('each template has its own, and the first document of each has none', async t => {
	const {url} = await create(t, {
		handler: ctx => ctx.inertia.render('Home', {}, {template: `${String(ctx.query.t ?? 'app')}.njk`}),
	});
	await ask(url);
	t.deepEqual((await ask(`${url}/?t=other`)).hints, []);
	t.deepEqual(targets((await ask(`${url}/?t=other`)).hints[0]!.link), ['/admin.js']);
	t.true(targets((await ask(url)).hints[0]!.link).includes('/home.js'));
});

test('a template that asks for something else is announced by what it asked for last', async t => {
	const {url} = await create(t, {
		handler: ctx => ctx.inertia.render('Home', {}, {viewData: {entry: ctx.query.entry}}),
		template: '{{ vite(entry) }}',
	});
	await ask(`${url}/?entry=source/main.ts`);
	const second = await ask(`${url}/?entry=source/admin.ts`);
	t.deepEqual(targets(second.hints[0]!.link), ['/main.css', '/main.js', '/vendor.js']);
	t.deepEqual(targets(second.headers.link as unknown as string), ['/admin.js']);
	t.deepEqual(targets((await ask(`${url}/?entry=source/admin.ts`)).hints[0]!.link), ['/admin.js']);
});

test('it has the attributes and the budget of the header, and no nonce', async t => {
	let count = 0;
	const {url} = await create(t, {
		handler(ctx) {
			count += 1;
			ctx.state.cspNonce = `nonce${count}`;
			return ctx.inertia.render('Home');
		},
		preloadBudget: 150,
		template:
			"{{ vite('source/main.ts', script={crossorigin: 'use-credentials'}, page=page) }}{{ vite('source/admin.ts') }}",
	});
	await ask(url);
	for (let round = 2; round < 5; round += 1) {
		const {headers, hints} = await ask(url);
		t.regex(String(headers.link), new RegExp(`nonce="nonce${round}"`));
		t.true(hints[0]!.link.startsWith(String(headers.link).replaceAll(`; nonce="nonce${round}"`, '')));
		t.notRegex(hints[0]!.link, /nonce/);
		t.true(hints[0]!.link.length <= 150);
	}
});

test('a visit, HEAD, POST and a request of HTTP/1.0 have none', async t => {
	const {url, assets} = await create(t);
	await ask(url);
	t.is((await ask(url)).hints.length, 1);
	const headers = {'X-Inertia': 'true', 'X-Inertia-Version': assets.version};
	for (const options of [
		{headers},
		{headers: {'X-Inertia': 'true', 'X-Inertia-Version': 'x'}},
		{method: 'HEAD'},
		{method: 'POST'},
	]) {
		const {status, hints} = await ask(url, options);
		t.true(status === 200 || status === 409);
		t.deepEqual(hints, [], JSON.stringify(options));
	}

	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	socket.end('GET / HTTP/1.0\r\nHost: x\r\nAccept: text/html\r\n\r\n');
	let text = '';
	for await (const chunk of socket) text += String(chunk);
	t.regex(text, /^HTTP\/1\.1 200 /);
	t.notRegex(text, / 103 /);
});

test('what answers with something else than a document has none, not even of a template that is known', async t => {
	const {url} = await create(t, {
		async handler(ctx) {
			if (ctx.path === '/') await ctx.inertia.render('Home');
			else if (ctx.path === '/go') ctx.redirect('/');
			else if (ctx.path === '/json') ctx.body = {};
			else ctx.throw(418);
		},
	});
	await ask(url);
	for (const path of ['/go', '/json', '/teapot']) t.deepEqual((await ask(url + path)).hints, [], path);
});

test('a page that fails is announced once, and the page of its error is not announced again', async t => {
	const errorPage = (): string => 'About';
	for (const share of [
		undefined,
		(): {user: () => Promise<never>} => ({user: () => Promise.reject(new Error('no user'))}),
	]) {
		const {url} = await create(t, {
			errorPage,
			...(share && {share}),
			handler: ctx =>
				ctx.inertia.render('Home', {broken: () => (ctx.query.fail ? Promise.reject(new Error('broken')) : 1)}),
		});
		await ask(url);
		const {status, hints, headers} = await ask(`${url}/?fail=1`);
		t.is(status, 500);
		t.is(hints.length, 1);
		t.true(targets(headers.link as unknown as string).includes('/about.js'));
		t.false(targets(headers.link as unknown as string).includes('/home.js'));
	}
});

test('an error page that is the only page of its request is announced once', async t => {
	const {url} = await create(t, {
		errorPage: () => 'About',
		handler: ctx => (ctx.path === '/' ? ctx.inertia.render('Home') : ctx.throw(403)),
	});
	await ask(url);
	const {status, hints, headers} = await ask(`${url}/no`);
	t.is(status, 403);
	t.is(hints.length, 1);
	t.is(hints[0]!.link, String(headers.link));
});

test('two renders in one request are announced once', async t => {
	const {url} = await create(t, {
		async handler(ctx) {
			await ctx.inertia.render('Home');
			await ctx.inertia.render('About');
		},
	});
	await ask(url);
	t.is((await ask(url)).hints.length, 1);
});

test('a new build that lacks the entry has no hints, and says so as without them', async t => {
	const build = await createBuild(t, manifest);
	const {url, assets, errors} = await create(t, {manifest: build.manifest});
	await ask(url);
	t.is((await ask(url)).hints.length, 1);
	const {version} = assets;
	const {'source/main.ts': _, ...rest} = manifest;
	await build.deploy(rest);
	await waitFor(() => assets.version !== version);
	const {status, hints} = await ask(url);
	t.is(status, 500);
	t.deepEqual(hints, []);
	t.like(errors[0], {code: 'ERR_INERTIA_MANIFEST_ENTRY'});
});

test('a new build is announced by its own files', async t => {
	const build = await createBuild(t, manifest);
	const {url, assets} = await create(t, {manifest: build.manifest});
	await ask(url);
	const {version} = assets;
	await build.deploy({...manifest, 'source/main.ts': {file: 'main-2.js', isEntry: true}});
	await waitFor(() => assets.version !== version);
	const {hints, headers} = await ask(url);
	t.is(hints[0]!.link, String(headers.link));
	t.true(targets(hints[0]!.link).includes('/main-2.js'));
});

test('a response that somebody else has started stays as it is', async t => {
	const {url, errors} = await create(t, {
		handler(ctx) {
			if (ctx.path === '/') return ctx.inertia.render('Home');
			ctx.respond = false;
			ctx.res.writeHead(200, {'Content-Type': 'text/plain'});
			ctx.res.end('own');
			return ctx.inertia.render('Home').catch(() => undefined);
		},
	});
	await ask(url);
	const {status, hints, headers} = await ask(`${url}/own`);
	t.is(status, 200);
	t.is(headers['content-type'], 'text/plain');
	t.deepEqual(hints, []);
	t.like(errors, {length: 1, 0: {code: 'ERR_INERTIA_OPTION'}});
});

test('while the dev server runs there are none', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const {url} = await create(t, {hotFile: `${directory}/hot`});
	await ask(url);
	t.deepEqual((await ask(url)).hints, []);
});

test('a `rootView` is announced too', async t => {
	const app = await createApp(t, {
		manifest,
		hotFile: false,
		earlyHints: true,
		rootView: (page, _ctx, tags) => tags.vite('source/main.ts', {page}) + tags.inertia(),
	});
	await ask(app.url);
	const {hints, headers} = await ask(app.url);
	t.is(hints[0]!.link, String(headers.link));
});

test('an application that makes up the names of its templates is served as any other', async t => {
	const loader: nunjucks.ILoader = {
		getSource: name => ({src: "{{ vite('source/main.ts') }}", path: name, noCache: true}),
	};
	const app = await createApp(
		t,
		{manifest, hotFile: false, earlyHints: true, views: new nunjucks.Environment(loader)},
		ctx => ctx.inertia.render('Home', {}, {template: ctx.path.slice(1)}),
	);
	for (let index = 0; index < 250; index += 1) await app.agent.get(`/${index}`).expect(200);
	t.is((await ask(`${app.url}/249`)).hints.length, 1);
	t.is((await ask(`${app.url}/0`)).hints.length, 0);
});

test('HTTP/2 carries them', async t => {
	const app = new Koa();
	app.use(
		inertia({
			manifest,
			hotFile: false,
			earlyHints: true,
			rootView: (page, _ctx, tags) => tags.vite('source/main.ts', {page}) + tags.inertia(),
		}),
	);
	app.use(ctx => ctx.inertia.render('Home'));
	const server = createHttp2Server(app.callback()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	t.teardown(() => {
		session.close();
		server.close();
	});
	const askOnce = async (): Promise<{hints: unknown[]; link: unknown}> => {
		const stream = session.request({':path': '/', accept: 'text/html'});
		const hints: unknown[] = [];
		stream.on('headers', headers => hints.push(headers.link));
		const [headers] = await once(stream, 'response');
		stream.resume();
		await once(stream, 'end');
		return {hints, link: headers.link};
	};
	t.deepEqual((await askOnce()).hints, []);
	const {hints, link} = await askOnce();
	t.deepEqual(hints, [link]);
	t.truthy(link);
});

test('a `template` that is a function is asked once for a document', async t => {
	for (const earlyHints of [true, false]) {
		const asked: string[] = [];
		const app = await createApp(t, {
			manifest,
			hotFile: false,
			earlyHints,
			template(ctx) {
				asked.push(ctx.path);
				return 'app.njk';
			},
		});
		for (const path of ['/a', '/b', '/c']) await ask(app.url + path);
		t.deepEqual(asked, ['/a', '/b', '/c']);
	}
});
