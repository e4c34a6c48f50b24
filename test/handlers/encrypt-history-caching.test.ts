import test from 'ava';
import {createApp} from '../helpers/app.ts';

const cases: Array<[outer: string | undefined, sent: string]> = [
	[undefined, 'no-store'],
	['no-cache', 'no-store'],
	['private, max-age=0', 'no-store'],
	['no-store, private', 'no-store, private'],
];
for (const [outer, sent] of cases) {
	test(`an encrypted page under \`Cache-Control: ${outer ?? '(none)'}\` is sent with ${sent}`, async t => {
		const {visit} = await createApp(
			t,
			{version: null, encryptHistory: true},
			ctx => ctx.inertia.render('Account'),
			app => {
				app.use(async (ctx, next) => {
					if (outer) ctx.set('Cache-Control', outer);
					await next();
				});
			},
		);
		t.is((await visit('/')).headers['cache-control'], sent);
	});
}

test('a page that is not encrypted keeps what was set', async t => {
	const {visit} = await createApp(t, {version: null}, ctx => {
		ctx.set('Cache-Control', 'no-cache');
		return ctx.inertia.render('Home');
	});
	t.is((await visit('/')).headers['cache-control'], 'no-cache');
});
