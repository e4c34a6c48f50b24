import test from 'ava';
import {defer, once, optional, scroll} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {loadPage, options, toHeaders, visitPage} from '../helpers/partial-visit.ts';

/** Names that no list in a header carries as they are, and one that looks like their encoded form. */
const names = ['国々', 'a,b', 'é', ' a', 'a ', '\n', '\ud800', '😀', '50%', '%002c', 'a%b', ','];

for (const name of names) {
	test(`the client can send the key of a once prop named ${JSON.stringify(name)}, and the prop is recognised`, async t => {
		for (const props of [{[name]: once(() => 'here')}, {garden: {[name]: once(async () => 'here')}}]) {
			const {onceProps} = await loadPage(t, props);
			const [[key, entry] = []] = Object.entries(onceProps ?? {});
			t.is(entry!.prop, 'garden' in props ? `garden.${name}` : name);
			t.true(/^[!-+\--~]+( +[!-+\--~]+)*$/.test(key!), key);
			const held = await visitPage(t, props, {loaded: `other,${key}`});
			t.deepEqual(held.props, 'garden' in props ? {garden: {}} : {});
			t.deepEqual(held.onceProps, onceProps);
		}
	});

	test(`the client can ask for a deferred prop named ${JSON.stringify(name)}`, async t => {
		const props = {[name]: defer(() => 'here'), other: defer(() => 'there')};
		const {deferredProps} = await loadPage(t, props);
		const [path, ...others] = deferredProps!.default!;
		t.deepEqual(others, ['other']);
		t.true(/^[!-+\--~]+( +[!-+\--~]+)*$/.test(path!), path);
		t.deepEqual((await visitPage(t, props, {only: path!})).props, {[name]: 'here'});
		t.deepEqual((await visitPage(t, {[name]: 1, other: 2}, {except: path!})).props, {other: 2});
	});
}

test('keys of different names are different', async t => {
	const {onceProps} = await loadPage(t, Object.fromEntries(names.map(name => [name, once(1)])));
	t.is(Object.keys(onceProps!).length, names.length);
});

test('a name that a header carries is the key as it is', async t => {
	const names = ['a', 'a b', 'a.b', '50%', "it's", '~', '__proto__'];
	for (const name of names) {
		const {onceProps} = await loadPage(t, {garden: once(1, {key: name})});
		t.deepEqual(Object.keys(onceProps!), [name]);
	}
});

test('the visit of a request has the names as they are', async t => {
	const {visit} = await createApp(t, {...options, version: '1'}, ctx => {
		const {only, except, reset, loadedOnce} = ctx.inertia.visit;
		ctx.body = {only, except, reset, loadedOnce};
	});
	const {body} = await visit('/', '1').set(
		toHeaders({only: 'a%002cb,c', except: '%56fd%3005', reset: '50%', loaded: '%0020a'}),
	);
	t.deepEqual(body, {only: ['a,b', 'c'], except: ['国々'], reset: ['50%'], loadedOnce: [' a']});
});

test('of several once props with one key the first has it, and the others are sent with every page', async t => {
	const props = {
		a: once(() => 'A', {key: 'k'}),
		b: once(() => 'B', {key: 'k'}),
		deep: {c: once(() => 'C', {key: 'k'})},
	};
	const entry = {k: {prop: 'a', expiresAt: null}};
	t.deepEqual(await loadPage(t, props), {props: {a: 'A', b: 'B', deep: {c: 'C'}}, onceProps: entry});
	t.deepEqual(await visitPage(t, props, {loaded: 'k'}), {props: {b: 'B', deep: {c: 'C'}}, onceProps: entry});
	t.deepEqual(await visitPage(t, props, {only: 'b', loaded: 'k'}), {props: {b: 'B'}});
	t.deepEqual(await visitPage(t, props, {only: 'a', loaded: 'k'}), {props: {a: 'A'}, onceProps: entry});
});

test('a once prop whose path is the key of another one comes second', async t => {
	const props = {garden: once(() => 1, {key: 'shed'}), shed: once(() => 2)};
	t.deepEqual(await visitPage(t, props, {loaded: 'shed'}), {
		props: {shed: 2},
		onceProps: {shed: {prop: 'garden', expiresAt: null}},
	});
});

test('a once prop that is there at once has the key before one that a promise gives', async t => {
	const props = {a: async () => once('A', {key: 'k'}), b: once('B', {key: 'k'})};
	const entry = {k: {prop: 'b', expiresAt: null}};
	t.deepEqual(await loadPage(t, props), {props: {a: 'A', b: 'B'}, onceProps: entry});
	t.deepEqual(await visitPage(t, props, {loaded: 'k'}), {props: {a: 'A'}, onceProps: entry});
});

test('a prop around a once prop has the same entry as it', async t => {
	const props = {a: once(() => once(async () => 'A', {key: 'k'})), b: optional(once(() => 'B', {key: 'k'}))};
	t.deepEqual(await loadPage(t, props), {props: {a: 'A'}, onceProps: {k: {prop: 'a', expiresAt: null}}});
});

test('an infinite scroll keeps its clear name, which the page component gives', async t => {
	const {scrollProps} = await loadPage(t, {国々: scroll({data: [1], currentPage: 1, lastPage: 2})});
	t.deepEqual(Object.keys(scrollProps!), ['国々']);
});
