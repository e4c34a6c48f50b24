import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import Koa, {type Middleware} from 'koa';
import genericSession from 'koa-generic-session';
import {type InertiaOptions, inertia, ValidationError} from 'koa-inertia';
import mount from 'koa-mount';
import {createSession} from 'koa-session';
import minimalSession from 'koa-session-minimal';
import supertest from 'supertest';
import {createManifest} from '../helpers/build.ts';
import {MemoryStore} from '../helpers/memory-store.ts';
import {serve} from '../helpers/serve.ts';
import {collectWarnings} from '../helpers/warnings.ts';

type SetUp = (app: Koa, createInertia: () => Middleware) => void;

/** Sends requests twice to an application in development, and gives the warnings with that code. */
const listWarnings = async (
	t: ExecutionContext,
	setUp: SetUp,
	paths: readonly string[],
	{env = 'development', ...options}: InertiaOptions & {env?: string} = {},
): Promise<Array<{code: string | undefined; message: string}>> => {
	const warnings = collectWarnings(t, '');
	const app = new Koa();
	app.silent = true;
	app.env = env;
	app.keys = ['a key for tests'];
	setUp(app, () => inertia({manifest: createManifest(), base: '/build/', hotFile: false, ...options}));
	const agent = supertest.agent(await serve(t, app.callback()));
	for (const path of [...paths, ...paths]) await agent.get(path).set('Referer', 'http://127.0.0.1/form');
	await delay(10);
	return warnings.map(({code, message}) => ({code, message}));
};

const sessions: ReadonlyArray<[name: string, create: (app: Koa) => Middleware]> = [
	['koa-session', app => createSession({}, app)],
	['koa-session with a store', app => createSession({store: new MemoryStore()}, app)],
	['koa-generic-session', () => genericSession()],
	['koa-generic-session that is deferred', () => genericSession({defer: true})],
	['koa-session-minimal', () => minimalSession()],
];

const lateSession = {
	code: 'INERTIA_SESSION_ORDER',
	message:
		'The session begins behind `inertia()` and ends before it, so the messages of a failed validation are lost. Use the session middleware before `app.use(inertia())`.',
};

for (const [name, create] of sessions) {
	test.serial(`${name} behind \`inertia()\` is one warning in development`, async t => {
		const setUp: SetUp = (app, createInertia) => {
			const session = create(app);
			app.use(createInertia()).use(session);
			app.use(ctx => ctx.inertia.render('Home'));
		};
		t.deepEqual(await listWarnings(t, setUp, ['/']), [lateSession]);
		t.deepEqual(await listWarnings(t, setUp, ['/'], {env: 'test'}), []);
	});

	test.serial(`${name} before \`inertia()\` is none`, async t => {
		const setUp: SetUp = (app, createInertia) => {
			app.use(create(app)).use(createInertia());
			app.use(async ctx => {
				if (ctx.path === '/none') return;
				ctx.inertia.flash({message: 'Saved.'});
				await ctx.inertia.render('Home');
			});
		};
		t.deepEqual(await listWarnings(t, setUp, ['/', '/none']), []);
	});
}

test.serial('a session behind `inertia()` loses the messages of a failed validation, as the warning says', async t => {
	const app = new Koa();
	app.keys = ['a key for tests'];
	app.use(inertia({version: null})).use(createSession({}, app));
	app.use(async ctx => {
		if (ctx.method === 'POST') throw new ValidationError({name: 'Give it a name.'});
		await ctx.inertia.render('Form');
	});
	const agent = supertest.agent(await serve(t, app.callback()));
	await agent.post('/').set('X-Inertia', 'true').expect(302);
	t.deepEqual((await agent.get('/').set('X-Inertia', 'true')).body.props.errors, {});
});

test.serial('an application without a session is no warning', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(createInertia()).use(ctx => ctx.inertia.render('Home'));
	t.deepEqual(await listWarnings(t, setUp, ['/']), []);
});

const toMessage = (path: string, answer: string) => ({
	code: 'INERTIA_BUILD_NOT_SERVED',
	message: `\`${path}\` is a file of the build, and nothing serves it: the answer is a ${answer}. Serve the directory of the build at this URL before the routes, for example by \`app.use(serve('public'))\` of koa-static for \`public/build\`, or correct the option \`base\`.`,
});

/** Serves files as koa-static does. */
const serveFiles =
	(base: string): Middleware =>
	async (ctx, next) => {
		if (!ctx.path.startsWith(base)) return next();
		ctx.type = 'js';
		ctx.body = '';
	};

const answer404: Middleware = async ctx => {
	if (ctx.path === '/') await ctx.inertia.render('Home');
};

test.serial('a file of the build that nothing serves is one warning in development', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(createInertia()).use(answer404);
	const paths = [
		'/',
		'/favicon.ico',
		'/build/assets/gone.js',
		'/build/assets/main-a.js?v=1',
		'/build/assets/main-a.css',
	];
	t.deepEqual(await listWarnings(t, setUp, paths), [toMessage('/build/assets/main-a.js', '404')]);
	for (const env of ['test', 'production']) t.deepEqual(await listWarnings(t, setUp, paths, {env}), []);
});

test.serial('a wrong `base` is the same warning, with the URL that it leads to', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(serveFiles('/build/')).use(createInertia()).use(answer404);
	t.deepEqual(await listWarnings(t, setUp, ['/assets/main-a.js'], {base: '/'}), [
		toMessage('/assets/main-a.js', '404'),
	]);
});

test.serial('a route for every URL answers the file with a document, which is the warning too', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(createInertia()).use(ctx => ctx.inertia.render('Home'));
	t.deepEqual(await listWarnings(t, setUp, ['/build/assets/main-a.js']), [
		toMessage('/build/assets/main-a.js', 'document'),
	]);
});

test.serial('below a mounted application the URL counts, not the rest of the path', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(mount('/shop', new Koa().use(createInertia()).use(answer404)));
	t.deepEqual(await listWarnings(t, setUp, ['/shop/build/assets/main-a.js']), []);
	t.deepEqual(await listWarnings(t, setUp, ['/shop/build/assets/main-a.js'], {base: '/shop/build/'}), [
		toMessage('/shop/build/assets/main-a.js', '404'),
	]);
});

for (const [title, setUp] of [
	['before `inertia()`', (app, create) => app.use(serveFiles('/build/')).use(create()).use(answer404)],
	['behind it', (app, create) => app.use(create()).use(serveFiles('/build/')).use(answer404)],
] satisfies Array<[string, SetUp]>) {
	test.serial(`a server of the files ${title} is no warning`, async t => {
		t.deepEqual(await listWarnings(t, setUp, ['/', '/build/assets/main-a.js', '/none']), []);
	});
}

test.serial('files of a CDN are none of ours', async t => {
	const setUp: SetUp = (app, createInertia) => app.use(createInertia()).use(answer404);
	t.deepEqual(await listWarnings(t, setUp, ['/assets/main-a.js'], {base: 'https://cdn.example.com/'}), []);
});
