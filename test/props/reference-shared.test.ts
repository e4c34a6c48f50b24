import test, {type ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import {always, type InertiaOptions, once} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {type Asked, component, neverLoad, options, toHeaders} from '../helpers/partial-visit.ts';

/** The whole page that one visit receives from a handler. */
async function visitHandler(t: ExecutionContext, handler: Middleware, more: InertiaOptions = {}, asked: Asked = {}) {
	const {visit, assets, errors} = await createApp(t, {...options, ...more}, handler);
	const {status, body} = await visit('/garden?plot=7', assets.version).set(toHeaders(asked));
	if (status !== 200) throw errors[0] ?? new Error(`Status ${status}`);
	return body;
}

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

test('`errors` are sent with every reload, asked for or not', async t => {
	const handler: Middleware = ctx => ctx.inertia.render(component, {owner: 'Ada', size: 3});
	t.deepEqual((await visitHandler(t, handler, {}, {only: 'owner'})).props, {errors: {}, owner: 'Ada'});
	t.deepEqual((await visitHandler(t, handler, {}, {except: 'errors,size'})).props, {errors: {}, owner: 'Ada'});
});

test('`errors` of a page are sent with every reload too', async t => {
	const handler: Middleware = ctx => ctx.inertia.render(component, {owner: 'Ada', errors: {name: 'Too long'}});
	const {props} = await visitHandler(t, handler, {}, {only: 'owner'});
	t.deepEqual(props, {errors: {name: 'Too long'}, owner: 'Ada'});
});

test('shared `errors` replace the empty ones', async t => {
	const page = await visitHandler(t, ctx => ctx.inertia.render(component), {share: {errors: {name: 'Too long'}}});
	t.deepEqual(page.props, {errors: {name: 'Too long'}});
	t.deepEqual(page.sharedProps, ['errors']);
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
