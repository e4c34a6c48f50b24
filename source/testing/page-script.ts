/** Elements whose content is only text up to their closing tag, even if it looks like tags. */
const textElements = new Set(['script', 'style', 'textarea', 'title', 'noscript', 'iframe']);

/**
 * Finds the texts of the scripts that contain a page object. It looks for them as the client does.
 *
 * We don't use an HTML parser, because every user would have to install it for the sake of one element. The first
 * `</script` is the end of this element, because the page object has an escaped `<`.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function findPageScripts(html: string): readonly string[] {
	const texts: string[] = [];
	// Matches comments, and tags with their attributes, one after the other. So a `<script>` in a comment, in an
	// attribute or in the text of another script doesn't count.
	const tokens = /<!--[\s\S]*?(?:-->|$)|<\/?([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi;
	for (let match = tokens.exec(html); match; match = tokens.exec(html)) {
		const [tag, name, attributes] = match;
		const element = name?.toLowerCase();
		if (element === undefined || tag.startsWith('</') || !textElements.has(element)) continue;
		const start = tokens.lastIndex;
		const end = findClosingTag(html, element, start);
		if (element === 'script' && isPageScript(attributes!)) texts.push(html.slice(start, end));
		tokens.lastIndex = end;
	}

	return texts;
}

function findClosingTag(html: string, element: string, start: number): number {
	const closingTag = new RegExp(`</${element}[\\s/>]`, 'gi');
	closingTag.lastIndex = start;
	return closingTag.exec(html)?.index ?? html.length;
}

function isPageScript(attributes: string): boolean {
	const values = new Map<string, string>();
	for (const [, name, double, single, bare] of attributes.matchAll(
		/([^\s"'/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g,
	)) {
		values.set(name!.toLowerCase(), double ?? single ?? bare ?? '');
	}

	return values.has('data-page') && values.get('type') === 'application/json';
}
