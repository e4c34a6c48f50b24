import type {Attributes} from './attributes.ts';

const separator = ', ';

/** The preloads that fit into a header. */
export interface FittingPreloads {
	readonly budget: number;
	readonly overhead: number;
	readonly values: readonly string[];
	/** All values, joined for one header. */
	readonly text: string;
}

/**
 * Takes preloads, each once, until one doesn't fit into `budget` bytes any more. It doesn't look for shorter ones
 * behind that, since the most urgent preloads come first. `overhead` is the number of bytes that the caller adds to
 * each.
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
 * Gives the value of the `Link` header for a tag: the URL of the file as the target, and how to load it as parameters.
 * It reads the attributes of the tag itself: when header and tag differ, the browser loads the file twice.
 *
 * It gives `undefined` for a tag that no header can ask for: a stylesheet for another medium, a script that isn't a
 * module, and a tag with several hashes, since Node refuses such a value of the header.
 *
 * A module of a build with an import map has no value either. A header would make the browser look up names of modules
 * before the document brings the map. Some browsers then ignore the map, and the page stays blank.
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

/** HTML knows two values of `crossorigin`: `use-credentials`, and any other text. */
function describeMode(crossorigin: Attributes[string]): string {
	if (crossorigin === undefined || crossorigin === null || crossorigin === false) return '';
	return /^use-credentials$/i.test(String(crossorigin)) ? '; crossorigin=use-credentials' : '; crossorigin';
}

/**
 * Escapes a URL for a header, in the same way as the browser escapes that of the attribute. We don't use `encodeURI`,
 * because it escapes a `%` again, and the brackets around an IPv6 address.
 */
function escapeTarget(url: string): string {
	return url.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[^!#-;=?-[\]_a-z~]/gu, encodeURIComponent);
}
