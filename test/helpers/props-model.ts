/**
 * The rules of props in their plainest form, for comparison with what the package sends. Written from the protocol and
 * the reference's resolver, over a description of props and with nothing of the package in it: strings, lists and
 * recursion, slow and sync, since what a loader gives stands in the description.
 */
import {
	type Case,
	combineTraits,
	type Description,
	type Factory,
	type Loader,
	type OnceOptions,
	type Part,
	type Provider,
	readSource,
	readTraits,
	type Traits,
} from './props-description.ts';

/** What is made when it is sent gets the members of dotted keys then. */
type Extended = {
	readonly kind: 'extended';
	readonly source: Loader | Provider | Extract<Description, {kind: 'promise'}>;
	readonly additions: ReadonlyArray<readonly [path: readonly string[], value: Visited]>;
};
type Visited = Description | Extended;
type Members = Readonly<Record<string, Visited>>;
/** The path of a value: names, and numbers for the items of lists. */
type Keys = ReadonlyArray<string | number>;
type Label = {readonly member: string; readonly path: string; readonly key?: string; readonly entry?: unknown};

/** What a part of the page leaves behind beside its value. */
interface Trace {
	readonly labels: Label[];
	/** Called once each. */
	readonly called: Array<Loader | Provider>;
	/** Beside something that fails: called once, or no longer. */
	readonly uncertain: Array<Loader | Provider>;
	/** Paths of what fails. */
	readonly failures: string[];
	/** For each prop that is left out because it failed: the paths of which one is reported. */
	readonly reports: string[][];
	/** Paths that may be reported, or no longer. */
	readonly strayReports: string[];
}

export interface Prediction extends Omit<Trace, 'labels'> {
	/** Whether it depends on what arrives first to which of several once props a key belongs. */
	readonly isAmbiguous: boolean;
	/** Without meaning where something failed. */
	readonly props: object;
	readonly metadata: object;
}

export const component = 'Garden/Show';
const leftOut = Symbol('left out');
const nothing: Visited = {kind: 'object', members: {}};

