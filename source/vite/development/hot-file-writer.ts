import {existsSync, readdirSync, rmSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {type HotFile, isOfThisProcess, parseHotFile} from '../../assets/development/hot-file.ts';
import {isProcessRunning} from '../../assets/development/is-process-running.ts';
import {readText, replaceFile} from '../files.ts';

const signals = ['SIGBREAK', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/**
 * Keeps a hot file for as long as its dev server runs, and removes it on every way out of the process that lets
 * anything run at all.
 */
export class HotFileWriter {
	readonly #path: string;
	#text: string | undefined;
	/** What another dev server had written, which gets its file back when it outlives this one. */
	#replaced: string | undefined;
	readonly #remove = (): void => this.remove();
	readonly #listeners = signals.map(signal => ({signal, listener: (): void => this.#leave(signal)}));

	constructor(file: string) {
		this.#path = file;
	}

	/** Writes the file in one step. Gives the URL of another dev server that still runs and had it. */
	write(text: string): string | undefined {
		const before = readText(this.#path);
		const other = before === undefined ? undefined : parseHotFile(before);
		const isReplaced = other !== undefined && isOfOther(other);
		replaceFile(this.#path, text);
		if (this.#text === undefined) this.#listen();
		this.#text = text;
		if (isReplaced) this.#replaced = before;
		return isReplaced ? other.url : undefined;
	}

	/** Removes the file, if it is still the one that was written here. */
	remove(): void {
		if (this.#text === undefined) return;
		process.off('exit', this.#remove);
		for (const {signal, listener} of this.#listeners) process.off(signal, listener);
		const isOwn = readText(this.#path) === this.#text;
		this.#text = undefined;
		if (!isOwn) return;
		const replaced = this.#replaced === undefined ? undefined : parseHotFile(this.#replaced);
		if (replaced && isOfOther(replaced)) replaceFile(this.#path, this.#replaced!);
		else rmSync(this.#path, {force: true});
	}

	#listen(): void {
		process.once('exit', this.#remove);
		// First in the line, and gone when it is its turn: whoever comes after it, and ends the process only where nobody
		// else listens, finds things as they would be without it.
		for (const {signal, listener} of this.#listeners) process.prependOnceListener(signal, listener);
	}

	/** With a listener the signal no longer ends the process by itself, so the last one sends it again. */
	#leave(signal: NodeJS.Signals): void {
		this.remove();
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	}
}

/** Removes the hot files of applications with a dev server inside that were killed on this machine. */
export function removeLeftovers(hotFile: string): void {
	const {dir, base} = path.parse(hotFile);
	for (const name of existsSync(dir) ? readdirSync(dir) : []) {
		if (!/^\.\d+$/.test(name.slice(base.length)) || !name.startsWith(base)) continue;
		const file = path.join(dir, name);
		const hot = parseHotFile(readText(file) ?? '');
		if (hot?.details?.hostname === hostname() && !isOfThisProcess(hot) && !isOfOther(hot)) rmSync(file, {force: true});
	}
}

/** Whether a hot file is of another process that runs; servers of one process follow each other. */
function isOfOther({details}: HotFile): boolean {
	if (!details || details.hostname !== hostname() || details.processId === process.pid) return false;
	return isProcessRunning(details.processId);
}
