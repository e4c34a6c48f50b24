import {type FittingPreloads, fitPreloads} from '../assets/tags/preload.ts';
import type {TagList} from '../assets/tags/tag-list.ts';

/**
 * Lists the values of early hints, for as many preloads as fit into `budget` bytes, the most urgent first.
 *
 * They have no nonce: no policy holds yet, and Chromium leaves out a hint with a parameter that it doesn't know.
 */
export function listPreloads(lists: readonly TagList[], budget: number): readonly string[] {
	return fitLists(lists, budget, 0).values;
}

/**
 * Makes the `Link` header of a document with the same preloads. The budget is needed because servers in front refuse a
 * response with longer headers than they read at once.
 *
 * Each value carries the nonce, since a policy refuses a preload without it. Without a nonce the header comes from the
 * list's cache.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Link
 */
export function formatPreloads(lists: readonly TagList[], budget: number, nonce: string | undefined): string {
	const parameter = createNonceParameter(nonce);
	const {values, text} = fitLists(lists, budget, parameter.length);
	return parameter === '' || text === '' ? text : values.join(`${parameter}, `) + parameter;
}

function fitLists(lists: readonly TagList[], budget: number, overhead: number): FittingPreloads {
	const [first, ...others] = lists.filter(({preloads}) => preloads.length > 0);
	if (first && others.length === 0) return first.fit(budget, overhead);
	return fitPreloads(
		lists.flatMap(({preloads}) => preloads),
		budget,
		overhead,
	);
}

/** Makes the parameter of a nonce that a policy can name. Any other text is left out, since it may end the header. */
function createNonceParameter(nonce: string | undefined): string {
	return nonce !== undefined && /^[\w+/-]+={0,2}$/.test(nonce) ? `; nonce="${nonce}"` : '';
}
