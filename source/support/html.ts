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
 * Makes JSON safe inside a `<script>` element. It still parses to the same value.
 *
 * We escape `<` beside `/`: with `/` alone, a value with `<!--<script>` puts the HTML parser into a state in which the
 * closing tag no longer closes, and the page stays blank. We don't use HTML entities, because a browser does not decode
 * them in a script. U+2028 and U+2029 end a line for older JavaScript parsers.
 *
 * Each character has a pass of its own, because one pass with a callback for each match takes twice as long.
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

/** Makes a value a JavaScript literal that is safe inside a `<script>` element. */
export function toScriptLiteral(value: string | readonly string[]): string {
	return escapeScriptJson(JSON.stringify(value));
}
