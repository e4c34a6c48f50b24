import test from 'ava';
import {always, defer, merge, once, optional} from 'koa-inertia';
import {loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

test('only the props that are asked for are sent and loaded', async t => {
	const props = {owner: () => ({name: 'Ada'}), beds: neverLoad, size: 3};
	t.deepEqual(await visitPage(t, props, {only: 'owner'}), {props: {owner: {name: 'Ada'}}});
});

test('every prop but the excepted is sent', async t => {
	const props = {owner: neverLoad, beds: () => [1], size: 3};
	t.deepEqual(await visitPage(t, props, {except: 'owner'}), {props: {beds: [1], size: 3}});
});

test('what is asked for and excepted is excepted', async t => {
	const props = {owner: neverLoad, beds: [1], size: neverLoad};
	t.deepEqual((await visitPage(t, props, {only: 'owner,beds', except: 'owner'})).props, {beds: [1]});
});

test('names that no prop has are ignored', async t => {
	const props = {owner: 'Ada', beds: [1]};
	t.deepEqual((await visitPage(t, props, {only: 'owner,nobody'})).props, {owner: 'Ada'});
	t.deepEqual((await visitPage(t, props, {except: 'nobody'})).props, props);
});

test('a reload that names another component is no partial one', async t => {
	const props = {owner: 'Ada', beds: () => [1], log: defer(neverLoad), history: optional(neverLoad)};
	t.deepEqual(await visitPage(t, props, {only: 'owner', component: 'Garden/Index'}), {
		props: {owner: 'Ada', beds: [1]},
		deferredProps: {default: ['log']},
	});
});

test('a path takes its prop out of its parent, and the siblings stay', async t => {
	const props = {
		auth: {user: optional(() => ({name: 'Ada'})), refreshToken: 'r', token: neverLoad},
		shared: {notice: neverLoad},
	};
	t.deepEqual((await visitPage(t, props, {only: 'auth.user,auth.refreshToken'})).props, {
		auth: {user: {name: 'Ada'}, refreshToken: 'r'},
	});
});

test('an excepted path is left out of the parent that is asked for', async t => {
	const props = {
		auth: {user: optional(neverLoad), token: neverLoad, name: 'Ada'},
		shared: {notice: neverLoad},
	};
	t.deepEqual((await visitPage(t, props, {only: 'auth', except: 'auth.user,auth.token'})).props, {auth: {name: 'Ada'}});
});

test('an excepted parent takes all its props and their labels with it', async t => {
	const props = {feed: {posts: merge(neverLoad)}, size: 3};
	t.deepEqual(await visitPage(t, props, {only: 'feed,size', except: 'feed'}), {props: {size: 3}});
});

test('a path goes as deep as the props do', async t => {
	const props = {app: {auth: {permissions: optional(() => ['dig']), user: neverLoad}, menu: neverLoad}};
	t.deepEqual((await visitPage(t, props, {only: 'app.auth.permissions'})).props, {app: {auth: {permissions: ['dig']}}});
});

test('a reload of the parent sends every kind of prop in it, with labels and nothing announced', async t => {
	const props = {
		garden: {
			size: 3,
			beds: merge([{id: 1}]),
			visitors: defer(() => ['Bea']),
			history: optional(() => ({year: 1990})),
			climate: once(() => 'mild'),
		},
	};
	t.deepEqual(await visitPage(t, props, {only: 'garden'}), {
		props: {garden: {size: 3, beds: [{id: 1}], visitors: ['Bea'], history: {year: 1990}, climate: 'mild'}},
		mergeProps: ['garden.beds'],
		onceProps: {'garden.climate': {prop: 'garden.climate', expiresAt: null}},
	});
});

test('what a loader gives is sent whole, whichever part of it is asked for or excepted', async t => {
	const props = {garden: {owner: async () => ({name: 'Ada', age: 7}), size: 3}};
	const owner = {name: 'Ada', age: 7};
	t.deepEqual((await visitPage(t, props, {only: 'garden.owner.name'})).props, {garden: {owner}});
	t.deepEqual((await visitPage(t, props, {except: 'garden.owner.name'})).props, {garden: {owner, size: 3}});
});

test('props inside what a loader gives arrive when their paths are asked for', async t => {
	const props = {
		garden: () => ({visitors: defer(() => ['Bea']), roles: defer(() => ['digger'])}),
		size: neverLoad,
	};
	t.deepEqual(await visitPage(t, props, {only: 'garden.visitors,garden.roles'}), {
		props: {garden: {visitors: ['Bea'], roles: ['digger']}},
	});
});

test('an optional prop stays out of a first load and of a visit', async t => {
	const props = {owner: 'Ada', history: optional(neverLoad), shed: {key: optional(neverLoad), door: 'red'}};
	const expected = {props: {owner: 'Ada', shed: {door: 'red'}}};
	t.deepEqual(await loadPage(t, props), expected);
	t.deepEqual(await visitPage(t, props), expected);
});

test('an optional prop arrives when it is asked for', async t => {
	const props = {
		owner: neverLoad,
		history: optional(() => 'long'),
		shed: {key: optional(async () => 'gold'), door: 'red'},
	};
	t.deepEqual(await visitPage(t, props, {only: 'history,shed.key'}), {props: {history: 'long', shed: {key: 'gold'}}});
});

test('without a list of what to send, optional and deferred props arrive unless they are excepted', async t => {
	const props = {size: 3, history: optional(() => 'long'), visitors: defer(() => 9), sales: defer(neverLoad)};
	t.deepEqual(await visitPage(t, props, {except: 'sales'}), {props: {size: 3, history: 'long', visitors: 9}});
});

test('an always prop is sent unasked, and excepted too', async t => {
	const props = {owner: 'Ada', size: neverLoad, notice: always(() => 'Mind the hedgehog')};
	t.deepEqual((await visitPage(t, props, {only: 'owner'})).props, {owner: 'Ada', notice: 'Mind the hedgehog'});
	t.deepEqual((await visitPage(t, {...props, size: 3}, {except: 'owner,notice'})).props, {
		size: 3,
		notice: 'Mind the hedgehog',
	});
});

test('an always prop in an object is sent when a sibling is asked for', async t => {
	const props = {auth: {user: 'Ada', token: neverLoad, notice: always(async () => ['hedgehog'])}};
	t.deepEqual((await visitPage(t, props, {only: 'auth.user'})).props, {auth: {user: 'Ada', notice: ['hedgehog']}});
});

test('an always prop in an object that is not asked for, or excepted, stays out', async t => {
	const props = {size: 3, auth: {user: neverLoad, notice: always(neverLoad)}};
	t.deepEqual((await visitPage(t, props, {only: 'size'})).props, {size: 3});
	t.deepEqual((await visitPage(t, props, {except: 'auth'})).props, {size: 3});
});

test('an object stays when all its props are left out', async t => {
	const props = {auth: {user: neverLoad, roles: []}, beds: {}};
	t.deepEqual((await visitPage(t, props, {only: 'auth.nobody,beds'})).props, {auth: {}, beds: {}});
	t.deepEqual((await loadPage(t, {auth: {user: optional(neverLoad)}})).props, {auth: {}});
});

test('one item of a list may be asked for by its index, and the list closes up', async t => {
	const beds = [
		{name: neverLoad, plants: optional(neverLoad)},
		{name: neverLoad, plants: optional(() => 7)},
	];
	t.deepEqual((await visitPage(t, {beds}, {only: 'beds.1.plants'})).props, {beds: [{plants: 7}]});
	t.deepEqual((await visitPage(t, {beds}, {only: 'beds.plants'})).props, {beds: []});
});

test('white space and empty names in the lists do not count', async t => {
	const props = {owner: 'Ada', beds: [1], size: neverLoad};
	t.deepEqual((await visitPage(t, props, {only: ' owner , ,beds,'})).props, {owner: 'Ada', beds: [1]});
	t.deepEqual((await visitPage(t, props, {except: ', size'})).props, {owner: 'Ada', beds: [1]});
});

test('empty segments, spaces and repeated paths ask for no more than what they name', async t => {
	const props = {garden: {beds: [1], size: 3, '': {a: 1}}, owner: 'Ada', '': 'nameless'};
	const ask = async (only: string) => (await visitPage(t, props, {only})).props;
	t.deepEqual(await ask(' ,garden.beds,, garden.beds ,garden.beds'), {garden: {beds: [1]}});
	t.deepEqual(await ask('garden..a'), {garden: {'': {a: 1}}});
	t.deepEqual(await ask('garden...a,.owner,owner.,. ,..'), {garden: {'': {}}, owner: 'Ada', '': 'nameless'});
	t.deepEqual(await ask(' , ,'), props);
});

for (const path of ['__proto__', 'constructor', 'prototype', 'toString', '__proto__.x', 'constructor.prototype.x']) {
	test(`the path \`${path}\` means nothing where no prop has that name`, async t => {
		const props = {size: 3, beds: merge([1]), climate: once(() => 'mild')};
		const labels = {mergeProps: ['beds'], onceProps: {climate: {prop: 'climate', expiresAt: null}}};
		const all = {props: {size: 3, beds: [1], climate: 'mild'}, ...labels};
		t.deepEqual(await visitPage(t, props, {only: path}), {props: {}});
		t.deepEqual(await visitPage(t, props, {only: `garden.${path}`}), {props: {}});
		t.deepEqual(await visitPage(t, props, {except: path}), all);
		t.deepEqual(await visitPage(t, props, {reset: path, loaded: path}), all);
		t.deepEqual(await visitPage(t, {garden: {}}, {only: `garden.${path}`}), {props: {garden: {}}});
		t.false('x' in {});
	});
}

test('props with names that every object has are asked for and left out as any other', async t => {
	const text = '{"__proto__":{"a":1,"b":2},"constructor":{"prototype":3,"name":4},"prototype":5}';
	const ask = async (only: string, except?: string) =>
		JSON.stringify((await visitPage(t, JSON.parse(text), {only, ...(except && {except})})).props);
	t.is(await ask('__proto__,constructor,prototype'), text);
	t.is(await ask('__proto__.b,constructor.prototype'), '{"__proto__":{"b":2},"constructor":{"prototype":3}}');
	t.is(await ask('__proto__,constructor', '__proto__.a,constructor'), '{"__proto__":{"b":2}}');
});
