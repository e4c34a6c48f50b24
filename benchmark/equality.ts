import {deepStrictEqual, strictEqual} from 'node:assert';
import {requestPath, type Scenario} from './scenarios.ts';

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

const fetchComparable = async (port: number, headers: Record<string, string>): Promise<Comparable> => {
	const response = await fetch(`http://127.0.0.1:${port}${requestPath}`, {headers});
	const text = await response.text();
	return {
		status: response.status,
		headers: comparedHeaders.map(name => response.headers.get(name)),
		page: readPage(text),
		text,
	};
};

/** Refuses to measure two servers that don't do the same: status, headers, page object and, for documents, the HTML. */
export const checkEquality = async (
	{name, status, headers}: Scenario,
	ports: {subject: number; reference: number},
	version: string,
): Promise<void> => {
	const subject = await fetchComparable(ports.subject, headers(version));
	const reference = await fetchComparable(ports.reference, headers(version));
	strictEqual(subject.status, status, `The status of \`${name}\` is wrong.`);
	deepStrictEqual(subject, reference, `The servers of \`${name}\` answer differently.`);
};

/** The version that a server of the package sends. */
export const readVersion = async (port: number): Promise<string> => {
	const response = await fetch(`http://127.0.0.1:${port}${requestPath}`);
	await response.text();
	const version = response.headers.get('x-inertia-version');
	if (version === null || version === '') {
		throw new Error('The server sends no version.');
	}

	return version;
};
