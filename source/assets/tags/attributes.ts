import {escapeAttribute} from '../../support/html.ts';

/** The attributes of an element by their names. `true` is an attribute without a value, `false` and `null` are none. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Checks attributes, and gives them with names in lower case: HTML ignores the case, so `crossOrigin` beside
 * `crossorigin` would be one attribute twice. A misspelt variable of a template is `undefined`, and leaves the tag as
 * it is.
 *
 * @throws what `createError` makes of a name or a value that HTML can't have.
 */
export function normalizeAttributes(
	attributes: Attributes,
	createError: (name: string, value: unknown) => Error,
): Readonly<Record<string, string | boolean>> {
	const normalized = new Map<string, string | boolean>();
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined) continue;
		// A template engine marks a text as safe by an object.
		const isText = typeof value === 'string' || typeof value === 'number' || (value as unknown) instanceof String;
		if (!/^[^\s"'<>/=\p{Cc}]+$/u.test(name) || !(isText || typeof value === 'boolean' || value === null)) {
			throw createError(name, value);
		}

		normalized.set(name.toLowerCase(), isText ? String(value) : value === true);
	}

	return Object.fromEntries(normalized);
}

/** Gives the attributes as HTML, each with a space in front. It escapes their values, but not their names. */
export function renderAttributes(attributes: Attributes): string {
	let text = '';
	for (const [name, value] of Object.entries(attributes)) {
		if (value === true) text += ` ${name}`;
		else if (value !== false && value !== null && value !== undefined)
			text += ` ${name}="${escapeAttribute(String(value))}"`;
	}

	return text;
}

/** Nunjucks adds the member `__keywords` to the object that it makes of named arguments. */
export function withoutMark<Options extends object>(options: Options & {__keywords?: boolean}): Options {
	if (!Object.hasOwn(options, '__keywords')) return options;
	const {__keywords: _, ...rest} = options;
	return rest as unknown as Options;
}
