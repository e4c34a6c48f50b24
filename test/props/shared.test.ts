import test from 'ava';
import type {Context, Middleware} from 'koa';
import {always, OptionError, once} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {component, neverLoad, options, visitHandler} from '../helpers/partial-visit.ts';

test('props may be shared from anywhere before the page is rendered', async t => {
	const {props} = await visitHandler(
		t,
		async ctx => {
			ctx.inertia.share({site: 'Garden'});
			await ctx.inertia.render(component, {owner: 'Ada'});
		},
		{share: async () => ({season: 'spring'})},
	);
	t.deepEqual(props, {errors: {}, season: 'spring', site: 'Garden', owner: 'Ada'});
});

test('props of the page win over `ctx.inertia.share()`, and these over the option `share`', async t => {
	const share = async (ctx: Context) => ({a: 'option', b: 'option', c: 'option', path: ctx.path, lazy: () => 'lazy'});
	const {visit, assets} = await createApp(t, {...options, share}, async ctx => {
		ctx.inertia.share({b: 'first', c: 'first'});
		ctx.inertia.share({b: 'request'});
		await ctx.inertia.render('Home', {c: 'page'});
	});
	const response = await visit('/', assets.version);
	t.deepEqual(response.body.props, {
		errors: {},
		a: 'option',
		b: 'request',
		c: 'page',
		path: '/',
		lazy: 'lazy',
	});
});

test('`share` may be plain props, and one request shares nothing with the next', async t => {
	const {client} = await createApp(t, {...options, share: {site: 'Garden'}}, async ctx => {
		if (ctx.query.share) ctx.inertia.share({secret: true});
		await ctx.inertia.render('Home');
	});
	t.deepEqual((await client.open('/?share=1')).page.props, {errors: {}, site: 'Garden', secret: true});
	t.deepEqual((await client.visit('/')).page.props, {errors: {}, site: 'Garden'});
});

test('`share` that gives no object is refused', async t => {
	for (const share of [() => 'user', async () => null, () => [1]]) {
		const {agent, errors} = await createApp(t, {...options, share: share as never});
		t.is((await agent.get('/')).status, 500);
		t.true(errors[0] instanceof OptionError);
		t.regex((errors[0] as Error).message, /option `share` takes an object of props, received/);
	}
});

test('a shared loader gets the context of the request', async t => {
	const {props} = await visitHandler(t, ctx => ctx.inertia.render(component), {
		share: {plot: ({ctx}: {ctx: {query: Record<string, unknown>}}) => ctx.query.plot},
	});
	t.is(props.plot, '7');
});

for (const [name, user] of [
	['an object', {name: 'Ada'}],
	['a loader', async () => ({name: 'Ada'})],
] as const) {
	test(`a dotted key of the page is merged into ${name} that is shared under a dotted key`, async t => {
		const {props} = await visitHandler(t, async ctx => {
			ctx.inertia.share({'auth.user': user});
			await ctx.inertia.render(component, {'auth.user.can.dig': false});
		});
		t.deepEqual(props, {errors: {}, auth: {user: {name: 'Ada', can: {dig: false}}}});
	});
}

test('a prop of the page replaces the shared one whole', async t => {
	const {props, sharedProps} = await visitHandler(t, async ctx => {
		ctx.inertia.share({auth: {user: null, roles: ['guest']}});
		await ctx.inertia.render(component, {auth: {user: {name: 'Ada'}}});
	});
	t.deepEqual(props.auth, {user: {name: 'Ada'}});
	t.deepEqual(sharedProps, ['errors', 'auth']);
});

const provider = {toInertiaProps: () => ({season: 'spring', climate: async () => 'mild'})};

test('a provider is shared in place of props, or in a list with them', async t => {
	const provided = {errors: {}, season: 'spring', climate: 'mild'};
	const page = await visitHandler(t, async ctx => {
		ctx.inertia.share(provider);
		await ctx.inertia.render(component);
	});
	t.deepEqual(page.props, provided);
	t.deepEqual(page.sharedProps, ['errors', 'season', 'climate']);

	const listed = await visitHandler(t, async ctx => {
		ctx.inertia.share([{site: 'Garden'}, provider]);
		await ctx.inertia.render(component, {owner: 'Ada'});
	});
	t.deepEqual(listed.props, {...provided, site: 'Garden', owner: 'Ada'});
	t.deepEqual(listed.sharedProps, ['errors', 'site', 'season', 'climate']);
});

