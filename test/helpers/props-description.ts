/** Props as data: made into real ones to be rendered, and read by the model of the rules to predict the page. */
export type Description =
	| {readonly kind: 'value'; readonly value: string | number | boolean | null}
	| {readonly kind: 'date'; readonly time: number}
	| {readonly kind: 'object'; readonly members: Members; readonly hasNoPrototype?: boolean}
	| {readonly kind: 'list'; readonly members: readonly Description[]}
	| {readonly kind: 'promise'; readonly wait: number; readonly gives: Description}
	| Loader
	| Provider
	| Factory;
export type Members = Readonly<Record<string, Description>>;

/** Runs when its prop is sent: a function, an object that is awaited no sooner, or one with `toInertiaProp`. */
export interface Loader {
	readonly kind: 'function' | 'query' | 'own';
	/** Turns until it is done; `0` for what is there at once. */
	readonly wait: number;
	readonly fails: boolean;
	readonly gives: Description;
}

/** An object with `toInertiaProps`. */
export interface Provider {
	readonly kind: 'provider';
	readonly wait: number;
	readonly members: Members;
}

export type Paths = string | readonly string[];
export interface MergeOptions {
	readonly append?: Paths;
	readonly prepend?: Paths;
	readonly matchOn?: Paths;
}
export interface OnceOptions {
	readonly key?: string;
	readonly expiresAt?: number;
	readonly fresh?: boolean;
}
export interface ScrollOptions {
	readonly metadata: {
		readonly pageName?: string;
		readonly previousPage?: number | null;
		readonly nextPage?: number | string;
		readonly currentPage?: number;
	};
	readonly pageName?: string;
	readonly wrapper?: string;
	readonly matchOn?: Paths;
}
interface DeferOptions {
	readonly group?: string;
	readonly rescue?: boolean;
}

export type Factory =
	| {readonly kind: 'always' | 'optional'; readonly of: Description}
	| {readonly kind: 'defer'; readonly options: DeferOptions; readonly of: Description}
	| {readonly kind: 'merge' | 'prepend' | 'deepMerge'; readonly options: MergeOptions; readonly of: Description}
	| {readonly kind: 'once'; readonly options: OnceOptions; readonly of: Description}
	| {readonly kind: 'scroll'; readonly options: ScrollOptions; readonly of: Description};

export type Part = Extract<Description, {kind: 'object'}> | Provider;

/** A page and the request that asks for it. */
export interface Case {
	readonly shared: readonly Part[];
	readonly page: readonly Part[];
	/** As they stand in the request. */
	readonly headers: Readonly<Record<string, string>>;
}

/** What nested factories say together, whatever their order: each trait stands for itself. */
export interface Traits {
	readonly isAlways?: boolean;
	readonly isOptional?: boolean;
	readonly defer?: DeferOptions;
	readonly merge?: Merge;
	readonly once?: OnceOptions;
	readonly scroll?: {readonly wrapper: string; readonly metadata: object};
}
interface Merge {
	readonly isDeep: boolean;
	readonly isPrepended: boolean;
	readonly append: readonly string[];
	readonly prepend: readonly string[];
	readonly matchOn: readonly string[];
}

export function readTraits(description: Description): Traits {
	return 'of' in description ? combineTraits(readTraits(description.of), readOwnTraits(description)) : {};
}

/** What stands inside all the factories. */
export function readSource(description: Description): Description {
	return 'of' in description ? readSource(description.of) : description;
}

/** The outer option wins where both have one; paths add up. */
export function combineTraits(inner: Traits, outer: Traits = {}): Traits {
	const join = (name: 'append' | 'prepend' | 'matchOn'): string[] => [
		...new Set([...(inner.merge?.[name] ?? []), ...(outer.merge?.[name] ?? [])]),
	];
	return {
		...inner,
		...outer,
		...((inner.defer || outer.defer) && {defer: {...inner.defer, ...outer.defer}}),
		...((inner.once || outer.once) && {once: {...inner.once, ...outer.once}}),
		...((inner.merge || outer.merge) && {
			merge: {
				isDeep: Boolean(inner.merge?.isDeep || outer.merge?.isDeep),
				isPrepended: Boolean(inner.merge?.isPrepended || outer.merge?.isPrepended),
				append: join('append'),
				prepend: join('prepend'),
				matchOn: join('matchOn'),
			},
		}),
	};
}

function readOwnTraits(factory: Factory): Traits {
	if (!('options' in factory)) return factory.kind === 'always' ? {isAlways: true} : {isOptional: true};
	if (factory.kind === 'defer') return {defer: factory.options};
	if (factory.kind === 'once') return {once: factory.options};
	if (factory.kind === 'scroll') return readScrollTraits(factory.options);
	const {append = [], prepend = [], matchOn = []} = factory.options;
	return {
		merge: {
			isDeep: factory.kind === 'deepMerge',
			isPrepended: factory.kind === 'prepend',
			append: [append].flat(),
			prepend: [prepend].flat(),
			matchOn: [matchOn].flat(),
		},
	};
}

function readScrollTraits({metadata: given, pageName = given.pageName, wrapper = 'data', matchOn = []}: ScrollOptions) {
	const {previousPage = null, nextPage = null, currentPage = null} = given;
	return {
		scroll: {wrapper, metadata: {pageName: pageName ?? 'page', previousPage, nextPage, currentPage}},
		merge: {isDeep: false, isPrepended: false, append: [], prepend: [], matchOn: [matchOn].flat()},
	};
}
