import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import {defer, type FieldErrors, type InertiaOptions, OptionError} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';
import {options} from '../helpers/partial-visit.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const plain = {version: null, views: 'test/conformance/views'};
const home = (ctx: Context) => ctx.inertia.render('Home', {name: 'Ada', later: defer(() => 'later')});

for (const [kind, create] of sessionKinds) {
	test(`a partial reload carries the errors in ${kind}, whatever it asks for`, async t => {
		const {agent, client} = await create(t, byPath({'/': home, '/save': ctx => ctx.inertia.errors({a: '1'})}), plain);
		await client.open('/');
		for (const reload of [{only: ['name']}, {except: ['errors', 'name']}, {only: ['errors']}, {only: ['nothing']}]) {
			await agent.post('/save');
			t.deepEqual((await client.reload(reload)).page.props.errors, {a: '1'});
			t.deepEqual((await client.reload(reload)).page.props.errors, {});
		}
	});

	test(`with \`allErrors\` every message in ${kind} reaches the page, as a list`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': home,
				'/save': ctx => {
					ctx.inertia.errors({a: ['1', '2'], b: '3', c: []});
					ctx.inertia.errors({d: ['4']}, {bag: 'login'});
				},
			}),
			{...plain, allErrors: true},
		);
		await agent.post('/save');
		t.deepEqual((await visit('/')).body.props.errors, {a: ['1', '2'], b: ['3'], login: {d: ['4']}});
	});
}

test('errors that were kept as a list are one message where `allErrors` is off by then, and the other way round', async t => {
	const inertia = {errors: {default: {a: ['1', '2'], b: '3'}}};
	for (const [allErrors, expected] of [
		[true, {a: ['1', '2'], b: ['3']}],
		[false, {a: '1', b: '3'}],
	] as const) {
		const {visit} = await createApp(t, {...plain, allErrors}, home, app => {
			app.use((ctx, next) => {
				ctx.session = {inertia: structuredClone(inertia)};
				return next();
			});
		});
		t.deepEqual((await visit('/')).body.props.errors, expected);
	}
});

const wrong = {name: 'Give it a name.', email: ['This is no address.', 'It is too long.']};

/** Acts on anything but a GET, and renders a page for a GET. */
const onChange =
	(act: (ctx: Context) => void): Middleware =>
	ctx =>
		ctx.method === 'GET' ? ctx.inertia.render('Garden/Form', {plot: 7}) : act(ctx);

/** A client on the page of a form, after its POST was answered with errors and a redirect to the form. */
async function submit(t: ExecutionContext, handler: Middleware, more: InertiaOptions = {}) {
	const running = await createSessionApp(t, handler, {...options, ...more});
	await running.client.open('/form');
	const response = await running.agent.post('/form').set('X-Inertia', 'true').redirects(0);
	if (running.errors.length > 0) throw running.errors[0];
	t.is(response.status, 302);
	return running;
}

const fail = (errors: FieldErrors = wrong): Middleware =>
	onChange(ctx => {
		ctx.inertia.errors(errors);
		ctx.redirect('/form');
	});

test('`errors` that are shared win over those that wait, which are gone then', async t => {
	const handler: Middleware = (ctx, next) => {
		if (ctx.path === '/shared') ctx.inertia.share({errors: {name: 'Of my own'}});
		return fail()(ctx, next);
	};
	const {client} = await submit(t, handler);
	t.deepEqual((await client.visit('/shared')).page.props.errors, {name: 'Of my own'});
	t.deepEqual((await client.visit('/form')).page.props.errors, {});
});

test('errors of the option `share` win over those that wait', async t => {
	const {client} = await submit(t, fail(), {share: {errors: 'of my own'}});
	t.is((await client.visit('/form')).page.props.errors as unknown, 'of my own');
});

test('errors arrive with a page of the same request', async t => {
	const handler: Middleware = async ctx => {
		if (ctx.method !== 'GET') ctx.inertia.errors({name: 'Too long'});
		await ctx.inertia.render('Garden/Form');
	};
	const {client} = await createSessionApp(t, handler, options);
	await client.open('/form');
	t.deepEqual((await client.visit('/form', {method: 'post'})).page.props.errors, {name: 'Too long'});
	t.deepEqual((await client.visit('/form')).page.props.errors, {});
});

for (const status of [303, 307, 308]) {
	test(`errors wait behind a ${status}`, async t => {
		const handler = onChange(ctx => {
			ctx.inertia.errors({name: 'Too long'});
			ctx.status = status;
			ctx.redirect('/form');
		});
		const {agent, client} = await createSessionApp(t, handler, options);
		await client.open('/form');
		t.is((await agent.delete('/form').set('X-Inertia', 'true').redirects(0)).status, status);
		t.deepEqual((await client.visit('/form')).page.props.errors, {name: 'Too long'});
	});
}

