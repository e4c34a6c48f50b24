import {type DefaultTreeAdapterTypes, parse} from 'parse5';
import type {Answer} from './answer.ts';
import {isObject} from './json.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

export type HtmlDocument = {
	/** The page scripts: the id that each one names, and its text as the parser delimits it. */
	pageScripts: {id: string; text: string}[];
	/** All ids of elements. */
	ids: string[];
};

const attribute = ({attrs}: Element, name: string): string | undefined =>
	attrs.find(candidate => candidate.name === name)?.value;

const collectElements = (nodes: Node[]): Element[] =>
	nodes.flatMap(node => ('tagName' in node ? [node, ...collectElements(node.childNodes)] : []));

const textOf = ({childNodes}: Element): string => childNodes.map(node => ('value' in node ? node.value : '')).join('');

export const isHtml = ({headers}: Answer): boolean => headers.get('content-type')?.startsWith('text/html') ?? false;

export const readDocument = (body: string): HtmlDocument => {
	const elements = collectElements(parse(body).childNodes);
	const scripts = elements.filter(
		element => element.tagName === 'script' && attribute(element, 'type') === 'application/json',
	);
	return {
		pageScripts: scripts.flatMap(script => {
			const id = attribute(script, 'data-page');
			return id === undefined ? [] : [{id, text: textOf(script)}];
		}),
		ids: elements.flatMap(element => attribute(element, 'id') ?? []),
	};
};

/** The page object of an answer, or `undefined` when it carries none. */
export const readPage = (answer: Answer): Record<string, unknown> | undefined => {
	const text = isHtml(answer)
		? readDocument(answer.body).pageScripts[0]?.text
		: answer.headers.has('x-inertia') && answer.body !== ''
			? answer.body
			: undefined;
	if (text === undefined) {
		return undefined;
	}

	const page: unknown = JSON.parse(text);
	return isObject(page) ? page : undefined;
};
