import type {Prop} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';

/** What becomes of a prop: it is resolved and sent, it is left out but labelled, or there is no trace of it. */
export type Decision = 'send' | 'announce' | 'omit';

/**
 * Decides about a prop before any of its code runs.
 *
 * A partial reload gets what it asks for, and props that are always sent. Any other visit gets all but optional and
 * deferred props, and once props that the client holds; a document has them, since it is for a client without a page.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#prop-evaluation-model
 */
export function decide(prop: Prop, path: string, isSelected: boolean, visit: PropsVisit): Decision {
	const {isAlways, isOptional, defer} = prop.traits;
	if (visit.isPartial) return isSelected || isAlways ? 'send' : 'omit';
	if (isOptional || defer) return 'announce';
	return visit.isInertia && isHeldByClient(prop, path, visit) ? 'announce' : 'send';
}

/** Whether the client says that it has the value of a once prop, and doesn't need it again. */
export function isHeldByClient({traits: {once}}: Prop, path: string, visit: PropsVisit): boolean {
	return once !== undefined && !once.isFresh && visit.loadedOnce.has(once.key ?? path);
}
