import test from 'ava';
import {always, merge, type PropsInput} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {component, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';
import {runModule} from '../helpers/run-module.ts';

/** Props with one getter that gives a promise, and the path to ask for it. */
type Create = (getter: Record<string, unknown>) => PropsInput;

/** A getter that counts how often it is read, and gives a promise as a query does. */
function createGetter(give: () => unknown = async () => 'Ada') {
	let count = 0;
	return {
		holder: {
			get owner() {
				count += 1;
				return give();
			},
		},
		count: () => count,
	};
}

const provider = {toInertiaProps: () => ({provided: 1})};
const places: Array<[name: string, create: Create, path: string]> = [
	['the props', getter => getter, 'owner'],
	['props with values before it', getter => withGetter({size: 3, beds: [1]}, getter), 'owner'],
	['props with functions before it', getter => withGetter({size: () => 3}, getter), 'owner'],
	['an object', getter => ({garden: getter}), 'garden.owner'],
	[
		'an object in an object',
		getter => ({garden: {house: withGetter({rooms: {size: 2}}, getter)}}),
		'garden.house.owner',
	],
	['an item of a list', getter => ({gardens: [withGetter({size: 3}, getter), {size: 4}]}), 'gardens.0.owner'],
	['props with a dotted key', getter => withGetter({'shed.door': 'red'}, getter), 'owner'],
	['props with errors', getter => withGetter({errors: {name: 'taken'}}, getter), 'owner'],
	['props beside a provider', getter => [provider, withGetter({size: 3}, getter)], 'owner'],
	['what a provider gives', getter => ({toInertiaProps: () => getter}), 'owner'],
	['what a provider among the props gives', getter => ({garden: {toInertiaProps: () => getter}}), 'garden.owner'],
	['what a function gives', getter => ({garden: () => getter}), 'garden.owner'],
	['what a promise gives', getter => ({garden: async () => ({house: getter})}), 'garden.house.owner'],
	['the prop of a factory', getter => ({garden: merge(getter)}), 'garden.owner'],
];

for (const [name, create, path] of places) {
	test(`a getter in ${name} is read once for a visit that gets it`, async t => {
		const shares: Array<PropsInput | undefined> = [undefined, {shared: 1}];
		for (const share of shares) {
			const {holder, count} = createGetter();
			const props = create(holder);
			const {visit, errors} = await createApp(t, {...options, version: '1', ...(share && {share})}, ctx =>
				ctx.inertia.render(component, props),
			);
			const {body} = await visit('/', '1');
			t.deepEqual(errors, []);
			t.is(readPath(body.props, path), 'Ada');
			t.is(count(), 1);
			const partial = await visit('/', '1').set(toHeaders({only: path.replace(/\.\d.*/, '')}));
			t.is(readPath(partial.body.props, path), 'Ada');
			t.is(count(), 2);
		}
	});

	test(`a getter in ${name} is not read for a partial reload of something else`, async t => {
		const {holder, count} = createGetter();
		const {visit} = await createApp(t, {...options, version: '1', share: {shared: 1}}, ctx =>
			ctx.inertia.render(component, create(holder)),
		);
		const {status, body} = await visit('/', '1').set(toHeaders({only: 'shared'}));
		t.is(status, 200);
		t.is(body.props.shared, 1);
		t.is(count(), 0);
	});
}

test('a getter of shared props is read once, and only where they are sent', async t => {
	for (const shareWhere of ['option', 'request'] as const) {
		const {holder, count} = createGetter();
		const share = withGetter({size: 3}, holder);
		const {visit} = await createApp(t, {...options, version: '1', ...(shareWhere === 'option' && {share})}, ctx => {
			if (shareWhere === 'request') ctx.inertia.share(share);
			if (ctx.path === '/away') return ctx.redirect('/');
			return ctx.inertia.render(component, ctx.path === '/own' ? {owner: 'Bea'} : {name: 'Kew'});
		});
		t.is((await visit('/', '1')).body.props.owner, 'Ada');
		t.is(count(), 1);
		await visit('/', '1').set(toHeaders({only: 'name'}));
		await visit('/away', '1');
		t.is((await visit('/own', '1')).body.props.owner, 'Bea');
		t.is(count(), 1);
	}
});

test('a getter knows its own object, wherever its value is sent', async t => {
	const props = {
		length: 3,
		get area() {
			return Promise.resolve(this.length ** 2);
		},
		'shed.door': 'red',
		errors: {},
	};
	t.is((await visitPage(t, [{length: 7}, provider, props])).props.area, 9);
});

test('of several getters each is read once, in the order of the props', async t => {
	const read: string[] = [];
	const give = (name: string): Promise<string> => {
		read.push(name);
		return Promise.resolve(name);
	};
	const rows = ['a', 'b', 'c'].map(name => ({
		get first() {
			return give(`${name}1`);
		},
		id: name,
		get second() {
			return give(`${name}2`);
		},
	}));
	const {props} = await visitPage(t, {rows});
	t.deepEqual(props.rows, [
		{first: 'a1', id: 'a', second: 'a2'},
		{first: 'b1', id: 'b', second: 'b2'},
		{first: 'c1', id: 'c', second: 'c2'},
	]);
	t.deepEqual(read, ['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
});

test('a getter may give what a factory makes, and an object with a promise in it', async t => {
	const page = await visitPage(t, {
		get beds() {
			return merge(async () => [1]);
		},
		garden: {
			get owner() {
				return {name: Promise.resolve('Ada'), age: 7};
			},
		},
	});
	t.deepEqual(page, {props: {beds: [1], garden: {owner: {name: 'Ada', age: 7}}}, mergeProps: ['beds']});
});

test('an always prop beside a getter is sent with a partial reload, and the getter is not read', async t => {
	const {holder, count} = createGetter();
	const props = withGetter({size: 3, unread: always(2)}, holder);
	t.deepEqual((await visitPage(t, props, {only: 'size'})).props, {size: 3, unread: 2});
	t.is(count(), 0);
});

const failing = `
	const fail = () => Promise.reject(new Error('no database'));
	const getter = {get owner() { return fail(); }};
	const places = {
		top: {get owner() { return fail(); }, size: 3},
		after: {size: 3, beds: () => 1, get owner() { return fail(); }},
		nested: {size: 3, garden: {house: {rooms: 1, ...{}, get owner() { return fail(); }}}},
		listed: {size: 3, gardens: [{name: 'Kew'}, getter]},
		rows: {size: 3, gardens: Array.from({length: 9}, () => ({get owner() { return fail(); }}))},
	};
`;
test('a getter whose promise fails is the error of its request, and ends no process', async t => {
	const {code, stdout, stderr} = await runModule(
		`import Koa from 'koa';
		import {inertia} from 'koa-inertia';
		${failing}
		const app = new Koa().on('error', () => {});
		app.use(inertia({version: null, hotFile: false, share: {app: 'Garden'}}));
		app.use(async ctx => {
			if (ctx.query.share) ctx.inertia.share(places[ctx.query.at]);
			if (ctx.query.redirect) return ctx.redirect('/');
			await ctx.inertia.render('Home', ctx.query.share ? {owner: 'Ada', size: 3} : places[ctx.query.at]);
		});
		const server = app.listen(0, async () => {
			const send = async (url, headers) => (await fetch('http://localhost:' + server.address().port + url, {
				headers: {'X-Inertia': '1', ...headers}, redirect: 'manual',
			})).status;
			const partial = {'X-Inertia-Partial-Component': 'Home', 'X-Inertia-Partial-Data': 'size'};
			const statuses = [];
			for (const at of Object.keys(places)) {
				statuses.push(await send('/?at=' + at), await send('/?at=' + at, partial));
				statuses.push(await send('/?share=1&redirect=1&at=' + at), await send('/?share=1&at=' + at, partial));
			}
			await new Promise(resolve => setTimeout(resolve, 50));
			console.log(statuses.join(' '));
			server.close();
		});`,
		{cwd: '.'},
	);
	t.is(code, 0, stderr);
	t.is(stdout, `${Array.from({length: 5}, () => '500 200 302 200').join(' ')}\n`);
});

/** Adds the getter of one object to the members of another. */
function withGetter(members: object, getter: object): Record<string, unknown> {
	return Object.defineProperties({...members}, Object.getOwnPropertyDescriptors(getter)) as Record<string, unknown>;
}

function readPath(props: unknown, path: string): unknown {
	return path.split('.').reduce((value, key) => (value as Record<string, unknown>)[key], props);
}
