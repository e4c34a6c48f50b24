import {type DefaultTreeAdapterTypes, parse} from 'parse5';

export type Element = {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	/** The text that the parser finds directly inside. */
	readonly text: string;
};

/** Every element of a document in its order, as a browser's parser sees them. */
export function readElements(html: string): Element[] {
	return flatten(parse(html).childNodes).map(({tagName, attrs, childNodes}) => ({
		name: tagName,
		attributes: Object.fromEntries(attrs.map(({name, value}) => [name, value])),
		text: childNodes.map(node => ('value' in node ? node.value : '')).join(''),
	}));
}

/**
 * The page object that a document holds for the root element of that id, as an HTML parser finds it: `readPage()` of
 * `koa-inertia/testing` looks for it in another way.
 */
export function parsePage(html: string, id = 'app'): unknown {
	const scripts = readElements(html).filter(
		({name, attributes}) => name === 'script' && attributes['data-page'] === id,
	);
	if (scripts.length !== 1) throw new Error(`The document has ${scripts.length} pages for \`${id}\`: ${html}`);
	return JSON.parse(scripts[0]!.text);
}

/** What a document loads, in its order: `src` of its scripts and `href` of its links. */
export function listUrls(html: string): string[] {
	return readElements(html).flatMap(({attributes: {src, href}}) => src ?? href ?? []);
}

function flatten(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): DefaultTreeAdapterTypes.Element[] {
	return nodes.flatMap(node => ('tagName' in node ? [node, ...flatten(node.childNodes)] : []));
}
