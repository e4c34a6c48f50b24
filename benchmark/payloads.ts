/** The page component of every scenario. */
export const component = 'Users/Index';

export type Row = {
	id: number;
	name: string;
	email: string;
	role: string;
	active: boolean;
	balance: number;
	createdAt: string;
	note: string | null;
};

const createRow = (_: unknown, index: number): Row => ({
	id: index + 1,
	name: `Jane Example ${index}`,
	email: `jane.${index}@example.com`,
	role: index % 5 === 0 ? 'administrator' : 'member',
	active: index % 3 !== 0,
	balance: index * 12.5,
	createdAt: new Date(1_700_000_000_000 + index * 3_600_000).toISOString(),
	note: index % 4 === 0 ? null : 'Asked for a call </b> back & an invoice',
});

const createRows = (length: number): Row[] => Array.from({length}, createRow);

/** About 1 KB as JSON: a page with a user, some filters and five rows. */
export const smallProps = {
	user: {id: 7, name: 'Sam Example', permissions: ['users.read', 'users.write']},
	filters: {search: '', page: 1, sort: 'name'},
	users: createRows(5),
};

/** About 100 KB as JSON: 500 rows of 8 fields. */
export const largeProps = {users: createRows(500)};

const totals = {users: 500, active: 333, invited: 12};
const users = createRows(5);

/**
20 props: 10 plain values, 5 functions and 5 async functions.

The functions have their values already, so that a partial reload measures the adapter and not a database.
*/
export const partialProps = {
	title: 'Users',
	locale: 'en',
	timeZone: 'UTC',
	currency: 'EUR',
	search: '',
	sort: 'name',
	page: 1,
	pageCount: 100,
	canInvite: true,
	notice: null,
	roles: () => ['administrator', 'member'],
	totals: () => totals,
	filters: () => smallProps.filters,
	user: () => smallProps.user,
	newest: () => users[0],
	users: async () => users,
	invitations: async () => users.slice(2),
	activity: async () => users.map(({name, createdAt}) => ({name, createdAt})),
	balances: async () => users.map(({balance}) => balance),
	oldest: async () => users.at(-1),
};

/** A partial reload asks for these props: one comes from a function, the other from an async function. */
export const partialNames: readonly (keyof typeof partialProps)[] = ['totals', 'users'];
