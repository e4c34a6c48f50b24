import {describeValue} from '../../errors/describe.ts';
import {OptionError} from '../../errors/option-error.ts';
import {checkOptions, type Expectation, isRecord, isString} from '../../support/check-options.ts';
import {type Attributes, normalizeAttributes, withoutMark} from './attributes.ts';

/**
 * Attributes of your own for the tags of one call of `vite()`. Their values are escaped. An attribute replaces that of
 * the tag, and `false` removes it. The nonce is not one of them: it comes from `ctx.state.cspNonce`.
 */
export interface TagAttributes {
	/**
	 * Attributes for every `<script>`.
	 *
	 * @default `{}`
	 * @example
	 * {{ vite('source/main.tsx', script={'data-turbo-track': 'reload'}) }}
	 */
	readonly script?: Attributes;
	/**
	 * Attributes for every `<link rel="stylesheet">`.
	 *
	 * @default `{}`
	 * @example
	 * {{ vite('source/print.css', stylesheet={media: 'print'}) }}
	 */
	readonly stylesheet?: Attributes;
	/**
	 * Attributes for every `<link rel="modulepreload">`.
	 *
	 * @default `{}`
	 * @example
	 * {{ vite('source/main.tsx', preload={fetchpriority: 'low'}) }}
	 */
	readonly preload?: Attributes;
}

/** The last argument of `vite()`. In Nunjucks these are named arguments. */
export interface TagOptions extends TagAttributes {
	/**
	 * The page that the document shows, or the name of its component.
	 *
	 * The browser then loads the page's own chunk and stylesheets beside the entry, and not only after the entry has run.
	 *
	 * @default none
	 * @example
	 * {{ vite('source/main.tsx', page=page) }}
	 */
	readonly page?: string | {readonly component: string};
}

/** The arguments of `vite()`: the names of entries, then the options. */
export type TagArguments = readonly string[] | readonly [...entries: string[], options: TagOptions];

/** The arguments of one call of `vite()`, checked and in one shape. */
export interface TagRequest {
	readonly entries: readonly string[];
	/** The name of the page's component. */
	readonly page: string | undefined;
	/** The names are in lower case, the values are `true`, `false` or a text. */
	readonly attributes: Required<TagAttributes>;
	/** Key for the cache: equal for equal entries and attributes. */
	readonly key: string;
}

export const noAttributes: Required<TagAttributes> = {script: {}, stylesheet: {}, preload: {}};

export function hasAttributes({attributes}: TagRequest): boolean {
	return attributes !== noAttributes;
}

/** @throws {OptionError} for an entry that is no text, an unknown option, and an attribute that HTML can't have. */
export function parseTagArguments(given: TagArguments): TagRequest {
	const last = given.at(-1);
	// A template engine marks a text as safe by an object, which is not one of options.
	const hasOptions = isRecord(last) && !(last instanceof String);
	const entries = (hasOptions ? given.slice(0, -1) : given) as readonly string[];
	checkNames(entries);
	if (!hasOptions) return createRequest(entries);
	const options = withoutMark<TagOptions>(last);
	checkOptions('vite()', options, expectations);
	const {page: asked, ...attributes} = options;
	const page = typeof asked === 'object' ? asked.component : asked;
	return createRequest(entries, page, attributes);
}

function createRequest(entries: readonly string[], page?: string, given: TagAttributes = {}): TagRequest {
	const {script, stylesheet, preload} = given;
	if (!(script || stylesheet || preload)) return {entries, page, attributes: noAttributes, key: createKey(entries)};
	const attributes = {
		script: checkAttributes(script),
		stylesheet: checkAttributes(stylesheet),
		preload: checkAttributes(preload),
	};
	return {entries, page, attributes, key: JSON.stringify([entries, attributes])};
}

/**
 * The key for entries without attributes. For one entry, which most templates have, it is the name itself, since JSON
 * takes longer. A name with a bracket in front is the exception, because the keys in JSON begin with one too.
 */
function createKey(entries: readonly string[]): string {
	const [entry] = entries;
	return entries.length === 1 && !entry!.startsWith('[') ? entry! : JSON.stringify(entries);
}

/** @throws {OptionError} for an attribute that HTML can't have, and for the nonce. */
function checkAttributes(given: Attributes = {}): Attributes {
	const attributes = normalizeAttributes(
		given,
		(name, value) =>
			new OptionError(
				`\`vite()\` takes attributes by their names with texts as values, received ${describeValue(value)} for ${JSON.stringify(name)}. Write for example \`script={'data-turbo-track': 'reload'}\`.`,
			),
	);
	if (!Object.hasOwn(attributes, 'nonce')) return attributes;
	throw new OptionError(
		'`vite()` takes the nonce from `ctx.state.cspNonce`, received one among the attributes. Set it there, for every tag of the document.',
	);
}

/**
 * A template hands over whatever a variable holds, and `undefined` where its name is misspelt.
 *
 * @throws {OptionError} for a name that is no text.
 */
export function checkNames(names: readonly unknown[]): void {
	const wrong = names.findIndex(name => typeof name !== 'string');
	if (wrong === -1) return;
	throw new OptionError(
		`\`vite()\` and \`viteAsset()\` take paths as the manifest has them, received ${describeValue(names[wrong])}. Write for example \`vite("source/main.tsx")\`, with options last.`,
	);
}

const attributes = {accepts: isRecord, expected: 'an object of attributes'};

const expectations: Record<keyof TagOptions, Expectation> = {
	page: {
		accepts: value => isString(value) || (isRecord(value) && isString(value.component)),
		expected: 'the page or the name of its component',
	},
	script: attributes,
	stylesheet: attributes,
	preload: attributes,
};
