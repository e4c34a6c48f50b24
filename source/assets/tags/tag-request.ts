import {describeValue} from '../../errors/describe.ts';
import {OptionError} from '../../errors/option-error.ts';
import {checkOptions, type Expectation, isRecord, isString} from '../../support/check-options.ts';
import type {Attributes} from './tag.ts';

/**
 * Attributes of your own for the tags of one call of `vite()`, by what the tags do. Values are escaped. One that the tag
 * has already is replaced, and with `false` left out. The nonce is none of them: it comes from `ctx.state.cspNonce`.
 */
export interface TagAttributes {
	/**
	 * Of `<script>`.
	 *
	 * @default `{}`
	 * @example
	 * {{ vite('source/main.tsx', script={'data-turbo-track': 'reload'}) }}
	 */
	readonly script?: Attributes;
	/** Of `<link rel="stylesheet">`. @default `{}` */
	readonly stylesheet?: Attributes;
	/** Of `<link rel="modulepreload">`. @default `{}` */
	readonly preload?: Attributes;
}

/** The last argument of `vite()`; in Nunjucks, named arguments. */
export interface TagOptions extends TagAttributes {
	/**
	 * The page that the document shows, or the name of its component: its own chunk and stylesheets are then loaded beside
	 * the entry, and not only after the entry has run.
	 *
	 * @default none
	 * @example
	 * {{ vite('source/main.tsx', page=page) }}
	 */
	readonly page?: string | {readonly component: string};
}

/** The arguments of `vite()`: names of entries, then the options. */
export type TagArguments = readonly string[] | readonly [...entries: string[], options: TagOptions];

/** The same, in one shape. */
export interface TagRequest {
	readonly entries: readonly string[];
	/** The component of the page. */
	readonly page: string | undefined;
	/** Names in lower case, values `true`, `false` or text. */
	readonly attributes: Required<TagAttributes>;
	/** The same for the same entries and attributes. */
	readonly key: string;
}

export const noAttributes: Required<TagAttributes> = {script: {}, stylesheet: {}, preload: {}};

export function hasAttributes({attributes}: TagRequest): boolean {
	return attributes !== noAttributes;
}

/** @throws {OptionError} for what is no name of an entry, for an unknown option, and for what HTML has no attribute for. */
export function parseTagArguments(given: TagArguments): TagRequest {
	const last = given.at(-1);
	// A text that a template engine has marked as safe is an object too.
	const hasOptions = isRecord(last) && !(last instanceof String);
	const entries = (hasOptions ? given.slice(0, -1) : given) as readonly string[];
	checkNames(entries);
	if (!hasOptions) return createRequest(entries);
	const options = withoutMark(last);
	checkOptions('vite()', options, expectations);
	const {page: asked, ...attributes} = options;
	const page = typeof asked === 'object' ? asked.component : asked;
	return createRequest(entries, page, attributes);
}

/** Nunjucks marks the object that it makes of named arguments. */
function withoutMark(options: TagOptions & {__keywords?: boolean}): TagOptions {
	if (!Object.hasOwn(options, '__keywords')) return options;
	const {__keywords: _, ...rest} = options;
	return rest;
}

function createRequest(entries: readonly string[], page?: string, given: TagAttributes = {}): TagRequest {
	const {script, stylesheet, preload} = given;
	if (!(script || stylesheet || preload)) return {entries, page, attributes: noAttributes, key: createKey(entries)};
	const attributes = {
		script: normalizeAttributes(script),
		stylesheet: normalizeAttributes(stylesheet),
		preload: normalizeAttributes(preload),
	};
	return {entries, page, attributes, key: JSON.stringify([entries, attributes])};
}

/** Of one entry, as in most templates, its own name, without the time that JSON takes. No other key begins like it. */
function createKey(entries: readonly string[]): string {
	const [entry] = entries;
	return entries.length === 1 && !entry!.startsWith('[') ? entry! : JSON.stringify(entries);
}

/**
 * HTML knows no case in names: `crossOrigin` beside `crossorigin` would be the same attribute twice. `undefined` is what a
 * template has for a misspelt variable, and leaves the tag as it is.
 */
function normalizeAttributes(attributes: Attributes = {}): Attributes {
	const normalized = new Map<string, string | boolean>();
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined) continue;
		const isText = typeof value === 'string' || typeof value === 'number' || (value as unknown) instanceof String;
		if (!/^[^\s"'<>/=\p{Cc}]+$/u.test(name) || !(isText || typeof value === 'boolean' || value === null)) {
			throw new OptionError(
				`\`vite()\` takes attributes by their names with texts as values, received ${describeValue(value)} for ${JSON.stringify(name)}. Write for example \`script={'data-turbo-track': 'reload'}\`.`,
			);
		}

		const lowered = name.toLowerCase();
		if (lowered === 'nonce') {
			throw new OptionError(
				'`vite()` takes the nonce from `ctx.state.cspNonce`, received one among the attributes. Set it there, for every tag of the document.',
			);
		}

		normalized.set(lowered, isText ? String(value) : value === true);
	}

	return Object.fromEntries(normalized);
}

/** A template hands over whatever a variable holds, and `undefined` where its name is misspelt. */
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
