import type {Visit} from '../protocol/visit.ts';
import {PathTree, Selection} from './match.ts';

/** The visit, as far as it matters for the props of one page component. */
export interface PropsVisit {
	readonly isInertia: boolean;
	/** Whether the client has this component already, and asks for a part of its props. */
	readonly isPartial: boolean;
	/** What the partial reload asks for. */
	readonly selection: Selection | 'all';
	/** Paths of the props that the client replaces this time, instead of merging them. */
	readonly reset: ReadonlySet<string>;
	/** Keys of the once props that the client holds. */
	readonly loadedOnce: ReadonlySet<string>;
	readonly mergeIntent: Visit['mergeIntent'];
}

const nothing: ReadonlySet<string> = new Set();

/** Reads the visit for a component. A partial reload of another component counts as a full visit of this one. */
export function createPropsVisit(visit: Visit, component: string): PropsVisit {
	const {isInertia, reset, loadedOnce, mergeIntent} = visit;
	const isPartial = visit.partialComponent === component;
	return {
		isInertia,
		isPartial,
		selection: isPartial ? createSelection(visit.only, visit.except) : 'all',
		reset: reset.length > 0 ? new Set(reset) : nothing,
		loadedOnce: loadedOnce.length > 0 ? new Set(loadedOnce) : nothing,
		mergeIntent,
	};
}

function createSelection(only: readonly string[], except: readonly string[]): Selection | 'all' {
	if (only.length === 0 && except.length === 0) return 'all';
	return new Selection(
		only.length > 0 ? PathTree.of(only) : undefined,
		except.length > 0 ? PathTree.of(except) : undefined,
	);
}
