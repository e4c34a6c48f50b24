import test from 'ava';
import type {Middleware} from 'koa';
import {OptionError} from 'koa-inertia';
import mount from 'koa-mount';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), version: 'a', hotFile: false} as const;
const plain = {host: 'own.example'};
const asVisit = {...plain, 'x-inertia': 'true', 'x-inertia-version': 'a'};
const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

const leaveFor =
	(url: string | URL): Middleware =>
	ctx => {
		ctx.cookies.set('seen', 'yes');
		ctx.inertia.location(url);
	};

const targets: Array<[url: string | URL, location: string]> = [
	['https://other.example/x?y=1#z', 'https://other.example/x?y=1#z'],
	[new URL('https://other.example/x'), 'https://other.example/x'],
	['HTTPS://Other.example', 'https://other.example/'],
	['//other.example/x', '//other.example/x'],
	['/report.pdf', '/report.pdf'],
	['report.pdf#page=2', '/notes/report.pdf#page=2'],
	['#name', '/notes/1#name'],
	['?print', '/notes/1?print'],
	['http://own.example/x', 'http://own.example/x'],
	['http://own.example//evil.example', 'http://own.example//evil.example'],
	['/.//evil.example', '/.//evil.example'],
	['/\t/other.example', '//other.example/'],
	['mailto:someone@other.example?subject=a b', 'mailto:someone@other.example?subject=a%20b'],
	['https://m\u00fcnchen.example/\u00fc', 'https://xn--mnchen-3ya.example/%C3%BC'],
	['/\u00fc\u2028', '/%C3%BC%E2%80%A8'],
	['https://other.example/a\r\nX-Evil: 1', 'https://other.example/aX-Evil:%201'],
	[' https://other.example/ ', 'https://other.example/'],
];
for (const [url, location] of targets) {
	test(`\`location\` sends a visit to ${JSON.stringify(url)} by a 409, and a plain request by a 302`, async t => {
		const {agent, errors} = await createApp(t, options, leaveFor(url));
		for (const method of ['get', 'put'] as const) {
			const visit = await agent[method]('/notes/1').set(asVisit);
			t.is(visit.status, 409);
			t.is(visit.headers['x-inertia-location'], location);
			const request = await agent[method]('/notes/1').set(plain);
			t.is(request.status, 302);
			t.is(request.headers['x-inertia-location'], undefined);
			// Koa encodes what it redirects to.
			t.is(decodeURI(String(request.headers.location)), decodeURI(location));
		}

		t.deepEqual(errors, []);
	});
}

const refused: unknown[] = [
	'javascript:alert(1)',
	'JavaScript:alert(1)',
	' javascript:alert(1)',
	'java\nscript:alert(1)',
	'\u0001javascript:alert(1)',
	'javascript://own.example/%0Aalert(1)',
	'data:text/html,<script>alert(1)</script>',
	'vbscript:msgbox(1)',
	'http://',
	'http://[::1',
	'https://other.example:port/',
	'',
	new URL('javascript:alert(1)'),
	undefined,
	null,
	42,
	{href: 'https://other.example/'},
	['https://other.example/'],
];
for (const [index, url] of refused.entries()) {
	test(`\`location\` refuses ${JSON.stringify(url)}, number ${index + 1} of what no browser is to load`, async t => {
		const {agent, errors} = await createApp(t, options, leaveFor(url as string));
		for (const headers of [asVisit, plain]) {
			const response = await agent.get('/notes/1').set(headers);
			t.is(response.status, 500);
			t.is(response.headers.location, undefined);
			t.is(response.headers['x-inertia-location'], undefined);
			const error = errors.pop();
			t.true(error instanceof OptionError);
			t.regex(
				(error as OptionError).message,
				/^`ctx\.inertia\.location` takes a URL that a browser can load, received /,
			);
		}
	});
}

test('a location answer of a visit has an empty body, its cookies and nothing of a page', async t => {
	const {agent} = await createApp(t, options, leaveFor('https://other.example/'));
	for (const method of methods) {
		const {status, headers, text} = await agent[method]('/').set(asVisit);
		t.is(status, 409);
		t.true(text === '' || text === undefined);
		t.is(headers.vary, 'X-Inertia');
		t.regex(String(headers['set-cookie']), /^seen=yes;/);
		for (const name of ['location', 'x-inertia', 'x-inertia-version', 'x-inertia-redirect', 'content-type']) {
			t.is(headers[name], undefined, `${method} ${name}`);
		}
	}
});

test('`location` keeps what the handler set before', async t => {
	const {agent} = await createApp(t, options, ctx => {
		ctx.cookies.set('basket', '3');
		ctx.inertia.location('https://shop.example/');
	});
	for (const headers of [plain, asVisit]) {
		t.deepEqual((await agent.get('/beds').set(headers)).get('Set-Cookie'), ['basket=3; path=/; httponly']);
	}
});

const earlier: Array<[name: string, handler: Middleware]> = [
	['a page was rendered', ctx => ctx.inertia.render('Home', {secret: 'x'.repeat(100)})],
	[
		'JSON was answered',
		ctx => {
			ctx.body = {rows: []};
		},
	],
	['it was redirected', ctx => ctx.redirect('/users')],
];
for (const [name, handler] of earlier) {
	test(`\`location\` after ${name} leaves nothing of it`, async t => {
		const {agent, errors} = await createApp(t, options, async (ctx, next) => {
			await handler(ctx, next);
			ctx.inertia.location('https://other.example/');
		});
		// A response that promises more bytes than it has never ends.
		const visit = await agent.get('/').set(asVisit).timeout(20_000);
		t.is(visit.status, 409);
		t.is(visit.headers['x-inertia-location'], 'https://other.example/');
		for (const left of ['location', 'x-inertia', 'x-inertia-version', 'content-type']) {
			t.is(visit.headers[left], undefined, left);
		}

		t.is(visit.text, '');
		const request = await agent.get('/').set(plain).timeout(20_000);
		t.deepEqual([request.status, request.headers.location], [302, 'https://other.example/']);
		t.notRegex(request.text, /secret|rows/);
		t.deepEqual(errors, []);
	});
}

test('`location` in a mounted application resolves against the whole path', async t => {
	const {agent} = await createApp(t, options, mount('/admin', leaveFor('report.pdf')));
	const {headers} = await agent.get('/admin/notes/1').set(asVisit);
	t.is(headers['x-inertia-location'], '/admin/notes/report.pdf');
});

test('`location` and `back` after headers were sent leave the response as it is', async t => {
	for (const leave of [leaveFor('https://other.example/'), (ctx => ctx.inertia.back()) satisfies Middleware]) {
		const {agent} = await createApp(t, options, async (ctx, next) => {
			ctx.res.writeHead(200, {'Content-Type': 'text/plain'});
			ctx.res.write('se');
			try {
				await leave(ctx, next);
			} finally {
				ctx.res.end('nt');
			}
		});
		const {status, text, headers} = await agent.get('/').set(asVisit);
		t.deepEqual([status, text, headers['x-inertia-location']], [200, 'sent', undefined]);
	}
});

test('a page with the status 409 is a page, and its flash needs no session', async t => {
	const {agent, errors} = await createApp(t, options, ctx => {
		ctx.inertia.flash({message: 'Someone else was faster.'});
		return ctx.inertia.render('Conflict', {}, {status: 409});
	});
	const {status, headers, body} = await agent.post('/').set(asVisit);
	t.deepEqual(errors, []);
	t.is(status, 409);
	t.is(headers['x-inertia'], 'true');
	t.deepEqual(body.flash, {message: 'Someone else was faster.'});
});
