import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import {type InertiaOptions, ValidationError} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {readElements} from '../helpers/document.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false} as const;
const withPage = {...options, errorPage: 'Error'} as const;
const asVisit = {'x-inertia': 'true', 'x-inertia-version': 'a'};
const asDocument = {accept: 'text/html,application/xhtml+xml,*/*;q=0.8'};

async function develop(t: ExecutionContext, handler: Middleware, given: InertiaOptions = options): Promise<RunningApp> {
	return createApp(t, given, handler, app => {
		app.env = 'development';
	});
}

const fail =
	(thrown: unknown): Middleware =>
	() => {
		throw thrown;
	};

for (const given of [options, withPage]) {
	const which = given === options ? 'without `errorPage`' : 'with `errorPage`';
	for (const headers of [asVisit, asDocument]) {
		const request = headers === asVisit ? 'a visit' : 'a document';
		test(`in development ${which} an error is shown with its stack to ${request}`, async t => {
			const error = new RangeError('The moon is gone.', {cause: new Error('too far')});
			const {agent, errors} = await develop(t, fail(error), given);
			const {status, headers: received, text} = await agent.post('/notes/1?x=1').set(headers);
			t.is(status, 500);
			t.is(received['content-type'], 'text/html; charset=utf-8');
			t.is(received['x-inertia'], undefined);
			t.is(received['x-inertia-version'], undefined);
			t.is(received.vary, request.includes('document') ? 'X-Inertia, Accept' : 'X-Inertia');
			t.is(Number(received['content-length']), Buffer.byteLength(text));
			const shown = Object.fromEntries(readElements(text).map(element => [element.name, element.text]));
			t.like(shown, {title: 'RangeError: The moon is gone.', h1: 'RangeError: The moon is gone.'});
			t.regex(shown.p!, /^POST \/notes\/1\?x=1 .*500/);
			t.regex(shown.pre!, /RangeError: The moon is gone\.\n\s+at .*development-error\.test/);
			t.regex(shown.pre!, /too far/);
			t.deepEqual(errors, [error]);
		});
	}
}

test('what an error and a URL say is text in the document, never markup', async t => {
	const markup = `</pre></title><script>alert(1)</script><img src=x onerror='alert("2")'>&lt;`;
	const error = Object.assign(new Error(markup), {name: markup, detail: markup});
	const {agent} = await develop(t, fail(error));
	for (const headers of [asVisit, asDocument]) {
		const {text} = await agent.get(`/${encodeURIComponent(markup)}?"'><script>`).set(headers);
		const elements = readElements(text);
		t.deepEqual(
			elements.map(({name}) => name),
			['html', 'head', 'meta', 'title', 'style', 'body', 'h1', 'p', 'code', 'code', 'pre'],
		);
		t.is(elements.find(({name}) => name === 'h1')!.text, `${markup}: ${markup}`);
	}
});

const thrown: Array<[name: string, thrown: unknown, status: number, shown: RegExp]> = [
	['an error with a status', Object.assign(new Error('busy'), {status: 503}), 503, /Error: busy/],
	['an error with an unknown status', Object.assign(new Error('odd'), {status: 99}), 500, /Error: odd/],
	['an error with `expose: false`', Object.assign(new Error('no'), {status: 404, expose: false}), 404, /Error: no/],
	['a string', 'a plain string', 500, /a plain string/],
	['`null`', null, 500, /null/],
	['a frozen error', Object.freeze(new Error('cold')), 500, /cold/],
	['an error without a stack', Object.assign(new Error('bare'), {stack: undefined}), 500, /bare/],
	['an error without a message', new Error(), 500, /Error/],
];
for (const [name, value, status, shown] of thrown) {
	test(`in development ${name} is shown, and reported once`, async t => {
		const {agent, errors} = await develop(t, fail(value), withPage);
		const response = await agent.get('/').set(asVisit);
		t.is(response.status, status);
		t.is(response.headers['x-inertia'], undefined);
		t.regex(response.text, shown);
		t.is(errors.length, 1);
	});
}

test('in development an error with `expose` gets the page of the application', async t => {
	const {agent, errors} = await develop(t, ctx => ctx.throw(404, 'There is no such note.'), withPage);
	for (const headers of [asVisit, asDocument]) {
		const response = await agent.get('/').set(headers);
		t.is(response.status, 404);
		t.like(readPage(response), {component: 'Error', props: {status: 404, message: 'There is no such note.'}});
	}
	t.is(errors.length, 2);
});

test('in development an error with `expose` is left to Koa without `errorPage`', async t => {
	const {agent, errors} = await develop(t, ctx => ctx.throw(404, 'There is no such note.'));
	const response = await agent.get('/').set(asVisit);
	t.deepEqual([response.status, response.text, errors.length], [404, 'There is no such note.', 1]);
});

