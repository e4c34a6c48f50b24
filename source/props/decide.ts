import {Prop} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';

/** What becomes of a prop: it is resolved and sent, it is left out but labelled, or the page has no trace of it. */
type Decision = 'send' | 'announce' | 'omit';

/**
 * Decides what becomes of a prop, before any of its code runs.
 *
 * A partial reload gets the props that it asks for, and those of `always`. Any other visit gets all props except
 * optional and deferred ones, and except the once props that the client holds. A document has those once props too,
 * because its client has no page yet.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#prop-evaluation-model
 */
export function decide({traits}: Prop, isHeld: boolean, isSelected: boolean, visit: PropsVisit): Decision {
	const {isAlways, isOptional, defer} = traits;
	if (visit.isPartial) return isSelected || isAlways ? 'send' : 'omit';
	if (isOptional || defer) return 'announce';
	return visit.isInertia && isHeld ? 'announce' : 'send';
}

/**
 * Whether the client holds the value of a once prop, so that it need not be sent.
 *
 * `containers` are the objects and lists around the prop, the nearest one last. An item of a list is never held, because
 * the list would close up without it. Further inside of a list, an index may name another item than it did, so that only a
 * `key` tells which value the client holds. A prop that is marked as `fresh` is sent in any case.
 */
export function isHeldByClient(
	{traits: {once}}: Prop,
	path: string,
	containers: readonly object[],
	visit: PropsVisit,
): boolean {
	if (!once || once.isFresh || !visit.loadedOnce.has(once.key ?? path)) return false;
	return !Array.isArray(containers.at(-1)) && (once.key !== undefined || !containers.some(Array.isArray));
}

/**
 * Gives a once prop its key. A page has one entry for each key, and the client keeps one value for it, so of several props
 * with one key the first keeps it, and the others are sent with every page, without an entry.
 *
 * The first is that which is there first: a prop that a promise gives comes after those that need no waiting.
 */
export function claimOnceKey(prop: Prop, path: string, owners: Map<string, string>): Prop {
	const {once, ...others} = prop.traits;
	const key = once?.key ?? path;
	const owner = owners.get(key) ?? path;
	owners.set(key, owner);
	return owner === path ? prop : new Prop(prop.source, others);
}
