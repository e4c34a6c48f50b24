import {connect} from 'node:net';
import test from 'ava';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

const targets: Array<[target: string, path: string]> = [
	['/', '/'],
	['/users?page=1&sort=name', '/users?page=1&sort=name'],
	['/users/?', '/users/?'],
	['/caf%C3%A9/a%2Fb?x=%26', '/caf%C3%A9/a%2Fb?x=%26'],
	['//evil.example/x', '/evil.example/x'],
	['///evil.example/x?y=//z', '/evil.example/x?y=//z'],
	['/\\evil.example/x', '/evil.example/x'],
	['/\\/evil.example', '/evil.example'],
	['/a\\b', '/a%5Cb'],
	['http://evil.example/x?y=1', '/x?y=1'],
	['HTTPS://user:pass@evil.example:8080/x', '/x'],
	['http://evil.example', '/'],
	['http://evil.example?y=1', '/?y=1'],
	['http://evil.example//other.example/x', '/other.example/x'],
	['/"><script>alert(1)</script>', '/"><script>alert(1)</script>'],
];
for (const [target, path] of targets) {
	test(`a stale GET ${target} is sent to ${path} of the same site`, async t => {
		const {url} = await createApp(t, options);
		const answer = await sendRaw(url, target, 'old');

		t.regex(answer, /^HTTP\/1\.1 409 /);
		const location = /^X-Inertia-Location: (.*)$/m.exec(answer)?.[1]?.trimEnd();
		t.is(location, path);
		t.is(new URL(path, 'http://own.example').host, 'own.example');
	});

	test(`a page for GET ${target} has the url ${path}`, async t => {
		const {url, assets} = await createApp(t, options);
		const answer = await sendRaw(url, target, assets.version);

		t.regex(answer, /^HTTP\/1\.1 200 /);
		t.is(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).url, path);
	});
}

const handedOver: Array<[target: string, path: string]> = [
	['\\\\evil.example/x', '/evil.example/x'],
	['javascript:alert(1)', '/javascript:alert(1)'],
	['', '/'],
	['/caf\u00c3\u00a9', '/caf%C3%A9'],
	['/\t/evil.example', '/%09/evil.example'],
	['/a\r\nX-Evil: 1', '/a%0D%0AX-Evil:%201'],
	['/\u2028\u{1f600}\ud800', '/%E2%80%A8%F0%9F%98%80%EF%BF%BD'],
];
for (const [target, path] of handedOver) {
	test(`a target ${JSON.stringify(target)} that a server in front hands over becomes ${path}`, async t => {
		const {app, assets} = await createApp(t, options);
		const handle = app.callback();
		const url = await serve(t, (request, response) => {
			request.url = target;
			void handle(request, response);
		});
		const get = (version: string) => fetch(url, {headers: {'X-Inertia': 'true', 'X-Inertia-Version': version}});

		t.is((await get('old')).headers.get('x-inertia-location'), path);
		t.is(((await (await get(assets.version)).json()) as {url: string}).url, path);
	});
}

test('a document embeds a hostile path without ending its script', async t => {
	const {url} = await createApp(t, options);
	const answer = await sendRaw(url, '/</script><script>alert(1)</script>', undefined);
	t.false(answer.includes('</script><script>alert'));
	t.true(answer.includes('"url":"\\/\\u003c\\/script>'));
});

test('`url` resolves the url of every page, and `render` the one of its own', async t => {
	const {visit, assets} = await createApp(t, {...options, url: ctx => `/shop${ctx.originalUrl}`}, async ctx => {
		await ctx.inertia.render('Home', {}, ctx.path === '/own' ? {url: '/special'} : {});
	});
	t.is((await visit('/users?x=1', assets.version)).body.url, '/shop/users?x=1');
	t.is((await visit('/own', assets.version)).body.url, '/special');
});

test('the url is the one that was asked for when an earlier middleware rewrote it', async t => {
	const {app, visit, assets} = await createApp(t, options);
	app.middleware.unshift((ctx, next) => {
		ctx.url = '/internal';
		return next();
	});
	t.is((await visit('/pretty?x=1', assets.version)).body.url, '/pretty?x=1');
	t.is((await visit('/pretty?x=1', 'old')).headers['x-inertia-location'], '/pretty?x=1');
});

/** Over a socket, since every HTTP client tidies the target up first. */
function sendRaw(url: string, target: string, version: string | undefined): Promise<string> {
	const {hostname, port} = new URL(url);
	const headers = version === undefined ? [] : ['X-Inertia: true', `X-Inertia-Version: ${version}`];
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname);
		let answer = '';
		socket.setEncoding('latin1');
		socket.on('data', chunk => {
			answer += chunk;
		});
		socket.on('end', () => resolve(answer));
		socket.on('error', reject);
		const lines = [`GET ${target} HTTP/1.1`, 'Host: own.example', 'Connection: close', ...headers];
		socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
	});
}
