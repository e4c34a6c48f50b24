import test from 'ava';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const texts: Array<[name: string, text: string]> = [
	['ASCII', 'The quick brown fox. '],
	['a few letters of two bytes', `${'Gärten und Höfe '.padEnd(60)}`],
	['letters of two bytes', 'съешь ещё этих мягких '],
	['characters of three bytes', '国々の花と木'],
	['characters of four bytes', '🌱𝒳🪴'],
	['surrogates without their other half', '\ud800 \udfff'],
];
// Around the length from which on a body is encoded at once, and well above.
for (const length of [16_000, 16_384, 200_000]) {
	for (const [name, text] of texts) {
		test(`a page of ${length} characters with ${name} arrives as it was`, async t => {
			const props = {text: text.repeat(Math.ceil(length / text.length)).slice(0, length), end: 'end'};
			const {agent, visit, assets} = await createApp(t, {manifest: createManifest(), hotFile: false}, ctx =>
				ctx.inertia.render('Home', props),
			);
			for (const response of [await visit('/', assets.version), await agent.get('/')]) {
				t.deepEqual(readPage(response).props, {errors: {}, ...props});
				t.is(response.headers['content-length'], String(Buffer.byteLength(response.text)));
			}
		});
	}
}
