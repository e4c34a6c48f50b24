import test from 'ava';
import {defer, optional} from 'koa-inertia';
import {loadPage, neverLoad, visitPage} from '../helpers/partial-visit.ts';

test('a dotted key at the top is unpacked into the object that its path names', async t => {
	const {props} = await visitPage(t, {
		auth: {user: {name: 'Ada', email: 'ada@garden.example'}},
		'auth.user.can': {'dig.deep': true},
		'auth.user.tools': async () => ['rake'],
		plot: {size: 3},
	});
	t.deepEqual(props, {
		auth: {
			user: {name: 'Ada', email: 'ada@garden.example', can: {'dig.deep': true}, tools: ['rake']},
		},
		plot: {size: 3},
	});
});

test('a dotted key below the top stays as it is', async t => {
	const props = {auth: {'user.can': {'dig.deep': true}, user: {name: 'Ada'}}};
	t.deepEqual((await visitPage(t, props)).props, props);
});

test('a dotted key makes the objects that are missing', async t => {
	t.deepEqual((await visitPage(t, {'auth.user.name': 'Ada'})).props, {auth: {user: {name: 'Ada'}}});
});

test('a dotted key is merged into what a loader gives', async t => {
	const {props} = await loadPage(t, {
		auth: async () => ({user: {name: 'Ada', email: 'ada@garden.example'}}),
		'auth.user.tools': () => ['rake'],
	});
	t.deepEqual(props, {auth: {user: {name: 'Ada', email: 'ada@garden.example', tools: ['rake']}}});
});

test('a dotted key may stand before the object that it extends', async t => {
	const {props} = await loadPage(t, {'auth.user.tools': ['rake'], auth: {user: {name: 'Ada'}}});
	t.deepEqual(props, {auth: {user: {name: 'Ada', tools: ['rake']}}});
});

test('an optional prop under a dotted key stays out of a first load', async t => {
	const {props} = await loadPage(t, {auth: {user: {name: 'Ada'}}, 'auth.user.tools': optional(neverLoad)});
	t.deepEqual(props, {auth: {user: {name: 'Ada'}}});
});

test('an optional prop under a dotted key arrives when its path is asked for', async t => {
	const {props} = await visitPage(
		t,
		{auth: {user: {name: 'Ada'}}, 'auth.user.tools': optional(() => ['rake'])},
		{only: 'auth.user.tools'},
	);
	t.deepEqual(props, {auth: {user: {tools: ['rake']}}});
});

test('a deferred prop under a dotted key is announced with its whole path', async t => {
	t.deepEqual(await loadPage(t, {'auth.user.log': defer(neverLoad, {group: 'slow'}), 'auth.user.name': 'Ada'}), {
		props: {auth: {user: {name: 'Ada'}}},
		deferredProps: {slow: ['auth.user.log']},
	});
});

test('a dotted key that names no item of a list does the same whether the list has something to load or not', async t => {
	for (const key of ['list.4', 'list.name', 'list.-1', 'list.length']) {
		const plain = await visitPage(t, {list: [1, 2], [key]: 3});
		const loaded = await visitPage(t, {list: [1, () => 2], [key]: 3});
		t.deepEqual(loaded, plain, key);
	}
});

test('a dotted key under an object that provides props is not lost', async t => {
	class Provider {
		toInertiaProps = () => ({name: 'Ada'});
	}
	for (const owner of [{...new Provider()}, new Provider()]) {
		const {props} = await visitPage(t, {owner, 'owner.tools': ['rake']});
		t.deepEqual((props.owner as Record<string, unknown>).tools, ['rake']);
	}
});

test('dotted keys with names that every object has are data and change no prototype', async t => {
	const props = {
		'__proto__.polluted': 1,
		'constructor.prototype.polluted': () => 2,
		'garden.__proto__.polluted': 3,
		'garden.constructor.polluted': 4,
		garden: () => ({size: 5}),
		'list.__proto__.polluted': 6,
	};
	t.is(
		JSON.stringify((await visitPage(t, props)).props),
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"garden":{"size":5,"__proto__":{"polluted":3},"constructor":{"polluted":4}},"list":{"__proto__":{"polluted":6}}}',
	);
	t.false('polluted' in {});
	t.false('polluted' in Object);
});
