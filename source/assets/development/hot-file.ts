import {randomUUID} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import {hostname} from 'node:os';
import {isRecord} from '../../support/check-options.ts';

/** What a hot file says of the dev server that wrote it. */
export interface HotFile {
	/** URL without a slash at its end. A dev server inside of the application has a path, `''` for `/`. */
	readonly url: string;
	/** The line that the plugin of this package adds. Other tools write the URL alone. */
	readonly details: HotFileDetails | undefined;
}

/** The second line of a hot file, as JSON. */
export interface HotFileDetails {
	/** The process that removes the file at its end. */
	readonly processId: number;
	/** The machine that the process runs on: in a container the number means another process. */
	readonly hostname: string;
	/** When the process has started, in epoch milliseconds: numbers of processes come again. */
	readonly startedAt: number;
	/** Vite's root, absolute, for entries outside of it. */
	readonly root: string;
	/** The entries, as the manifest of a build will have them. */
	readonly input: readonly string[];
	/** The directory of the page components, absolute; `undefined` where the plugin knows of none. */
	readonly pages: string | undefined;
	/** Whether components need the preamble of React's fast refresh. */
	readonly hasReactRefresh: boolean;
}

/**
 * Reads a hot file; `undefined` when no dev server runs.
 *
 * The first line is the URL. A file with another first line counts as no dev server: it may be half written, and the next
 * look finds it whole.
 *
 * We read synchronously, since it happens a few times a second at most and in development only, where the first page
 * after the dev server's start must already come from it.
 */
export function readHotFile(path: string): HotFile | undefined {
	let text: string;
	try {
		// A pipe would hold up the process until somebody writes into it.
		if (!statSync(path).isFile()) return undefined;
		text = readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}

	return parseHotFile(text);
}

export function parseHotFile(text: string): HotFile | undefined {
	const [first = '', second = ''] = text.split(/\r?\n/, 2);
	const line = first.trim();
	const details = parseDetails(second);
	const isPath = details !== undefined && /^\/(?!\/)/.test(line);
	return isPath || isHttpUrl(line) ? {url: line.replace(/\/+$/, ''), details} : undefined;
}

/**
 * Gives the path of the hot file of a dev server that runs inside of an application. Each process has its own: another
 * process, such as a second application or one that serves the build, doesn't have these modules at its port.
 */
export function toOwnHotFile(path: string): string {
	return `${path}.${process.pid}`;
}

/** Describes this process for its hot file. */
export function describeProcess(): Pick<HotFileDetails, 'processId' | 'hostname' | 'startedAt'> {
	return {processId: process.pid, hostname: hostname(), startedAt: Math.round(performance.timeOrigin)};
}

/** Whether a hot file is of this process, and not of an earlier process with the same number. */
export function isOfThisProcess({details}: HotFile): boolean {
	const own = describeProcess();
	return (
		details?.processId === own.processId && details.startedAt === own.startedAt && details.hostname === own.hostname
	);
}

/**
 * Makes the text of a hot file. No two are the same: after a restart, the server that ends must not take the hot file of
 * the next one for its own.
 */
export function formatHotFile(url: string, details: HotFileDetails): string {
	return `${url}\n${JSON.stringify({...details, id: randomUUID()})}\n`;
}

function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function parseDetails(text: string): HotFileDetails | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}

	if (!isRecord(value)) return undefined;
	const {processId, hostname, startedAt, root, input, pages, hasReactRefresh} = value;
	const isWhole =
		Number.isSafeInteger(processId) &&
		Number(processId) > 0 &&
		typeof hostname === 'string' &&
		typeof startedAt === 'number' &&
		typeof root === 'string' &&
		Array.isArray(input) &&
		input.every(entry => typeof entry === 'string');
	if (!isWhole) return undefined;
	return {
		processId: Number(processId),
		hostname,
		startedAt,
		root,
		input,
		pages: typeof pages === 'string' ? pages : undefined,
		hasReactRefresh: hasReactRefresh === true,
	};
}