test('the option `share` takes a provider, a list, and a function of either', async t => {
	for (const share of [provider, [provider], () => provider, async () => [{season: 'winter'}, provider]]) {
		const {props} = await visitHandler(t, ctx => ctx.inertia.render(component), {share});
		t.deepEqual(props, {errors: {}, season: 'spring', climate: 'mild'});
	}
});

const listings: Array<[name: string, shares: Array<Record<string, unknown>>, expected: string[]]> = [
	['nothing', [], ['errors']],
	['one prop', [{site: 'Garden'}], ['errors', 'site']],
	['a dotted key, by its first name', [{'auth.user': {name: 'Ada'}, 'auth.roles': []}], ['errors', 'auth']],
	['a once prop', [{climate: once(() => 'mild')}], ['errors', 'climate']],
	['several calls', [{a: 1}, {b: 2}, {c: once(() => 3)}, {a: 4}], ['errors', 'a', 'b', 'c']],
	['loaders', [{notice: () => 'hi', auth: async () => ({user: 'Ada'})}], ['errors', 'notice', 'auth']],
];
for (const [name, shares, expected] of listings) {
	test(`the page lists what is shared: ${name}`, async t => {
		const {sharedProps} = await visitHandler(t, async ctx => {
			for (const props of shares) ctx.inertia.share(props);
			await ctx.inertia.render(component, {owner: {name: 'Ada'}});
		});
		t.deepEqual(sharedProps, expected);
	});
}

test('keys of the option and of the request are listed together', async t => {
	const {sharedProps} = await visitHandler(
		t,
		async ctx => {
			ctx.inertia.share({a: 1});
			await ctx.inertia.render(component);
		},
		{share: {b: 2}},
	);
	t.deepEqual(sharedProps, ['errors', 'b', 'a']);
});

test('`exposeSharedPropKeys: false` lists nothing, and the props are sent', async t => {
	const page = await visitHandler(t, ctx => ctx.inertia.render(component), {
		exposeSharedPropKeys: false,
		share: {site: 'Garden'},
	});
	t.false('sharedProps' in page);
	t.is(page.props.site, 'Garden');
});

test('a shared once prop that the client holds is listed and not sent', async t => {
	const share = {climate: once(neverLoad)};
	const page = await visitHandler(t, ctx => ctx.inertia.render(component), {share}, {loaded: 'climate'});
	t.deepEqual(page.props, {errors: {}});
	t.deepEqual(page.sharedProps, ['errors', 'climate']);
	t.deepEqual(page.onceProps, {climate: {prop: 'climate', expiresAt: null}});
});

test('a shared once prop has its entry, with key and end', async t => {
	const {props, onceProps} = await visitHandler(t, async ctx => {
		ctx.inertia.share({notice: () => 'hi', climate: once(() => 'mild', {key: 'weather', expiresIn: '1m'})});
		await ctx.inertia.render(component);
	});
	t.deepEqual(props, {errors: {}, notice: 'hi', climate: 'mild'});
	t.is(onceProps.weather.prop, 'climate');
	t.true(onceProps.weather.expiresAt > Date.now());
});

test('a partial reload lists what is shared, and loads only what is asked for', async t => {
	const share = {site: neverLoad, notice: always(() => 'hi')};
	const handler: Middleware = ctx => ctx.inertia.render(component, {owner: 'Ada', beds: neverLoad});
	const page = await visitHandler(t, handler, {share}, {only: 'owner'});
	t.deepEqual(page.props, {errors: {}, notice: 'hi', owner: 'Ada'});
	t.deepEqual(page.sharedProps, ['errors', 'site', 'notice']);
});

test('what one request shares is gone with the next', async t => {
	const {visit, assets} = await createApp(t, options, async ctx => {
		if (ctx.query.share) ctx.inertia.share({secret: true});
		await ctx.inertia.render(component);
	});
	t.deepEqual((await visit('/?share=1', assets.version)).body.sharedProps, ['errors', 'secret']);
	const {body} = await visit('/', assets.version);
	t.deepEqual(body.props, {errors: {}});
	t.deepEqual(body.sharedProps, ['errors']);
});