export function predict({shared, page, headers}: Case): Prediction {
	const split = (name: string): string[] => (headers[name] ?? '').split(',').map(path => path.trim());
	const readPaths = (name: string): string[] =>
		split(name)
			.filter(path => path !== '')
			.map(decodeName);
	const isPartial = headers['X-Inertia-Partial-Component'] === component;
	const only = readPaths('X-Inertia-Partial-Data');
	const except = readPaths('X-Inertia-Partial-Except');
	const reset = readPaths('X-Inertia-Reset');
	const loaded = readPaths('X-Inertia-Except-Once-Props');
	const isInertia = headers['X-Inertia'] === 'true';
	const isPrepending = headers['X-Inertia-Infinite-Scroll-Merge-Intent'] === 'prepend';

	const isIn = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);
	const isKept = (path: string): boolean => !except.some(excepted => isIn(path, excepted));
	const isCovered = (path: string): boolean => only.length === 0 || only.some(asked => isIn(path, asked));
	const isOnTheWay = (path: string): boolean => only.some(asked => asked.startsWith(`${path}.`));
	const isSent = (path: string): boolean => !isPartial || ((isCovered(path) || isOnTheWay(path)) && isKept(path));
	/** Not for an item of a list, which would close up; below a list only by a key, since an index tells no item from another. */
	const isKeptFor = ({key}: OnceOptions, keys: Keys): boolean =>
		loaded.includes(key ?? keys.join('.')) &&
		typeof keys.at(-1) !== 'number' &&
		(key !== undefined || keys.every(name => typeof name !== 'number'));
	const isLabelled = (path: string): boolean => !isPartial || (isCovered(path) && isKept(path));

	let trace = createTrace();
	/** Paths by the key of a once prop, in the order of the props. */
	const claims = new Map<string, string[]>();
	const latePaths = new Set<string>();
	/** Whether the value that is visited was waited for. */
	let isLate = false;

	function visitMembers(members: object, keys: Keys, isWhole: boolean): object {
		const isList = Array.isArray(members);
		const entries = Object.entries(members)
			.map(([key, member]) => [key, visit(member, [...keys, isList ? Number(key) : key], isWhole)] as const)
			.filter(([, value]) => value !== leftOut);
		return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
	}

	function visit(member: Visited, keys: Keys, isWhole: boolean): unknown {
		const wasLate = isLate;
		const value = visitNow(member, keys, isWhole);
		isLate = wasLate;
		return value;
	}

	function visitNow(member: Visited, keys: Keys, isWhole: boolean): unknown {
		const isSelected = isWhole || isSent(keys.join('.'));
		if ('of' in member) return visitProp(member, readTraits(member), keys, isSelected);
		if (!isSelected) return leftOut;
		if (member.kind === 'value') return member.value;
		if (member.kind === 'date') return new Date(member.time).toISOString();
		if (member.kind === 'provider') call(member);
		if ('members' in member) return visitMembers(member.members, keys, isWhole);
		if (member.kind !== 'extended') return give(member, keys);
		const base = loadBase(member.source, keys);
		return base === leftOut ? leftOut : visit(addMembers(base, member), keys, isWhole);
	}

	function call(loader: Loader | Provider): void {
		trace.called.push(loader);
		if (loader.wait > 0) isLate = true;
	}

	/** Gives the key of a once prop to the first that has it. Late ones come last, in whatever order they arrive. */
	function claim(traits: Traits, path: string): Traits {
		const {once, ...others} = traits;
		if (!once) return traits;
		const paths = claims.get(once.key ?? path) ?? [];
		claims.set(once.key ?? path, paths);
		if (isLate) latePaths.add(path);
		if (!paths.includes(path)) paths.push(path);
		return paths[0] === path ? traits : others;
	}

	/** What gets the members of dotted keys. */
	function loadBase(source: Visited, keys: Keys): Visited | typeof leftOut {
		const base = load(source, keys);
		if (base === leftOut || (base.kind !== 'provider' && base.kind !== 'own')) return base;
		call(base);
		if (base.kind === 'provider') return {kind: 'object', members: base.members};
		if (base.fails) trace.failures.push(keys.join('.'));
		return base.fails ? leftOut : loadBase(base.gives, keys);
	}

	/** What a function or a promise gives in the end. */
	function load(source: Visited, keys: Keys): Visited | typeof leftOut {
		if (source.kind === 'promise' || source.kind === 'query') isLate = true;
		if (source.kind === 'promise') return load(source.gives, keys);
		if (source.kind !== 'function' && source.kind !== 'query') return source;
		call(source);
		if (!source.fails) return load(source.gives, keys);
		trace.failures.push(keys.join('.'));
		return leftOut;
	}

	/** What was loaded is sent whole. A prop in its place has the traits of the props around it, too. */
	function give(source: Visited, keys: Keys, traits?: Traits): unknown {
		const given = source.kind === 'extended' ? loadBase(source.source, keys) : load(source, keys);
		if (given === leftOut) return leftOut;
		if (source.kind === 'extended') return give(addMembers(given, source), keys, traits);
		if ('of' in given) return visitProp(given, combineTraits(readTraits(given), traits), keys, true);
		if (given.kind === 'own') {
			call(given);
			if (given.fails) trace.failures.push(keys.join('.'));
			return given.fails ? leftOut : give(given.gives, keys, traits);
		}

		if (traits) label(traits, keys.join('.'), given);
		return visit(given, keys, true);
	}

	function visitProp(prop: Factory, given: Traits, keys: Keys, isSelected: boolean): unknown {
		const path = keys.join('.');
		const traits = claim(given, path);
		const isHeld = traits.once !== undefined && !traits.once.fresh && isKeptFor(traits.once, keys);
		const isHeldBack = traits.isOptional || traits.defer || (isHeld && isInertia);
		if (isPartial ? !isSelected && !traits.isAlways : isHeldBack) {
			if (!isPartial) announce(traits, path, isHeld);
			return leftOut;
		}

		if (!traits.defer?.rescue) return give(readSource(prop), keys, traits);
		const [around, inside] = [trace, createTrace()];
		trace = inside;
		const value = give(readSource(prop), keys, traits);
		trace = around;
		const hasFailed = inside.failures.length > 0;
		trace.labels.push(...(hasFailed ? [{member: 'rescuedProps', path}] : inside.labels));
		trace[hasFailed ? 'uncertain' : 'called'].push(...inside.called);
		trace.uncertain.push(...inside.uncertain);
		trace.reports.push(...(hasFailed ? [inside.failures] : inside.reports));
		trace.strayReports.push(...(hasFailed ? inside.reports.flat() : []), ...inside.strayReports);
		return hasFailed ? leftOut : value;
	}

	function announce(traits: Traits, path: string, isHeld: boolean): void {
		const {isOptional, defer} = traits;
		if (defer && !isHeld)
			trace.labels.push({member: 'deferredProps', path: encodeName(path), key: defer.group ?? 'default'});
		if (defer || isOptional) labelMerge(traits, path);
		labelOnce(traits, path);
	}

	function label(traits: Traits, path: string, value: Visited): void {
		labelMerge(traits, path, value);
		labelOnce(traits, path);
		const entry = {...traits.scroll?.metadata, reset: reset.includes(path)};
		if (traits.scroll) trace.labels.push({member: 'scrollProps', path, key: path, entry});
	}

	function labelMerge({merge, scroll}: Traits, path: string, value?: Visited): void {
		if (!merge || reset.includes(path) || !isLabelled(path)) return;
		const add = (member: string, inner: readonly string[]): unknown =>
			trace.labels.push(...inner.map(name => ({member, path: name === '' ? path : `${path}.${name}`})));
		const list = scroll && value ? [value.kind === 'list' ? '' : scroll.wrapper] : [];
		const isAtRoot = [...merge.append, ...merge.prepend, ...list].length === 0;
		if (merge.isDeep) add('deepMergeProps', ['']);
		else if (isAtRoot) add(merge.isPrepended ? 'prependProps' : 'mergeProps', ['']);
		else {
			add('mergeProps', [...merge.append, ...(isPrepending ? [] : list)]);
			add('prependProps', [...merge.prepend, ...(isPrepending ? list : [])]);
		}

		add('matchPropsOn', merge.matchOn);
	}

	function labelOnce({once}: Traits, path: string): void {
		// The client takes 0 for never.
		const entry = {prop: path, expiresAt: once?.expiresAt === undefined ? null : Math.max(1, once.expiresAt)};
		const key = encodeName(once?.key ?? path);
		if (once && isLabelled(path)) trace.labels.push({member: 'onceProps', path, key, entry});
	}

	const list = (parts: readonly Part[]) => parts.flatMap(({members}) => Object.entries(members));
	trace.called.push(...[...shared, ...page].filter(part => part.kind === 'provider'));
	const members = unpack(Object.fromEntries([...list(shared), ...list(page)]));
	const errors = members.errors && {errors: {kind: 'always', of: members.errors} as Visited};
	const props = {errors: {}, ...visitMembers({...members, ...errors}, [], false)};
	const sharedProps = [...new Set(['errors', ...list(shared).map(([key]) => key.split('.')[0])])];
	const {labels, ...rest} = trace;
	const isAmbiguous = [...claims.values()].some(paths => paths.length > 1 && paths.some(path => latePaths.has(path)));
	return {isAmbiguous, props, metadata: {sharedProps, ...collect(labels)}, ...rest};
}

