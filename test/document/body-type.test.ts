import test from 'ava';
import type {Middleware} from 'koa';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

for (const length of [0, 16_383, 16_384, 200_000]) {
	test(`the body of a page with ${length} characters is text, for a middleware that edits it`, async t => {
		const types: string[] = [];
		const edit: Middleware = async (ctx, next) => {
			await next();
			types.push(typeof ctx.body);
			if (ctx.response.is('html')) ctx.body = (ctx.body as string).replace('</body>', '<i>edited</i></body>');
		};
		const text = 'x'.repeat(length);
		const {agent, visit, assets} = await createApp(
			t,
			{manifest: createManifest(), hotFile: false},
			ctx => ctx.inertia.render('Home', {text}),
			app => app.use(edit),
		);
		const document = await agent.get('/').expect(200);
		t.true(document.text.includes('<i>edited</i></body>'));
		t.deepEqual(readPage(document).props, {errors: {}, text});
		t.deepEqual(readPage(await visit('/', assets.version)).props, {errors: {}, text});
		t.deepEqual(types, ['string', 'string']);
	});
}
