const departments = 100;
const teams = 7;
const members = 3;
/** A department has 9 values, a team 1 and a member 4. */
export const values = departments * (9 + teams * (1 + members * 4));

const create = <Item>(length: number, createItem: (index: number) => Item): Item[] =>
	Array.from({length}, (_, index) => createItem(index));

const createMember = (index: number) => ({
	id: index + 1,
	name: `Jane Example ${index}`,
	active: index % 2 === 0,
	leftAt: index === 0 ? null : new Date(1_700_000_000_000 + index * 3_600_000).toISOString(),
});

const createTeam = (index: number) => ({
	title: `Team ${index} "north" & south`,
	members: create(members, createMember),
});

const createDepartment = (index: number) => ({
	id: index,
	title: `Department ${index}`,
	open: index % 3 === 0,
	address: {street: `${index} Example Street`, country: null, position: {latitude: index / 3, longitude: -index / 7}},
	tags: ['indoors', index % 2 === 0 ? 'even' : 'odd'],
	teams: create(teams, createTeam),
});

/** Plain values in objects in arrays in objects, seven levels deep. */
export const createTree = () => ({departments: create(departments, createDepartment)});

/** Makes objects with different keys, like the pages that a server has sent before. */
export const createShapes = (): object[] =>
	create(2000, index => ({id: index, [`list${index}`]: [{[`name${index}`]: 'Jane'}], [`flag${index}`]: true}));
