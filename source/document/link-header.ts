import {type FittingPreloads, fitPreloads} from '../assets/tags/preload.ts';
import type {TagList} from '../assets/tags/tag-list.ts';

/**
 * The values of early hints, for as many preloads as fit into `budget` bytes, the most urgent first.
 *
 * Without a nonce: no policy holds yet, and Chromium leaves out a hint with a parameter that it doesn't know.
 */
export function listPreloads(lists: readonly TagList[], budget: number): readonly string[] {
	return fitLists(lists, budget, 0).values;
}

/**
 * The `Link` header of a document with the same. Servers in front refuse a response whose headers are longer than what
 * they read at once.
 *
 * It carries the nonce, without which a policy refuses what the header asks for. Without one it was put together for an
 * earlier document.
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

/** Only of what a policy can name. Anything else would be of no use, and may be what ends a header. */
function createNonceParameter(nonce: string | undefined): string {
	return nonce !== undefined && /^[\w+/-]+={0,2}$/.test(nonce) ? `; nonce="${nonce}"` : '';
}
