import {type Attributes, normalizeAttributes, renderAttributes, withoutMark} from '../assets/tags/attributes.ts';
import {describeValue} from '../errors/describe.ts';
import {TemplateError} from '../errors/document.ts';
import {isRecord} from '../support/check-options.ts';
import {escapeAttribute, escapeScriptJson} from '../support/html.ts';

const noAttributes: Attributes = {};

/**
 * Gives the script element with the page object, and the empty root element that the client mounts into.
 *
 * `given` are the arguments of one call of `inertia()`: none, or the attributes of the root element. Its `id` is also the
 * value of `data-page`, by which the client finds the page.
 *
 * @throws {TemplateError} for anything else.
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
 */
export function createRootElement(pageJson: string, rootId: string, given: readonly unknown[]): string {
	const {id: ownId = rootId, ...others} = given.length === 0 ? noAttributes : parseArguments(given);
	const id = escapeAttribute(String(ownId));
	return `<script data-page="${id}" type="application/json">${escapeScriptJson(pageJson)}</script><div id="${id}"${renderAttributes(others)}></div>`;
}

function parseArguments(given: readonly unknown[]): Attributes {
	const [first, ...others] = given;
	if (others.length > 0) throw createError(describeValue(others[0]), 'as a second argument');
	// A misspelt variable of a template is `undefined`.
	if (first === undefined || first === null) return noAttributes;
	if (!isRecord(first) || first instanceof String) throw createError(describeValue(first));
	const attributes = normalizeAttributes(withoutMark(first as Attributes), (name, value) =>
		createError(describeValue(value), `for ${JSON.stringify(name)}`),
	);
	const {id, 'data-page': page} = attributes;
	if (id === '' || typeof id === 'boolean')
		throw createError(describeValue(id), 'for "id", by which the client finds it');
	if (page !== undefined) throw createError(describeValue(page), 'for "data-page", which is its `id`');
	return attributes;
}

function createError(received: string, place = ''): TemplateError {
	return new TemplateError(
		`\`inertia()\` takes the attributes of the root element by their names with texts as values, received ${received}${place && ` ${place}`}. Write for example \`inertia({id: 'app', class: 'page'})\`.`,
	);
}
