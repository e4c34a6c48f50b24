import test from 'ava';
import type {Middleware} from 'koa';
import {always, defer, optional} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {component, options, toHeaders, visitHandler} from '../helpers/partial-visit.ts';

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

/** Without versions, and with a template for documents. */
const plain = {version: null, views: 'test/conformance/views'};

const own: Array<[name: string, props: Record<string, unknown>, shared: Record<string, unknown>, errors: unknown]> = [
	['those of the page', {errors: {own: '1'}}, {}, {own: '1'}],
	['those of the page, though there are none', {errors: {}}, {}, {}],
	['those of a loader', {errors: () => ({own: '1'})}, {}, {own: '1'}],
	['those of an async loader', {errors: async () => ({own: '1'})}, {}, {own: '1'}],
	['those of a prop', {errors: always({own: () => '1'})}, {}, {own: '1'}],
	['those of a dotted prop', {'errors.own': '1'}, {}, {own: '1'}],
	['shared ones', {}, {errors: {shared: '1'}}, {shared: '1'}],
	['those of the page, and not shared ones', {errors: {own: '1'}}, {errors: {shared: '1'}}, {own: '1'}],
	['the waiting ones, where those of the page are `undefined`', {errors: undefined}, {}, {waits: '1'}],
	['the waiting ones, where those of the page are `null`', {errors: null}, {}, {waits: '1'}],
	['the waiting ones, where a loader gives nothing', {errors: () => undefined}, {}, {waits: '1'}],
	['the waiting ones, where an async loader gives nothing', {errors: async () => null}, {}, {waits: '1'}],
];
for (const [name, props, shared, expected] of own) {
	test(`the errors of a page are ${name}`, async t => {
		const {agent, visit} = await createApp(t, {...plain, share: shared}, ctx => {
			ctx.inertia.errors({waits: '1'});
			return ctx.inertia.render('Home', props);
		});
		const {body} = await visit('/');
		t.deepEqual(body.props.errors, expected);
		t.deepEqual<unknown, unknown>(readPage(await agent.get('/')).props.errors, expected);
		t.deepEqual(body.sharedProps, ['errors']);
		const headers = {'X-Inertia-Partial-Component': 'Home', 'X-Inertia-Partial-Data': 'other'};
		t.deepEqual((await visit('/').set(headers)).body.props.errors, expected);
	});
}

test('`sharedProps` lists `errors` first, beside what is shared', async t => {
	const {visit} = await createApp(t, {...plain, share: {user: 'Ada'}}, ctx => {
		ctx.inertia.errors({a: '1'}, {bag: 'login'});
		return ctx.inertia.render('Home', {name: 'Ada'});
	});
	t.deepEqual((await visit('/')).body.sharedProps, ['errors', 'user']);
});

test('`errors` is an object where what is given for it gives nothing', async t => {
	const nothing = [undefined, null, () => undefined, async () => undefined, () => null, Promise.resolve(null)];
	const late = async () => optional(() => ({name: 'taken'}));
	const failing = defer(() => Promise.reject(new Error('closed')), {rescue: true});
	for (const errors of [...nothing, late, failing]) {
		const {agent} = await createApp(t, {...options, version: null}, ctx => ctx.inertia.render(component, {errors}));
		const {body} = await agent
			.get('/')
			.set({'X-Inertia': 'true', ...toHeaders(errors === failing ? {only: 'errors'} : {})});
		t.deepEqual(body.props, {errors: {}});
	}
});