/** A name as a list in a header has it: without commas, with printable ASCII only, and without spaces around it. */
export function encodeName(name: string): string {
	return [...name.split('').entries()]
		.map(([index, character]) => {
			const isAtEnd = index === 0 || index === name.length - 1;
			const isSafe = character >= ' ' && character <= '~' && character !== ',' && !(character === ' ' && isAtEnd);
			const isMarked = character === '%' && /^[\da-f]{4}/.test(name.slice(index + 1));
			return isSafe && !isMarked ? character : `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
		})
		.join('');
}

function decodeName(name: string): string {
	return name.replaceAll(/%[\da-f]{4}/g, code => String.fromCharCode(Number(`0x${code.slice(1)}`)));
}

function createTrace(): Trace {
	return {labels: [], called: [], uncertain: [], failures: [], reports: [], strayReports: []};
}

function collect(labels: readonly Label[]): object {
	const find = (member: string) => labels.filter(label => label.member === member);
	const lists = ['mergeProps', 'prependProps', 'deepMergeProps', 'matchPropsOn', 'rescuedProps'].map(
		member => [member, find(member).map(({path}) => path)] as const,
	);
	const deferred = find('deferredProps');
	const groups = deferred.map(({key}) => [key, deferred.filter(of => of.key === key).map(({path}) => path)] as const);
	const records = ['scrollProps', 'onceProps'].map(
		member => [member, Object.fromEntries(find(member).map(({key, entry}) => [key, entry]))] as const,
	);
	const all = [...lists, ['deferredProps', Object.fromEntries(groups)] as const, ...records];
	return Object.fromEntries(all.filter(([, value]) => Object.keys(value).length > 0));
}

/** Puts dotted keys where they belong: after all others, at the place where their first name is mentioned first. */
function unpack(members: Members): Members {
	const names = Object.keys(members).map(key => key.split('.')[0]!);
	const places = names.map(name => [name, Object.hasOwn(members, name) ? members[name]! : nothing] as const);
	return Object.entries(members)
		.filter(([key]) => key.includes('.'))
		.reduce((unpacked, [key, value]) => put(unpacked, key.split('.'), value), Object.fromEntries(places));
}

function put(members: Members, [name = '', ...rest]: readonly string[], value: Visited): Members {
	const present = Object.hasOwn(members, name) ? members[name]! : nothing;
	const added = rest.length === 0 ? value : extend(present, rest, value);
	return {...members, ...Object.fromEntries([[name, added]])};
}

function extend(present: Visited, path: readonly string[], value: Visited): Visited {
	const {kind} = present;
	if (kind === 'extended') return {...present, additions: [...present.additions, [path, value]]};
	if ('of' in present) return {...present, of: extend(present.of, path, value)} as Factory;
	if (kind === 'function' || kind === 'query' || kind === 'own' || kind === 'promise' || kind === 'provider') {
		return {kind: 'extended', source: present, additions: [[path, value]]};
	}

	if (kind === 'list') {
		const members = put(Object.fromEntries(Object.entries(present.members)), path, value);
		const isList = Object.keys(members).every((key, index) => key === String(index));
		// With a name that is no item and not the next one, it is an object from then on.
		if (!isList) return {kind: 'object', members: members as Record<string, Description>};
		return {kind: 'list', members: Object.values(members) as Description[]};
	}

	return {
		kind: 'object',
		members: put(kind === 'object' ? present.members : {}, path, value) as Record<string, Description>,
	};
}

/** What has no members is replaced by those of the dotted keys. */
function addMembers(given: Visited, {additions}: Extended): Visited {
	const base = given.kind === 'object' || given.kind === 'list' || 'of' in given ? given : nothing;
	return additions.reduce((extended, [path, value]) => extend(extended, path, value), base);
}
