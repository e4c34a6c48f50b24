/** Elements whose content is text up to their closing tag, whatever it looks like. */
const textElements = new Set(['script', 'style', 'textarea', 'title', 'noscript', 'iframe']);

/**
 * The texts of the scripts that hold a page, as the client looks for them.
 *
 * No HTML parser: it would be a dependency of everyone for the sake of one element. In that element the first
 * `</script` is its end, since `<` is escaped in what the package writes.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function findPageScripts(html: string): readonly string[] {
	const texts: string[] = [];
	// Comments, and tags with their attributes, one after the other: a `<script>` in a comment, in an attribute or in the
	// text of another script isn't one.
	const tokens = /<!--[\s\S]*?(?:-->|$)|<\/?([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi;
	for (let match = tokens.exec(html); match; match = tokens.exec(html)) {
		const [tag, name, attributes] = match;
		const element = name?.toLowerCase();
		if (element === undefined || tag.startsWith('</') || !textElements.has(element)) continue;
		const start = tokens.lastIndex;
		const end = findClosingTag(html, element, start);
		if (element === 'script' && holdsPage(attributes!)) texts.push(html.slice(start, end));
		tokens.lastIndex = end;
	}

	return texts;
}

function findClosingTag(html: string, element: string, start: number): number {
	const closingTag = new RegExp(`</${element}[\\s/>]`, 'gi');
	closingTag.lastIndex = start;
	return closingTag.exec(html)?.index ?? html.length;
}

function holdsPage(attributes: string): boolean {
	const values = new Map<string, string>();
	for (const [, name, double, single, bare] of attributes.matchAll(
		/([^\s"'/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g,
	)) {
		values.set(name!.toLowerCase(), double ?? single ?? bare ?? '');
	}

	return values.has('data-page') && values.get('type') === 'application/json';
}
