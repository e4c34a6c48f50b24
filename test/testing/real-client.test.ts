import test from 'ava';
import type {Context} from 'koa';
import {defer, once} from 'koa-inertia';
import type {Answer, InertiaClient, VisitOptions} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {type ClientVisit, type Pages, type RealClient, setUpClient} from '../helpers/real-client.ts';
import {waitFor} from '../helpers/wait-for.ts';

const openRealClient = setUpClient(test);

type Request = readonly [method: string, url: string, headers: Readonly<Record<string, unknown>>];

/** What a browser says of itself. */
const own = /^(?:host|connection|content-length|cookie|origin|pragma|user-agent|accept-(?:encoding|language)|sec-.*)$/;

/** Two pages and a redirect to a fragment, which note the requests for them. */
function createPages(requests: Request[]): Pages {
	const note = (ctx: Context): void => {
		const {referer, ...headers} = ctx.headers;
		const kept = Object.entries({...headers, referer: referer?.replace(`http://${ctx.host}`, '')});
		requests.push([ctx.method, ctx.url, Object.fromEntries(kept.filter(([name]) => !own.test(name)).sort())]);
	};
	const createPage = (component: string) => async (ctx: Context) => {
		note(ctx);
		await ctx.inertia.render(component, {
			method: ctx.method,
			auth: {user: () => ctx.url, team: 'a'},
			rows: [1, 2],
			news: defer(() => ctx.url),
			sales: defer(() => 3, {group: 'charts'}),
			climate: once(() => 'mild', {key: 'weather'}),
			seldom: once(defer(() => 'seldom')),
		});
	};
	const redirect = async (ctx: Context) => {
		note(ctx);
		ctx.redirect('/other?page=4#list');
	};
	return {'/users': createPage('Users'), '/other': createPage('Other'), '/moved': redirect};
}

interface Step {
	readonly name: string;
	readonly options: VisitOptions;
	/** Without one the step is a reload. */
	readonly url?: string;
}

const steps: readonly Step[] = [
	{name: 'a partial reload', options: {only: ['method', 'auth.user']}},
	{name: 'a partial reload with `except`', options: {except: ['rows', 'auth.team']}},
	{name: 'a partial reload with `reset`', options: {only: ['method'], reset: ['rows']}},
	{name: 'a visit', options: {}, url: '/other?page=2'},
	{name: 'a form', options: {method: 'post', data: {name: 'Ada'}, headers: {'X-Own': '1'}}, url: '/other'},
	{name: 'the form of a name', options: {method: 'put', errorBag: 'create'}, url: '/other'},
	{name: 'a redirect to a fragment', options: {method: 'post', data: {name: 'Ada'}, errorBag: 'create'}, url: '/moved'},
	{name: 'a visit without data', options: {method: 'delete'}, url: '/users'},
	{name: 'a partial visit', options: {only: ['rows']}, url: '/users?page=3'},
	{name: 'a partial visit elsewhere', options: {only: ['rows']}, url: '/other'},
	{name: 'a reload', options: {}},
];

test('requests and props are those of `@inertiajs/core` in a browser', async t => {
	const requests: Request[] = [];
	const realRequests: Request[] = [];
	const {client} = await createApp(t, {manifest: createManifest(), version: 'a', hotFile: false}, async ctx => {
		await createPages(requests)[ctx.path]!(ctx);
	});
	await client.open('/users?page=1');
	const real = await openRealClient(t, '/users?page=1', createPages(realRequests), {version: 'a'});
	await client.loadDeferred();
	await waitFor(() => realRequests.length >= requests.length);

	for (const step of steps) {
		requests.length = 0;
		realRequests.length = 0;
		const [{page}] = await Promise.all([take(step, client), takeReal(step, real)]);
		if (page.deferredProps) await client.loadDeferred();
		await waitFor(() => realRequests.length >= requests.length);
		t.deepEqual(sort(requests), sort(realRequests), step.name);
		await waitFor(async () => Object.keys(await real.getProps()).length >= Object.keys(client.page.props).length);
		t.deepEqual(client.page.props, await real.getProps(), step.name);
	}

	t.deepEqual(real.errors, []);
});

const take = ({url, options}: Step, client: InertiaClient): Promise<Answer> =>
	url === undefined ? client.reload(options) : client.visit(url, options);

const takeReal = ({url, options}: Step, real: RealClient): Promise<void> =>
	url === undefined ? real.reload(options as ClientVisit) : real.visit(url, options as ClientVisit);

/** Groups of deferred props are asked for at once, and arrive in any order. */
function sort(requests: readonly Request[]): readonly Request[] {
	return requests.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