test('errors wait behind `back`, also for a request that is no visit', async t => {
	const handler = onChange(ctx => {
		ctx.inertia.errors({name: 'Too long'});
		ctx.inertia.back();
	});
	const {agent, client} = await createSessionApp(t, handler, options);
	for (const headers of [{'X-Inertia': 'true'}, {Accept: 'text/html'}]) {
		const response = await agent.post('/beds').set(headers).set('Referer', '/form?plot=7').redirects(0);
		t.is(response.status, 302);
		t.is(response.headers.location, '/form?plot=7');
		t.deepEqual((await client.open('/form')).page.props.errors, {name: 'Too long'});
	}
});

test('errors wait behind the redirect of a GET', async t => {
	const handler: Middleware = async ctx => {
		if (ctx.path === '/form') return ctx.inertia.render('Garden/Form');
		ctx.inertia.errors({link: 'It has expired.'});
		ctx.redirect('/form');
	};
	const {agent, client} = await createSessionApp(t, handler, options);
	t.is((await agent.get('/invitations/7').redirects(0)).headers.location, '/form');
	t.deepEqual((await client.open('/form')).page.props.errors, {link: 'It has expired.'});
});

test('errors wait while a stale client loads the new assets, and the document has them once', async t => {
	const {agent, client} = await submit(t, fail(), {version: 'new'});
	const stale = await agent.get('/form').set('X-Inertia', 'true').set('X-Inertia-Version', 'old');
	t.is(stale.status, 409);
	const expected = {name: 'Give it a name.', email: 'This is no address.'};
	t.deepEqual((await client.open('/form')).page.props.errors, expected);
	t.deepEqual((await client.open('/form')).page.props.errors, {});
});

test('errors arrive with a partial reload that does not ask for them', async t => {
	const {client} = await submit(t, fail({name: 'Too long', email: []}));
	t.deepEqual((await client.reload({only: ['plot']})).page.props, {errors: {name: 'Too long'}, plot: 7});
	t.deepEqual((await client.visit('/form')).page.props.errors, {});
});

test('errors wait through requests that show no page', async t => {
	const handler: Middleware = async (ctx, next) => {
		if (ctx.path === '/feed') ctx.body = {beds: 3};
		else await fail()(ctx, next);
	};
	const {agent, client} = await submit(t, handler);
	t.deepEqual((await agent.get('/feed')).body, {beds: 3});
	await agent.head('/form').set('X-Inertia', 'true');
	const {page} = await client.visit('/form');
	t.deepEqual(page.props.errors, {name: 'Give it a name.', email: 'This is no address.'});
});

test('errors that are no messages by field are refused where they are given', async t => {
	const {agent, errors} = await createSessionApp(t, ctx => ctx.inertia.errors('too long' as never));
	t.is((await agent.post('/form').set('X-Inertia', 'true')).status, 500);
	t.true(errors[0] instanceof OptionError);
	t.regex((errors[0] as Error).message, /messages by field, received .*too long/);
});

const wrongCalls: Array<[errors: unknown, options: unknown, message: RegExp]> = [
	[undefined, {}, /takes an object of messages by field, received undefined/],
	[null, {}, /received null/],
	['text', {}, /received "text"/],
	[['text'], {}, /received an array/],
	[{a: 7}, {}, /the field `a` must have a message or a list of messages, received 7/],
	[{a: null}, {}, /the field `a` .* received null/],
	[{a: {b: 'nested'}}, {}, /the field `a` .* received an object/],
	[{ok: 'yes', a: ['yes', 7]}, {}, /the field `a` .* received an array/],
	[{a: '1'}, {bag: ''}, /option `bag` must be a string that is not empty/],
	[{a: '1'}, {bag: 7}, /option `bag`/],
	[{a: '1'}, {bags: 'x'}, /no option `bags`.* `bag`/],
	[{a: '1'}, null, /takes an object of options/],
];
test('`errors` refuses what are no messages with `ERR_INERTIA_OPTION`, and leaves nothing', async t => {
	for (const [errors, bag, message] of wrongCalls) {
		const {visit, errors: reported} = await createApp(t, plain, async ctx => {
			try {
				Reflect.apply(ctx.inertia.errors, ctx.inertia, [errors, bag]);
			} catch (error) {
				ctx.app.emit('error', error, ctx);
			}

			await home(ctx);
		});
		t.deepEqual((await visit('/')).body.props.errors, {});
		t.true(reported[0] instanceof OptionError);
		t.regex((reported[0] as Error).message, message);
	}
});
