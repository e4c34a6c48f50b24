import test from 'ava';
import {createApp} from './helpers/app.ts';

const cases: Array<[given: string, kept: string | undefined]> = [
	['no-store', 'no-store'],
	['private, no-cache', 'private, no-cache'],
	['public, max-age=3600', undefined],
	['private, max-age=60', undefined],
];
for (const [given, kept] of cases) {
	test(`\`Cache-Control: ${given}\` of a handler ${kept ? 'stays on' : 'is not that of'} the page of its error`, async t => {
		const {visit} = await createApp(t, {version: null, errorPage: 'Error'}, ctx => {
			ctx.set('Cache-Control', given);
			ctx.throw(503);
		});
		const {status, headers} = await visit('/');
		t.is(status, 503);
		t.is(headers['cache-control'], kept);
	});
}
