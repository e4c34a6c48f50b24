import {encodeName} from '../protocol/name-lists.ts';
import {appendToList} from '../support/append-to-list.ts';
import type {PageMetadata} from '../types.ts';
import type {MergeTrait, Prop, ScrollTrait} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';

const listMembers = ['mergeProps', 'prependProps', 'deepMergeProps', 'matchPropsOn', 'rescuedProps'] as const;

type ListMember = (typeof listMembers)[number];
type ScrollEntry = NonNullable<PageMetadata['scrollProps']>[string];
type OnceEntry = NonNullable<PageMetadata['onceProps']>[string];

/** One entry of the page's metadata. */
type Label =
	| {readonly member: ListMember; readonly path: string}
	| {readonly member: 'deferredProps'; readonly group: string; readonly path: string}
	| {readonly member: 'scrollProps'; readonly path: string; readonly entry: ScrollEntry}
	| {readonly member: 'onceProps'; readonly key: string; readonly entry: OnceEntry};

/** The labels in the order of the props. A prop that is still loading has a list of its own, which keeps its place. */
export interface Labels extends Array<Label | Labels> {}

/**
 * Gives the labels of a prop that is left out: what the client needs to ask for it, or to keep the value that it has.
 */
export function labelAnnounced(prop: Prop, path: string, isHeld: boolean, visit: PropsVisit): Label[] {
	const {isOptional, defer} = prop.traits;
	if (isHeld && !isOptional && !defer) return labelOnce(prop, path, visit);
	const deferred: Label[] =
		defer && !isHeld ? [{member: 'deferredProps', group: defer.group ?? 'default', path: encodeName(path)}] : [];
	return [...deferred, ...labelMerge(prop, path, visit), ...labelOnce(prop, path, visit)];
}

/** Gives the labels of a prop that is sent with `value`. The members of the value needn't be resolved yet. */
export function labelSent(prop: Prop, path: string, visit: PropsVisit, value: unknown): Label[] {
	return [
		...labelMerge(prop, path, visit, value),
		...labelScroll(prop, path, visit, value),
		...labelOnce(prop, path, visit),
	];
}

/**
 * Collects the labels into members of the page object: the names of the shared props first, then the other members in a
 * fixed order. Empty members are left out.
 */
export function collectMetadata(labels: Labels, sharedProps: PageMetadata['sharedProps']): PageMetadata {
	const shared = sharedProps ? {sharedProps} : {};
	// A short way for most pages: they have no labels. A prop that was loading leaves an empty list.
	if (isEmpty(labels)) return shared;
	const lists = new Map<ListMember, string[]>();
	const deferredProps = new Map<string, string[]>();
	const scrollProps = new Map<string, ScrollEntry>();
	const onceProps = new Map<string, OnceEntry>();
	for (const label of flatten(labels)) {
		if (label.member === 'deferredProps') appendToList(deferredProps, label.group, label.path);
		else if (label.member === 'scrollProps') scrollProps.set(label.path, label.entry);
		else if (label.member === 'onceProps') onceProps.set(label.key, label.entry);
		else appendToList(lists, label.member, label.path);
	}

	return {
		...shared,
		...Object.fromEntries(listMembers.filter(name => lists.has(name)).map(name => [name, lists.get(name)])),
		...(deferredProps.size > 0 && {deferredProps: Object.fromEntries(deferredProps)}),
		...(scrollProps.size > 0 && {scrollProps: Object.fromEntries(scrollProps)}),
		...(onceProps.size > 0 && {onceProps: Object.fromEntries(onceProps)}),
	};
}

function isEmpty(labels: Labels): boolean {
	return labels.every(label => Array.isArray(label) && isEmpty(label));
}

function* flatten(labels: Labels): Generator<Label> {
	for (const label of labels) {
		if (Array.isArray(label)) yield* flatten(label);
		else yield label;
	}
}

function labelMerge(prop: Prop, path: string, visit: PropsVisit, value?: unknown): Label[] {
	const {merge} = prop.traits;
	if (!merge || visit.reset.has(path) || !isAskedFor(path, visit)) return [];
	const {append, prepend} = getMergePaths(merge, prop.traits.scroll, visit, value);
	const label = (member: ListMember) => (inner: string) => ({member, path: inner === '' ? path : `${path}.${inner}`});
	return [
		...(merge.isDeep
			? [label('deepMergeProps')('')]
			: [...append.map(label('mergeProps')), ...prepend.map(label('prependProps'))]),
		...merge.matchOn.map(label('matchPropsOn')),
	];
}

/**
 * Gives the merged paths inside the value. `''` is the value itself, which is merged when no path inside it is given.
 *
 * An infinite scroll merges the list inside its wrapper, at the end that the client asks for. Without a value it is
 * unknown whether there is a wrapper, so the label of an announced prop names the value itself.
 */
function getMergePaths(
	{append, prepend, isPrepended}: MergeTrait,
	scroll: ScrollTrait | undefined,
	{mergeIntent}: PropsVisit,
	value: unknown,
): Pick<MergeTrait, 'append' | 'prepend'> {
	if (scroll && value !== undefined) {
		const list = Array.isArray(value) ? '' : scroll.wrapper;
		return mergeIntent === 'prepend' ? {append, prepend: [...prepend, list]} : {append: [...append, list], prepend};
	}

	if (append.length > 0 || prepend.length > 0) return {append, prepend};
	return isPrepended ? {append, prepend: ['']} : {append: [''], prepend};
}

function labelScroll({traits: {scroll}}: Prop, path: string, {reset}: PropsVisit, value: unknown): Label[] {
	if (!scroll) return [];
	return [{member: 'scrollProps', path, entry: {...scroll.getMetadata(value), reset: reset.has(path)}}];
}

function labelOnce({traits: {once}}: Prop, path: string, visit: PropsVisit): Label[] {
	if (!once || !isAskedFor(path, visit)) return [];
	return [
		{
			member: 'onceProps',
			key: encodeName(once.key ?? path),
			entry: {prop: path, expiresAt: once.getExpiry?.() ?? null},
		},
	];
}

/**
 * Whether the visit asks for the whole prop. When a partial reload asks only for something inside it, the prop isn't
 * labelled, and the client replaces that part.
 */
function isAskedFor(path: string, {selection}: PropsVisit): boolean {
	return selection === 'all' || selection.covers(path);
}
