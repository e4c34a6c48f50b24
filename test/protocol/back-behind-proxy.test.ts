import test from 'ava';
import {createApp} from '../helpers/app.ts';
import {collectWarnings} from '../helpers/warnings.ts';

const back = (t: Parameters<typeof createApp>[0]) =>
	createApp(t, {version: null}, ctx => ctx.inertia.back('/fallback'));
const createHeaders = (host: string) => ({
	'X-Inertia': 'true',
	Host: 'backend.internal',
	Referer: `https://${host}/form?step=2`,
});

test('where the browser says that a request comes from its own site, a proxy may change the host', async t => {
	const {agent} = await back(t);
	const headers = {...createHeaders('same-origin.example'), 'Sec-Fetch-Site': 'same-origin'};
	t.is((await agent.post('/form').set(headers)).headers.location, '/form?step=2');
});

for (const site of ['cross-site', 'same-site', 'none']) {
	test(`a request of which the browser says \`${site}\` goes to the fallback`, async t => {
		const host = `${site}.example`;
		const warnings = collectWarnings(t, host);
		const {agent} = await back(t);
		const headers = {...createHeaders(host), 'Sec-Fetch-Site': site};
		t.is((await agent.post('/form').set(headers)).headers.location, '/fallback');
		t.deepEqual(warnings, []);
	});
}

test('no page of another scheme is gone back to', async t => {
	const {agent} = await back(t);
	const headers = {...createHeaders(''), 'Sec-Fetch-Site': 'same-origin', Referer: 'android-app://com.example/form'};
	t.is((await agent.post('/form').set(headers)).headers.location, '/fallback');
});

test('where the browser says nothing, one warning names the header that the proxy has to forward', async t => {
	const warnings = collectWarnings(t, 'silent.example');
	const {agent} = await back(t);
	for (let count = 0; count < 3; count += 1) {
		const {headers} = await agent.post('/form').set(createHeaders('silent.example'));
		t.is(headers.location, '/fallback');
	}

	await new Promise(resolve => setImmediate(resolve));
	t.is(warnings.length, 1);
	t.is(warnings[0]?.code, 'INERTIA_FORWARDED_HOST');
	t.regex(warnings[0]!.message, /`X-Forwarded-Host` and `app\.proxy = true`/);
});
