import {Readable} from 'node:stream';
import {createGzip} from 'node:zlib';
import test, {type ExecutionContext} from 'ava';
import Koa, {type Context, type Middleware} from 'koa';
import {inertia} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import supertest from 'supertest';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';

/** Compresses a long body as koa-compress does: by a stream, and with the headers that this needs. */
const compress: Middleware = async (ctx, next) => {
	await next();
	ctx.vary('Accept-Encoding');
	if (!ctx.body || Buffer.byteLength(String(ctx.body)) < 1024) return;
	ctx.set('Content-Encoding', 'gzip');
	ctx.res.removeHeader('Content-Length');
	ctx.body = Readable.from([String(ctx.body)]).pipe(createGzip());
};

const places = {
	around: [compress, 'inertia'],
	inside: ['inertia', compress],
	nowhere: ['inertia'],
} as const;

const open = async (
	t: ExecutionContext,
	place: keyof typeof places,
	handler: (ctx: Context) => Promise<void>,
): Promise<supertest.Response> => {
	const app = new Koa();
	for (const middleware of places[place]) {
		app.use(middleware === 'inertia' ? inertia({manifest: createManifest(), hotFile: false}) : middleware);
	}

	app.use(handler);
	return supertest(await serve(t, app.callback()))
		.get('/')
		.expect(200);
};

test('a document has the same `Link` header, whether and where a middleware compresses it', async t => {
	for (const length of [10, 5000]) {
		const text = 'x'.repeat(length);
		const links: unknown[] = [];
		for (const place of ['nowhere', 'around', 'inside'] as const) {
			const response = await open(t, place, ctx => ctx.inertia.render('Home', {text}));
			t.is(response.headers['content-encoding'], length > 1024 && place !== 'nowhere' ? 'gzip' : undefined);
			t.deepEqual(readPage(response).props, {errors: {}, text});
			links.push(response.headers.link);
		}

		t.truthy(links[0]);
		t.deepEqual(new Set(links).size, 1);
	}
});

test('a response in place of a document has no `Link` header where nothing compresses it', async t => {
	for (const place of ['nowhere', 'around', 'inside'] as const) {
		const {headers} = await open(t, place, async ctx => {
			await ctx.inertia.render('Home');
			ctx.body = 'short';
		});
		t.is(headers.link, undefined, place);
	}
});
