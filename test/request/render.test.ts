import Router from '@koa/router';
import test from 'ava';
import Koa, {type Context} from 'koa';
import {inertia, OptionError} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

test('a render keeps the status of the handler, or takes the one it is given', async t => {
	const {client} = await createApp(t, options, async ctx => {
		if (ctx.path === '/before') ctx.status = 422;
		await ctx.inertia.render('Home', {}, ctx.path === '/option' ? {status: 404} : {});
	});
	t.is((await client.open('/option')).response.status, 404);
	t.is((await client.visit('/option')).response.status, 404);
	t.is((await client.visit('/before')).response.status, 422);
	t.is((await client.visit('/')).response.status, 200);
});

test('a failing render leaves no trace of a page in the response', async t => {
	const {visit, assets} = await createApp(t, options, async ctx => {
		await t.throwsAsync(ctx.inertia.render('Home', {bad: 1n}), {code: 'ERR_INERTIA_PROP'});
		t.deepEqual(Object.keys(ctx.response.headers), ['vary']);
		ctx.body = 'handled';
	});
	t.is((await visit('/', assets.version)).text, 'handled');
});

test('a route of `@koa/router` renders with its own context type', async t => {
	const router = new Router();
	router.get('/users/:id', async ctx => {
		await ctx.inertia.render('Users/Show', {id: ctx.params.id});
	});
	const app = new Koa();
	app.use(inertia(options));
	app.use(router.routes());
	const document = await fetch(`${await serve(t, app.callback())}/users/7`);
	t.true((await document.text()).includes('"props":{"errors":{},"id":"7"}'));
});

const wrongArguments: Array<[name: string, call: (ctx: Context) => unknown, message: RegExp]> = [
	['no component', ctx => ctx.inertia.render(''), /name of a page component first, received ""/],
	[
		'props that are a list',
		ctx => ctx.inertia.render('Home', [] as never),
		/^`ctx.inertia.render` of `Home` takes an object of props, received an array\. Give the list a name, for example `{users}`\.$/,
	],
	['props that are `null`', ctx => ctx.inertia.render('Home', null as never), /received null/],
	['an unknown option', ctx => ctx.inertia.render('Home', {}, {viewdata: {}} as never), /Did you mean `viewData`/],
	['a wrong status', ctx => ctx.inertia.render('Home', {}, {status: '404'} as never), /`status`.*received "404"/],
	['shared props that are a list', ctx => ctx.inertia.share([] as never), /`ctx.inertia.share`.*received an array/],
	['shared props that are text', ctx => ctx.inertia.share('user' as never), /`ctx.inertia.share`.*received "user"/],
];
for (const [name, call, message] of wrongArguments) {
	test(`${name} is refused with what was received`, async t => {
		const {agent} = await createApp(t, options, async ctx => {
			await t.throwsAsync(async () => call(ctx), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message});
			ctx.status = 204;
		});
		t.is((await agent.get('/')).status, 204);
	});
}
