import {fitPreloads} from './assets/tags/preload.ts';
import type {TagList} from './assets/tags/tag-list.ts';

/**
 * The values of the `Link` header for as many preloads as fit into `budget` bytes, the most urgent first. Servers in
 * front refuse a response whose headers are longer than what they read at once.
 *
 * They carry the nonce too, without which a policy refuses what the header asks for.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Link
 */
export function listPreloads(lists: readonly TagList[], budget: number, nonce: string | undefined): readonly string[] {
	const parameter = createNonceParameter(nonce);
	const {values} = fitLists(lists, budget, parameter.length);
	return parameter === '' ? values : values.map(value => value + parameter);
}

/** The same as one text. Without a nonce it was put together for an earlier document. */
export function formatPreloads(lists: readonly TagList[], budget: number, nonce: string | undefined): string {
	const parameter = createNonceParameter(nonce);
	const {values, text} = fitLists(lists, budget, parameter.length);
	return parameter === '' || text === '' ? text : values.join(`${parameter}, `) + parameter;
}

function fitLists(lists: readonly TagList[], budget: number, overhead: number): ReturnType<typeof fitPreloads> {
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
