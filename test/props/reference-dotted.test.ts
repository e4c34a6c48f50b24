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
