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
