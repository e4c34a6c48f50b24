import fc, {type Arbitrary} from 'fast-check';
import type {Case, Description, Factory, Loader, Members, Part, Provider} from './props-description.ts';
import {component, encodeName} from './props-model.ts';

type Arbitraries = {
	readonly leaf: Description;
	readonly container: Description;
	readonly promise: Description;
	readonly function: Loader;
	readonly query: Loader;
	readonly own: Loader;
	readonly provider: Provider;
	/** For deferred props that are rescued: fails often, itself or after other props in it. */
	readonly breaking: Loader;
	readonly factory: Factory;
	readonly wrapped: Description;
	/** What a function may give: no other function. */
	readonly given: Description;
	/** What a promise may give: nothing that is awaited with it, whether its prop is sent or not. */
	readonly promised: Description;
	readonly member: Description;
	readonly members: Members;
};

/** How a path of the props gets into a header. */
interface Mention {
	readonly index: number;
	readonly form: keyof typeof forms;
}

/** Few names, so that headers, dotted keys and shared props meet; and some that every object has already. */
const name = fc.constantFrom('a', 'b', 'c', 'user', 'data', '__proto__', 'constructor', 'valueOf');
const innerName = weigh([12, name], [1, fc.constantFrom('a.b', 'b.c.a', '', '国々', 'x,y', ' ', '%002c')]);
const segment = weigh([8, name], [1, fc.constantFrom('0', '1', '')]);
const dottedName = fc.array(segment, {minLength: 2, maxLength: 3}).map(segments => segments.join('.'));
const innerPath = fc.constantFrom('data', 'id', 'data.id', 'user.list');
const innerPaths = fc.oneof(innerPath, fc.uniqueArray(innerPath, {maxLength: 2}));
const onceKey = fc.constantFrom('k', 'a.b', '__proto__');
const wait = fc.nat({max: 5});
const matchOn = {matchOn: innerPaths};
const deferOptions = some({group: fc.constantFrom('slow', '__proto__'), rescue: fc.boolean()});
const onceOptions = some({key: onceKey, expiresAt: fc.nat(), fresh: fc.boolean()});
const failing = describe('function', {
	wait,
	fails: fc.constant(true),
	gives: describe('value', {value: fc.constant(null)}),
});
const scrollOptions = fc.record(
	{
		metadata: some({
			pageName: fc.constant('page'),
			previousPage: fc.constantFrom(1, null),
			nextPage: fc.constantFrom(3, 'cursor'),
			currentPage: fc.constant(2),
		}),
		pageName: fc.constant('users'),
		wrapper: fc.constant('rows'),
		...matchOn,
	},
	{requiredKeys: ['metadata'], noNullPrototype: true},
);

const {member} = fc.letrec<Arbitraries>(tie => ({
	leaf: weigh<Description>(
		[5, describe('value', {value: fc.constantFrom(1, 0, '', 'x', null, false)})],
		[1, describe('date', {time: fc.nat()})],
	),
	members: fc.array(fc.tuple(innerName, tie('member')), {maxLength: 3}).map(toMembers),
	container: weigh<Description>(
		[5, describe('object', {members: tie('members')})],
		[1, describe('object', {members: tie('members'), hasNoPrototype: fc.constant(true)})],
		[2, describe('list', {members: fc.array(tie('member'), {maxLength: 3})})],
	),
	promise: describe('promise', {wait, gives: tie('promised')}),
	function: describeLoader('function', tie('given')),
	query: describeLoader('query', tie('given')),
	own: describeLoader('own', tie('given')),
	provider: describe('provider', {wait, members: tie('members')}),
	breaking: describeLoader(
		'function',
		weigh<Description>([1, tie('given')], [2, describe('list', {members: fc.tuple(tie('factory'), failing)})]),
	),
	factory: weigh<Factory>(
		[2, describe('always', {of: tie('wrapped')})],
		[2, describe('optional', {of: tie('wrapped')})],
		[2, describe('defer', {options: deferOptions, of: weigh<Description>([2, tie('function')], [1, tie('factory')])})],
		[2, describe('defer', {options: fc.constant({rescue: true}), of: weigh([1, failing], [2, tie('breaking')])})],
		[2, describe('merge', {options: some({append: innerPaths, prepend: innerPaths, ...matchOn}), of: tie('wrapped')})],
		[1, describe('prepend', {options: some({prepend: innerPaths, ...matchOn}), of: tie('wrapped')})],
		[1, describe('deepMerge', {options: some(matchOn), of: tie('wrapped')})],
		[2, describe('once', {options: onceOptions, of: tie('wrapped')})],
		[2, describe('scroll', {options: scrollOptions, of: tie('wrapped')})],
	),
	wrapped: recurse([3, tie('member')], [2, tie('factory')]),
	given: recurse(
		[5, tie('leaf')],
		[5, tie('container')],
		[8, tie('factory')],
		[1, tie('promise')],
		[1, tie('query')],
		[1, tie('own')],
		[1, tie('provider')],
	),
	promised: recurse(
		[5, tie('leaf')],
		[4, tie('container')],
		[6, tie('factory')],
		[1, tie('own')],
		[1, tie('provider')],
	),
	member: recurse([2, tie('given')], [1, tie('function')]),
}));

