import {existsSync, readdirSync, rmSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {type HotFile, isOfThisProcess, parseHotFile} from '../../assets/development/hot-file.ts';
import {isProcessRunning} from '../../assets/development/is-process-running.ts';
import {readTextFile, replaceFile} from '../files.ts';

const signals = ['SIGBREAK', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/**
 * Writes a hot file when its dev server starts, and removes it when the server or the process ends. A process that is
 * killed by `SIGKILL` leaves the file, since nothing can run then.
 */
export class HotFileWriter {
	readonly #path: string;
	#text: string | undefined;
	/** The text that another dev server had written. It gets its file back if it runs longer than this one. */
	#replaced: string | undefined;
	readonly #remove = (): void => this.remove();
	readonly #listeners = signals.map(signal => ({signal, listener: (): void => this.#leave(signal)}));

	constructor(file: string) {
		this.#path = file;
	}

	/** Writes the file in one step. Returns the URL of another dev server that had the file, if that one still runs. */
	write(text: string): string | undefined {
		const before = readTextFile(this.#path);
		const other = before === undefined ? undefined : parseHotFile(before);
		const isReplaced = other !== undefined && isOfOther(other);
		replaceFile(this.#path, text);
		if (this.#text === undefined) this.#listen();
		this.#text = text;
		if (isReplaced) this.#replaced = before;
		return isReplaced ? other.url : undefined;
	}

	/** Removes the file, unless somebody else has written to it since. */
	remove(): void {
		if (this.#text === undefined) return;
		process.off('exit', this.#remove);
		for (const {signal, listener} of this.#listeners) process.off(signal, listener);
		const isOwn = readTextFile(this.#path) === this.#text;
		this.#text = undefined;
		if (!isOwn) return;
		const replaced = this.#replaced === undefined ? undefined : parseHotFile(this.#replaced);
		if (replaced && isOfOther(replaced)) replaceFile(this.#path, this.#replaced!);
		else rmSync(this.#path, {force: true});
	}

	#listen(): void {
		process.once('exit', this.#remove);
		// Runs first and unregisters itself before the other listeners run, so that a listener which ends the process only
		// when it is alone still does.
		for (const {signal, listener} of this.#listeners) process.prependOnceListener(signal, listener);
	}

	/** A signal that has a listener doesn't end the process, so we send it again if no other listener is left. */
	#leave(signal: NodeJS.Signals): void {
		this.remove();
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	}
}

/** Removes the hot files that applications with a dev server inside left on this machine when they were killed. */
export function removeLeftovers(hotFile: string): void {
	const {dir, base} = path.parse(hotFile);
	for (const name of existsSync(dir) ? readdirSync(dir) : []) {
		if (!/^\.\d+$/.test(name.slice(base.length)) || !name.startsWith(base)) continue;
		const file = path.join(dir, name);
		const hot = parseHotFile(readTextFile(file) ?? '');
		if (hot?.details?.hostname === hostname() && !isOfThisProcess(hot) && !isOfOther(hot)) rmSync(file, {force: true});
	}
}

/** Whether the hot file belongs to another process that still runs. Servers of one process replace each other. */
function isOfOther({details}: HotFile): boolean {
	if (!details || details.hostname !== hostname() || details.processId === process.pid) return false;
	return isProcessRunning(details.processId);
}
