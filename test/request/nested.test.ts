import test from 'ava';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import mount from 'koa-mount';
import supertest from 'supertest';
import {createSessionApp} from '../helpers/session-app.ts';

const rootView = (): string => '<!doctype html>';

test('the same `inertia()` twice is one: what was shared and kept in between stays', async t => {
	const app = new Koa();
	const middleware = inertia({version: '1', rootView});
	app.use(middleware);
	app.use((ctx, next) => {
		ctx.inertia.share({outer: true});
		ctx.inertia.encryptHistory();
		ctx.inertia.flash({message: 'Hello.'});
		return next();
	});
	app.use(middleware);
	app.use(ctx => ctx.inertia.render('Home'));
	const {body} = await supertest(app.callback()).get('/').set({'X-Inertia': 'true', 'X-Inertia-Version': '1'});
	t.true(body.props.outer);
	t.true(body.encryptHistory);
	t.deepEqual(body.flash, {message: 'Hello.'});
});

test('another `inertia()` for the same request says how to have two', async t => {
	const {agent, errors} = await createSessionApp(t, async (ctx, next) => {
		await inertia({version: '2', rootView})(ctx, next);
	});
	await agent.get('/').expect(500);
	t.like(errors[0], {code: 'ERR_INERTIA_OPTION'});
	t.regex((errors[0] as Error).message, /runs inside of another `inertia\(\)`.*mount/);
});

test('two `inertia()` with routes of their own have a version each', async t => {
	const admin = new Koa();
	admin.use(inertia({version: 'admin', rootView}));
	admin.use(ctx => ctx.inertia.render('Admin'));
	const app = new Koa();
	app.use(mount('/admin', admin));
	app.use(inertia({version: 'shop', rootView}));
	app.use(ctx => ctx.inertia.render('Shop'));
	const ask = (path: string, version: string) =>
		supertest(app.callback()).get(path).set({'X-Inertia': 'true', 'X-Inertia-Version': version});
	t.is((await ask('/admin', 'admin')).body.component, 'Admin');
	t.is((await ask('/', 'shop')).body.component, 'Shop');
	t.is((await ask('/admin', 'shop')).status, 409);
});