const topMembers = fc.array(fc.tuple(weigh([4, name], [1, dottedName]), member), {maxLength: 6}).map(toMembers);
/** What is an error list at most: whether they are sent is all that the rules say of them. */
const errors = fc.constantFrom<Members>(
	{},
	{errors: {kind: 'object', members: {a: {kind: 'value', value: 'taken'}}}},
	{'errors.a': {kind: 'value', value: 'taken'}},
	{errors: {kind: 'once', options: {}, of: {kind: 'object', members: {}}}},
);
const part = weigh<Part>(
	[4, describe('object', {members: topMembers})],
	[1, describe('provider', {wait, members: topMembers})],
);

/** Ways to write a path; what is no path of the props afterwards, asks for nothing. */
const forms = {
	exact: (path: string) => path,
	spaced: (path: string) => ` ${path}\t`,
	twice: (path: string) => `${path},${path}`,
	parent: (path: string) => path.split('.').slice(0, -1).join('.'),
	first: (path: string) => path.split('.', 1)[0]!,
	child: (path: string) => `${path}.data`,
	cut: (path: string) => path.slice(0, -1),
	longer: (path: string) => `${path}x`,
	emptySegment: (path: string) => path.replace('.', '..'),
	openEnd: (path: string) => `${path}.`,
	nothing: () => ' ,',
	unknown: () => 'nobody',
	key: () => 'k',
	dottedKey: () => 'a.b',
};
const form = weigh<Mention['form']>(
	[12, fc.constant('exact')],
	[9, fc.constantFrom(...(Object.keys(forms) as Mention['form'][]))],
);
const mentions = fc.array(fc.record({index: fc.nat({max: 999}), form}), {minLength: 1, maxLength: 4});

const lists = some({
	'X-Inertia-Partial-Data': mentions,
	'X-Inertia-Partial-Except': mentions,
	'X-Inertia-Reset': mentions,
	'X-Inertia-Except-Once-Props': mentions,
});
const otherHeaders = fc.record({
	'X-Inertia': fc.constantFrom('', 'true', 'true', 'true'),
	'X-Inertia-Partial-Component': fc.constantFrom('', component, component, 'Garden/Index'),
	'X-Inertia-Infinite-Scroll-Merge-Intent': fc.constantFrom('append', 'prepend', 'prepend', 'sideways'),
});

/** A page with a request that mentions some of its paths. */
export const caseArbitrary: Arbitrary<Case> = fc
	.record({
		shared: fc.array(part, {maxLength: 2}),
		members: topMembers,
		errors,
		provider: fc.option(describe('provider', {wait, members: topMembers}), {nil: undefined, freq: 5}),
		lists,
		otherHeaders,
	})
	.map(({shared, members, errors, provider, lists, otherHeaders}) => {
		const page: Part[] = [{kind: 'object', members: {...members, ...errors}}, ...(provider ? [provider] : [])];
		const paths = [...shared, ...page].flatMap(({members}) => listPaths(members));
		const write = ({index, form}: Mention): string => forms[form](encodeName(paths[index % paths.length] ?? ''));
		const written = Object.entries(lists).map(([header, list]) => [header, list.map(write).join(',')]);
		const headers = Object.entries(otherHeaders).filter(([, value]) => value !== '');
		return {shared, page, headers: Object.fromEntries([...headers, ...written])};
	});

/** Every path that a page of these props could have, and those on the way. */
function listPaths(members: object): string[] {
	return Object.entries(members).flatMap(([key, description]) => [
		key,
		...listInnerPaths(description).map(path => `${key}.${path}`),
	]);
}

function listInnerPaths(description: Description): string[] {
	if ('of' in description) return listInnerPaths(description.of);
	if ('gives' in description) return listInnerPaths(description.gives);
	return 'members' in description ? listPaths(description.members) : [];
}

function toMembers(entries: ReadonlyArray<readonly [string, Description]>): Members {
	return Object.fromEntries(entries);
}

function describe<const Kind extends Description['kind'], Rest extends object>(
	kind: Kind,
	rest: {readonly [Key in keyof Rest]: Arbitrary<Rest[Key]>},
): Arbitrary<{readonly kind: Kind} & Rest> {
	return fc.record({kind: fc.constant(kind), ...rest}, {noNullPrototype: true}) as Arbitrary<
		{readonly kind: Kind} & Rest
	>;
}

/** Few fail, since each failure that isn't rescued is all that its page has to show. */
function describeLoader(kind: Loader['kind'], gives: Arbitrary<Description>, oneIn = 60): Arbitrary<Loader> {
	return describe(kind, {wait, fails: fc.nat({max: oneIn - 1}).map(number => number === oneIn - 1), gives});
}

function some<Model extends object>(
	model: {readonly [Key in keyof Model]: Arbitrary<Model[Key]>},
): Arbitrary<Partial<Model>> {
	return fc.record(model, {requiredKeys: [], noNullPrototype: true}) as Arbitrary<Partial<Model>>;
}

function weigh<Value>(
	...choices: ReadonlyArray<readonly [weight: number, arbitrary: Arbitrary<Value>]>
): Arbitrary<Value> {
	return fc.oneof(...choices.map(([weight, arbitrary]) => ({weight, arbitrary})));
}

/** Ends in the first choice, in depth and when shrinking. */
function recurse(
	...choices: ReadonlyArray<readonly [weight: number, arbitrary: Arbitrary<Description>]>
): Arbitrary<Description> {
	return fc.oneof(
		{depthIdentifier: 'props', depthSize: 'medium', maxDepth: 8, withCrossShrink: true},
		...choices.map(([weight, arbitrary]) => ({weight, arbitrary})),
	);
}
