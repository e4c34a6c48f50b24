import {type Attributes, renderAttributes} from './attributes.ts';

/** A tag without its nonce. The nonce belongs to a request, the rest of the tag to a build. */
export interface Tag {
	readonly start: '<link' | '<meta' | '<script';
	/** The HTML after `start` and the nonce. */
	readonly rest: string;
	/** The effect of the tag. A document has one tag for each purpose, whatever its attributes are. */
	readonly purpose: string;
	/** A second purpose that this tag serves too, so that no later tag needs to. */
	readonly alsoServes: string | undefined;
	/** The value of the `Link` header by which the browser loads the file before it reads the document. */
	readonly preload: string | undefined;
}

interface TagDetails {
	/** The text of the element. */
	readonly content?: string;
	/** Without it, a tag has the same purpose as another one with the same HTML. */
	readonly purpose?: string;
	readonly alsoServes?: string;
	readonly preload?: string | undefined;
}

/** Makes a tag. It escapes the values of attributes, but not their names, which `parseTagArguments` has checked. */
export function createTag(
	start: Tag['start'],
	attributes: Attributes,
	{content = '', purpose, alsoServes, preload}: TagDetails = {},
): Tag {
	const text = renderAttributes(attributes);
	const rest = start === '<script' ? `${text}>${content}</script>` : `${text}>`;
	return {start, rest, purpose: purpose ?? rest, alsoServes, preload};
}
