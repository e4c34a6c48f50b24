import type {Attributes} from './tag.ts';

const separator = ', ';

/** As many preloads as fit into a header. */
export interface FittingPreloads {
	readonly budget: number;
	readonly overhead: number;
	readonly values: readonly string[];
	/** All of them as one value of the header. */
	readonly text: string;
}

/**
 * Takes preloads, each once, until one doesn't fit into `budget` bytes any more, and none after it: they are in the order
 * of their urgency. `overhead` is what is added to each.
 */
export function fitPreloads(preloads: readonly string[], budget: number, overhead: number): FittingPreloads {
	const values = new Set<string>();
	let left = budget + separator.length;
	for (const preload of preloads) {
		if (values.has(preload)) continue;
		left -= preload.length + overhead + separator.length;
		if (left < 0) break;
		values.add(preload);
	}

	return {budget, overhead, values: [...values], text: [...values].join(separator)};
}

/**
 * What the `Link` header says of a tag: the file and how it is loaded, target and parameters. From the attributes as the
 * tag has them, since a browser loads a file again that it was told to load in another way.
 *
 * Gives `undefined` for what no header asks for: a stylesheet for another medium, a script that isn't a module, and a
 * list of hashes, which Node takes for no value of such a header.
 *
 * Neither for a module of a build with an import map: it makes the browser look up names of modules before the document
 * brings the map. Some browsers then leave the map alone, and the page stays blank.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Link
 */
export function describePreload(attributes: Attributes, {hasImportMap}: {hasImportMap: boolean}): string | undefined {
	const {media, href, src, crossorigin, integrity} = attributes;
	const relation = findRelation(attributes);
	const url = href ?? src;
	if (hasImportMap && relation === 'modulepreload') return undefined;
	if (relation === undefined || typeof url !== 'string' || (media && media !== 'all')) return undefined;
	if (integrity && !/^[\w+/=-]+$/.test(String(integrity))) return undefined;
	return `<${escapeTarget(url)}>; rel=${relation}${describeMode(crossorigin)}${integrity ? `; integrity="${integrity}"` : ''}`;
}

function findRelation({rel, type}: Attributes): string | undefined {
	if (rel === 'stylesheet') return 'preload; as=style';
	return rel === 'modulepreload' || type === 'module' ? 'modulepreload' : undefined;
}

/** As HTML reads the attribute: every value but one means the same. */
function describeMode(crossorigin: Attributes[string]): string {
	if (crossorigin === undefined || crossorigin === null || crossorigin === false) return '';
	return /^use-credentials$/i.test(String(crossorigin)) ? '; crossorigin=use-credentials' : '; crossorigin';
}

/**
 * A URL as a header can carry it, escaped as the browser does it with the attribute. Not by `encodeURI`, which escapes a
 * `%` again, and the brackets around an address of IPv6.
 */
function escapeTarget(url: string): string {
	return url.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[^!#-;=?-[\]_a-z~]/gu, encodeURIComponent);
}
