import type {Prop} from './prop.ts';
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
export function decide(prop: Prop, path: string, isSelected: boolean, visit: PropsVisit): Decision {
	const {isAlways, isOptional, defer} = prop.traits;
	if (visit.isPartial) return isSelected || isAlways ? 'send' : 'omit';
	if (isOptional || defer) return 'announce';
	return visit.isInertia && isHeldByClient(prop, path, visit) ? 'announce' : 'send';
}

/** Whether the client holds the value of a once prop, and the prop isn't marked as `fresh`. */
export function isHeldByClient({traits: {once}}: Prop, path: string, visit: PropsVisit): boolean {
	return once !== undefined && !once.isFresh && visit.loadedOnce.has(once.key ?? path);
}
