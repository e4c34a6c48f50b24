import test from 'ava';
import {defer, merge, once} from 'koa-inertia';
import {loadPage, visitPage} from '../helpers/partial-visit.ts';

/** As `csvParse` of d3 gives it: rows, and a member of the list itself. */
function createRows<Row>(rows: Row[]): Row[] {
	return Object.assign(rows, {columns: ['name', 'age']});
}

test('a list has its items only, whether something in it is looked into or not', async t => {
	const plain = createRows([{name: 'Ada'}, {name: 'Bea'}]);
	const loaded = createRows([{name: () => 'Ada'}, {name: async () => 'Bea'}]);
	const expected = {props: {rows: [{name: 'Ada'}, {name: 'Bea'}]}};
	for (const rows of [plain, loaded, () => loaded, merge(loaded)]) {
		t.deepEqual((await visitPage(t, {rows})).props, expected.props);
	}

	t.deepEqual(await visitPage(t, {garden: {rows: loaded}}, {only: 'garden.rows'}), {
		props: {garden: expected.props},
	});
});

test('a hole of a list is `null`, as in JSON, whether something in the list is looked into or not', async t => {
	const create = (item: unknown): unknown[] => {
		const list: unknown[] = [1];
		list[3] = item;
		return list;
	};
	t.deepEqual((await visitPage(t, {list: create(4)})).props, {list: [1, null, null, 4]});
	t.deepEqual((await visitPage(t, {list: create(async () => 4)})).props, {list: [1, null, null, 4]});
});

test('a value that JSON does not have of a list is no mistake of the list', async t => {
	const rows = Object.assign([{name: 'Ada'}], {total: 2n, self: {} as unknown});
	rows.self = rows;
	t.deepEqual((await visitPage(t, {rows})).props, {rows: [{name: 'Ada'}]});
	const error = await t.throwsAsync(visitPage(t, {rows, after: {n: 1n}}));
	t.like(error, {path: 'after.n'});
});

test('a once prop that is an item of a list is sent although the client holds it, because the list would close up', async t => {
	for (const help of [
		once(() => 'Help'),
		once(() => 'Help', {key: 'help'}),
		() => once('Help'),
		async () => once('Help'),
	]) {
		const menu = [help, 'Account'];
		t.deepEqual((await loadPage(t, {menu})).props, {menu: ['Help', 'Account']});
		t.deepEqual((await visitPage(t, {menu}, {loaded: 'menu.0,help'})).props, {menu: ['Help', 'Account']});
		const nested = {page: {menus: [menu]}};
		const loaded = 'page.menus.0.0,help';
		t.deepEqual((await visitPage(t, nested, {loaded})).props, {page: {menus: [['Help', 'Account']]}});
	}
});

test('a once prop in an item is held by its own key only, because an index tells no item from another', async t => {
	const rows = [
		{id: 7, avatar: once(() => 'a.png')},
		{id: 8, avatar: once(() => 'b.png', {key: 'avatar-8'})},
	];
	const {props} = await visitPage(t, {rows}, {loaded: 'rows.0.avatar,rows.1.avatar,avatar-8'});
	t.deepEqual(props, {rows: [{id: 7, avatar: 'a.png'}, {id: 8}]});
	const late = [{log: defer(once(() => 1))}, {log: defer(once(() => 2, {key: 'log'}))}];
	const {deferredProps} = await visitPage(t, {late}, {loaded: 'late.0.log,log'});
	t.deepEqual(deferredProps, {default: ['late.0.log']});
});
