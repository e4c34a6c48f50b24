import {expectTypeOf} from 'expect-type';
import type {Context} from 'koa';
import {always, defer, merge, once, optional, type PageName, page, scroll} from 'koa-inertia';

interface User {
	name: string;
	born: string;
}

declare module 'koa-inertia' {
	interface Pages {
		About: Record<never, never>;
		'Users/Show': {user: User; tags: string[]; posts?: string[]; role: 'admin' | 'guest'};
		'Users/Index': {users: {data: User[]; currentPage: number; lastPage: number}; total: number | null};
	}
}

expectTypeOf<PageName>().toEqualTypeOf<'About' | 'Users/Show' | 'Users/Index'>();

interface Row {
	name: string;
	born: Date;
}

declare const ctx: Context;
declare const row: Row;
declare function loadRow(): Promise<Row>;
declare function paginate(): Promise<{data: Row[]; currentPage: number; lastPage: number}>;

const {inertia} = ctx;

// A page without props needs none.
void inertia.render('About');
page('About');

// What arrives is what counts: dates as text, functions and promises as what they give.
void inertia.render('Users/Show', {user: row, tags: [], role: 'admin'});
void inertia.render('Users/Show', {user: loadRow, tags: async () => ['a'], role: () => 'guest'});
void inertia.render('Users/Show', {user: () => row, tags: Promise.resolve(['a']), role: 'guest', posts: ['a']});
void inertia.render('Users/Show', {
	user: always(loadRow),
	tags: merge(once(() => ['a'])),
	role: 'guest',
	posts: defer(async () => ['a']),
});
void inertia.render('Users/Show', {
	user: {name: () => 'Ada', born: new Date()},
	tags: [() => 'a'],
	role: 'guest',
	posts: optional(() => ['a']),
});
void inertia.render('Users/Index', {users: scroll(paginate), total: null}, {status: 404});
void inertia.render('Users/Index', {users: paginate, total: ({signal}) => (signal.aborted ? null : 1)});
// What dotted keys add, and what an object provides, isn't looked into.
void inertia.render('Users/Show', {user: row, tags: [], role: 'admin', 'user.age': 36});
void inertia.render('Users/Show', {toInertiaProps: () => ({user: row})});
void inertia.render('Users/Show', [{toInertiaProps: () => ({user: row})}, {role: 'admin'}]);
page('Users/Show', {user: row, tags: [], role: 'admin'});
page('Users/Show', async ({params}) => ({user: loadRow, tags: [params.id], role: 'admin'}));

// Shared props are free; functions know what they receive, at any depth.
inertia.share({
	path: ({ctx}) => ctx.path,
	auth: {user: ({signal}) => loadRow().then(row => (signal.aborted ? null : row))},
	list: [({ctx}) => expectTypeOf(ctx).toEqualTypeOf<Context>()],
	unknown: JSON.parse('{}') as unknown,
});

// @ts-expect-error: no such page
void inertia.render('Users/Shwo', {});
// @ts-expect-error: no such page
page('Users/Shwo');
// @ts-expect-error: the page needs props
void inertia.render('Users/Show');
// @ts-expect-error: the page needs props
page('Users/Show');
// @ts-expect-error: a prop is missing
void inertia.render('Users/Show', {user: row, role: 'admin'});
// @ts-expect-error: a prop that the page doesn't know
void inertia.render('Users/Show', {user: row, tags: [], role: 'admin', age: 36});
// @ts-expect-error: a wrong value
void inertia.render('Users/Show', {user: row, tags: [1], role: 'admin'});
// @ts-expect-error: a wrong value from a function
void inertia.render('Users/Show', {user: row, tags: [], role: () => 'owner'});
// @ts-expect-error: a wrong value from a promise
void inertia.render('Users/Show', {user: async () => ({name: 'Ada'}), tags: [], role: 'admin'});
// @ts-expect-error: a wrong value inside a factory
void inertia.render('Users/Show', {user: row, tags: merge(() => 7), role: 'admin'});
// @ts-expect-error: a deferred prop is absent at first
void inertia.render('Users/Show', {user: defer(loadRow), tags: [], role: 'admin'});
// @ts-expect-error: an optional prop is absent at first
void inertia.render('Users/Show', {user: optional(loadRow), tags: [], role: 'admin'});
// @ts-expect-error: a wrong value from the function of a page
page('Users/Show', () => ({user: row, tags: [], role: 'owner'}));
