const attributeEntities: Readonly<Record<string, string>> = {
	'"': '&quot;',
	'&': '&amp;',
	"'": '&#39;',
	'<': '&lt;',
	'>': '&gt;',
};

/** Escapes text for a quoted attribute value. */
export function escapeAttribute(value: string): string {
	return value.replace(/["&'<>]/g, character => attributeEntities[character]!);
}

/**
 * Makes JSON safe inside a `<script>` element, without changing what it parses to.
 *
 * `<` is escaped beside `/`: with `/` alone a value that holds `<!--<script>` puts the HTML parser into a state
 * in which the closing tag no longer closes, and the page stays blank. HTML entities are no way out, since a
 * browser does not decode them in a script. U+2028 and U+2029 end a line for older JavaScript parsers.
 *
 * Whole passes with a constant pattern, because one pass with a callback for each match takes twice as long.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function escapeScriptJson(json: string): string {
	return json
		.replaceAll('/', '\\/')
		.replaceAll('<', '\\u003c')
		.replaceAll('\u2028', '\\u2028')
		.replaceAll('\u2029', '\\u2029');
}

/**
 * The script element with the page object, and the empty root element that the client mounts into.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function createRootElement(pageJson: string, rootId: string): string {
	const id = escapeAttribute(rootId);
	return `<script data-page="${id}" type="application/json">${escapeScriptJson(pageJson)}</script><div id="${id}"></div>`;
}
