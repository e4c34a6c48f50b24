import test, {type ExecutionContext} from 'ava';
import Koa, {type Context, type Middleware} from 'koa';
import {inertia} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

async function getVary(t: ExecutionContext, handler: Middleware): Promise<[status: number, vary: string | null]> {
	const {url} = await createApp(t, options, handler);
	const response = await fetch(url, {redirect: 'manual'});
	return [response.status, response.headers.get('vary')];
}

/** A handler that sets the header itself, if it is given one, and answers with text. */
const answerText =
	(change: (ctx: Context) => void): Middleware =>
	ctx => {
		change(ctx);
		ctx.body = 'hi';
	};
const frozen = Object.freeze(Object.assign(new Error('gone'), {status: 410}));

const answers: Array<[name: string, handler: Middleware, expected: [number, string]]> = [
	['a document', ctx => ctx.inertia.render('Home'), [200, 'X-Inertia']],
	['a plain body', answerText(() => {}), [200, 'X-Inertia']],
	['a redirect', ctx => ctx.redirect('/users'), [302, 'X-Inertia']],
	['an unknown path', () => {}, [404, 'X-Inertia']],
	['a handler that varied', answerText(ctx => ctx.vary('Accept')), [200, 'X-Inertia, Accept']],
	['a handler that set `Vary` anew', answerText(ctx => ctx.set('Vary', 'Accept')), [200, 'Accept, X-Inertia']],
	['a handler that varies on all', answerText(ctx => ctx.set('Vary', '*')), [200, '*']],
	['a handler that removed `Vary`', answerText(ctx => ctx.remove('Vary')), [200, 'X-Inertia']],
	['an HTTP error', ctx => ctx.throw(418), [418, 'X-Inertia']],
	['an error', () => throwValue(new Error('broken')), [500, 'X-Inertia']],
	['an error of a frozen object', () => throwValue(frozen), [410, 'X-Inertia']],
	['a thrown string', () => throwValue('broken'), [500, 'X-Inertia']],
	['a thrown `null`', () => throwValue(null), [500, 'X-Inertia']],
	['an error with headers', ctx => ctx.throw(503, {headers: {'Retry-After': '9'}}), [503, 'X-Inertia']],
	['an error that varies', ctx => ctx.throw(503, {headers: {vary: 'Accept'}}), [503, 'Accept, X-Inertia']],
	['an error that varies on it', ctx => ctx.throw(503, {headers: {vary: 'x-inertia'}}), [503, 'x-inertia']],
];
for (const [name, handler, expected] of answers) {
	test(`${name} is answered with \`Vary: ${expected[1]}\``, async t => {
		t.deepEqual(await getVary(t, handler), expected);
	});
}

test('an error keeps its own headers and its identity', async t => {
	const failure = Object.assign(new Error('busy'), {status: 503, headers: {'Retry-After': '9'}});
	const {url, errors} = await createApp(t, options, () => throwValue(failure));
	const response = await fetch(url);
	t.is(response.headers.get('retry-after'), '9');
	t.is(errors[0], failure);
});

test('an error page of an earlier middleware varies too', async t => {
	const app = new Koa();
	app.use(async (ctx, next) => {
		try {
			await next();
		} catch {
			ctx.body = 'sorry';
		}
	});
	app.use(inertia(options));
	app.use(() => throwValue(new Error('broken')));
	const response = await fetch(await serve(t, app.callback()));
	t.is(await response.text(), 'sorry');
	t.is(response.headers.get('vary'), 'X-Inertia');
});

test('a response that was sent by hand is left alone', async t => {
	const {url, errors} = await createApp(t, options, async ctx => {
		ctx.respond = false;
		ctx.res.setHeader('Vary', 'Accept');
		ctx.res.end('by hand');
		await new Promise(resolve => ctx.res.once('finish', resolve));
	});
	t.is(await (await fetch(url)).text(), 'by hand');
	t.deepEqual(errors, []);
});

function throwValue(value: unknown): never {
	throw value;
}
