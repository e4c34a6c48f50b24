import {escapeAttribute} from '../../support/html.ts';

/** Attributes of an element: `true` for one without a value; `false` and `null` for none. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A tag without its nonce: the nonce belongs to a request, the rest to a build. */
export interface Tag {
	readonly start: '<link' | '<meta' | '<script';
	readonly rest: string;
	/** What it does. A document has one tag for each purpose, whatever its attributes. */
	readonly purpose: string;
	/** What it does as well, so that a later tag needn't. */
	readonly alsoServes: string | undefined;
	/** What the `Link` header says to have the file loaded before the document is read: target and parameters. */
	readonly preload: string | undefined;
}

/** What a tag is besides its attributes. */
interface TagDetails {
	readonly content?: string;
	readonly purpose?: string;
	readonly alsoServes?: string;
	readonly preload?: string | undefined;
}

/** Makes a tag. Names of attributes are those that `parseTagArguments` lets through, values are escaped. */
export function createTag(
	start: Tag['start'],
	attributes: Attributes,
	{content = '', purpose, alsoServes, preload}: TagDetails = {},
): Tag {
	const text = renderAttributes(attributes);
	const rest = start === '<script' ? `${text}>${content}</script>` : `${text}>`;
	return {start, rest, purpose: purpose ?? rest, alsoServes, preload};
}

function renderAttributes(attributes: Attributes): string {
	let text = '';
	for (const [name, value] of Object.entries(attributes)) {
		if (value === true) text += ` ${name}`;
		else if (value !== false && value !== null && value !== undefined)
			text += ` ${name}="${escapeAttribute(String(value))}"`;
	}

	return text;
}
