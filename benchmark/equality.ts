import {deepStrictEqual, strictEqual} from 'node:assert';
import {type Answer, fetchAnswer} from './answer.ts';
import type {Scenario} from './scenarios.ts';

/** Refuses to measure two servers that don't do the same. */
export type Check = (scenario: Scenario, ports: {subject: number; reference: number}, version: string) => Promise<void>;

const comparedHeaders = [
	'content-type',
	'content-length',
	'vary',
	'x-inertia',
	'x-inertia-version',
	'x-inertia-location',
	'cache-control',
];

type Comparable = {status: number; headers: (string | null)[]; page: unknown; text: string};

const readPage = (text: string): unknown => {
	const json = /<script data-page="app" type="application\/json">(.*?)<\/script>/s.exec(text)?.[1] ?? text;
	return json === '' ? undefined : JSON.parse(json);
};

const toComparable = ({status, headers, text}: Answer): Comparable => ({
	status,
	headers: comparedHeaders.map(name => headers.get(name)),
	page: readPage(text),
	text,
});

/** Removes the preloads from an answer. */
const withoutPreloads = ({status, headers, text}: Answer): Answer => {
	const rest = text.replaceAll(/<link rel="modulepreload"[^>]*>\n?/g, '');
	const ownHeaders = new Headers(headers);
	ownHeaders.delete('content-length');
	return {status, headers: ownHeaders, text: rest};
};

/** Status, headers, page object and, for documents, the HTML must be equal. */
export const checkEquality: Check = async ({name, status, headers, hasOtherPreloads}, ports, version) => {
	const read = async (port: number): Promise<Comparable> => {
		const answer = await fetchAnswer(port, headers(version));
		return toComparable(hasOtherPreloads ? withoutPreloads(answer) : answer);
	};
	const subject = await read(ports.subject);
	const reference = await read(ports.reference);
	strictEqual(subject.status, status, `The status of \`${name}\` is wrong.`);
	deepStrictEqual(subject, reference, `The servers of \`${name}\` answer differently.`);
};