test('in development a URL that nothing answers gets the page of the application, or the 404 of Koa', async t => {
	const {agent, errors} = await develop(t, () => {}, withPage);
	t.like(readPage(await agent.get('/').set(asVisit)), {component: 'Error', props: {status: 404}});
	const without = await develop(t, () => {});
	t.is((await without.agent.get('/').set(asVisit)).text, 'Not Found');
	t.deepEqual([errors, without.errors], [[], []]);
});

test('in development a 404 that a handler answers is left alone', async t => {
	const {agent} = await develop(
		t,
		ctx => {
			ctx.body = {error: 'none'};
			ctx.status = 404;
		},
		withPage,
	);
	for (const headers of [asVisit, asDocument]) {
		t.deepEqual((await agent.get('/').set(headers)).body, {error: 'none'});
	}
});

test('in development wrong input goes back as ever', async t => {
	const {agent, errors} = await develop(t, ctx => {
		ctx.session = {};
		throw new ValidationError({title: 'Give it a title.'});
	});
	const {status, headers} = await agent.post('/').set({...asVisit, referer: '/form'});
	t.deepEqual([status, headers.location, errors], [302, '/form', []]);
});

test('in development an error after a page or a redirect leaves nothing of either', async t => {
	const begun: Middleware[] = [
		ctx => ctx.inertia.render('Home', {secret: 'moon'}),
		ctx => ctx.redirect('https://other.example/#x'),
		ctx => ctx.inertia.location('https://other.example/'),
	];
	for (const begin of begun) {
		const {agent, errors} = await develop(t, async (ctx, next) => {
			ctx.cookies.set('seen', 'yes');
			ctx.set({ETag: '"1"', 'Cache-Control': 'public, max-age=60', 'Content-Encoding': 'gzip'});
			await begin(ctx, next);
			throw Object.assign(new Error('broken'), {status: 409});
		});
		const {status, headers, text} = await agent.get('/').set(asVisit);
		t.is(status, 409);
		t.regex(text, /Error: broken/);
		t.notRegex(text, /"moon"/);
		t.regex(String(headers['set-cookie']), /^seen=yes;/);
		t.is(headers['content-type'], 'text/html; charset=utf-8');
		for (const name of ['x-inertia', 'x-inertia-version', 'x-inertia-location', 'location']) {
			t.is(headers[name], undefined, name);
		}
		for (const name of ['etag', 'cache-control', 'content-encoding']) t.is(headers[name], undefined, name);
		t.is(errors.length, 1);
	}
});

const byKoa: Array<[name: string, headers: Record<string, string>, handler?: Middleware]> = [
	['a request for JSON', {accept: 'application/json'}],
	['a request for anything', {accept: '*/*'}],
	['a request for an image', {accept: 'image/avif,image/*,*/*;q=0.8'}],
	['a validation while the user types', {...asVisit, precognition: 'true'}],
	[
		'a response by hand',
		asVisit,
		ctx => {
			ctx.respond = false;
			throw new Error('secret');
		},
	],
];
for (const [name, headers, handler = fail(new Error('secret'))] of byKoa) {
	test(`in development an error of ${name} is answered by Koa`, async t => {
		const {agent, errors} = await develop(t, handler, withPage);
		const {status, text} = await agent.get('/').set(headers).timeout(20_000);
		t.deepEqual([status, text, errors.length], [500, 'Internal Server Error', 1]);
	});
}

test('an error that fails to be shown is answered by Koa and reported once', async t => {
	const error = new Error('broken');
	Object.defineProperty(error, Symbol.for('nodejs.util.inspect.custom'), {value: fail(new Error('no text'))});
	const {agent, errors} = await develop(t, fail(error));
	t.is((await agent.get('/').set(asVisit)).text, 'Internal Server Error');
	t.is(errors.filter(reported => reported === error).length, 1);
	t.true(errors.some(reported => reported instanceof Error && reported.message === 'no text'));
});

for (const env of ['production', 'test', 'staging', '']) {
	test(`where \`app.env\` is ${JSON.stringify(env)} nothing of an error is shown`, async t => {
		const {agent, errors} = await createApp(t, options, fail(new Error('secret')), app => {
			app.env = env;
		});
		for (const headers of [asVisit, asDocument]) {
			t.is((await agent.get('/').set(headers)).text, 'Internal Server Error');
		}
		t.is(errors.length, 2);
	});
}

test('with a nonce the document of an error has its style, and the dialog of a visit has none that would be refused', async t => {
	const {agent} = await develop(t, ctx => {
		ctx.state.cspNonce = 'r4nd0m"';
		throw new Error('The moon is gone.');
	});
	const findStyle = (html: string) => readElements(html).find(({name}) => name === 'style');
	const {text: document} = await agent.get('/').set(asDocument).expect(500);
	t.deepEqual(findStyle(document)?.attributes, {nonce: 'r4nd0m"'});
	const {text: dialog} = await agent.get('/').set(asVisit).expect(500);
	t.is(findStyle(dialog), undefined);
	t.true(dialog.includes('The moon is gone.'));
});
