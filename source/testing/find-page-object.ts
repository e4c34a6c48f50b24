import {responseHeaders} from '../protocol/headers.ts';
import {isObject} from '../support/check-options.ts';
import type {PageObject} from '../types.ts';
import {describeResponse, documentAdvice, quoteStart} from './describe-response.ts';
import {findPageScripts} from './page-script.ts';
import {getHeader, type TestResponse} from './response.ts';

/** A page object, or the reason why there is none: a text that says what was received and what to do. */
type PageObjectOrFailure = {readonly page: PageObject} | {readonly failure: string};

/**
 * Looks for the page object where the client does: in JSON with the header of the protocol, or in the script of a
 * document.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export function findPageObject(source: TestResponse | string): PageObjectOrFailure {
	if (typeof source === 'string') {
		return findInDocument(source) ?? {failure: `received HTML: ${quoteStart(source)}. ${documentAdvice}`};
	}

	const {text = ''} = source;
	// JSON without the header is no page: the client shows it in a dialog.
	if (getHeader(source, responseHeaders.inertia) !== undefined) return parsePageObject(text);
	const isDocument = getHeader(source, 'content-type')?.startsWith('text/html');
	return (isDocument && findInDocument(text)) || {failure: describeResponse(source)};
}

function findInDocument(html: string): PageObjectOrFailure | undefined {
	const [script, ...others] = findPageScripts(html);
	if (script === undefined) return undefined;
	if (others.length === 0) return parsePageObject(script);
	return {
		failure: `received a document with ${others.length + 1} page scripts, of which the client reads one. Has the root template \`{{ inertia() }}\` twice?`,
	};
}

function parsePageObject(json: string): PageObjectOrFailure {
	let page: unknown;
	try {
		page = JSON.parse(json);
	} catch {
		return {failure: `received a page that is not JSON: ${quoteStart(json)}. Was it cut off, or changed on its way?`};
	}

	if (isPageObject(page)) return {page};
	return {
		failure: `received a page without \`component\` and \`props\`: ${quoteStart(json)}. Pages come from \`ctx.inertia.render\`.`,
	};
}

function isPageObject(value: unknown): value is PageObject {
	const {component, props} = (value ?? {}) as Partial<PageObject>;
	return typeof component === 'string' && isObject(props);
}
