import test from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';

const urls: Array<[given: string, expected: string]> = [
	['/shop/notes?page=2#top', '/shop/notes?page=2#top'],
	['/заметки', '/заметки'],
	['http://backend.internal/notes?page=2', '/notes?page=2'],
	['HTTPS://backend.internal:8080', '/'],
	['//evil.example/notes', '/evil.example/notes'],
	['/\\evil.example', '/evil.example'],
	['javascript:alert(1)', '/javascript:alert(1)'],
	['notes', '/notes'],
	['?page=2', '/?page=2'],
];
for (const [given, expected] of urls) {
	test(`the url \`${given}\` of a page is \`${expected}\` on this site, from the option and from \`render\``, async t => {
		const ask = async (options: InertiaOptions, own?: string): Promise<unknown> => {
			const {visit} = await createApp(t, {version: null, ...options}, ctx =>
				ctx.inertia.render('Home', {}, own === undefined ? {} : {url: own}),
			);
			return (await visit('/asked')).body.url;
		};
		t.is(await ask({url: () => given}), expected);
		t.is(await ask({}, given), expected);
	});
}
