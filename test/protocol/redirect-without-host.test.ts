import {once} from 'node:events';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {createApp} from '../helpers/app.ts';

test('a request without `Host` is redirected on this site', async t => {
	const {url} = await createApp(t, {version: null}, ctx => ctx.redirect('/home'));
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	await once(socket, 'connect');
	socket.write('POST /save HTTP/1.0\r\nX-Inertia: true\r\n\r\n');
	const answer = await text(socket);
	t.regex(answer, /^HTTP\/1\.1 302 /);
	t.regex(answer, /^Location: \/home\r$/m);
	t.notRegex(answer, /X-Inertia-Location/);
});
