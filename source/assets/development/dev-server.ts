import {connect} from 'node:net';
import {hostname} from 'node:os';
import path from 'node:path';
import {HotFileError} from '../../errors/assets.ts';
import {type HotFile, isOfThisProcess, readHotFile, toOwnHotFile} from './hot-file.ts';
import {isProcessRunning} from './is-process-running.ts';

/** Milliseconds that a connection to the dev server may take; it is on this machine. */
const connectLimit = 500;

/** The dev server that a hot file names, with whether it is still there: a process that is killed leaves its file. */
export class DevServer {
	readonly #candidates: ReadonlyArray<{readonly file: string; readonly isOwn: boolean}>;
	#file: string | undefined;
	#hot: HotFile | undefined;
	#failure: HotFileError | undefined;

	/** `candidates` are the paths where the hot file may be; the first that holds one counts. */
	constructor(candidates: readonly string[]) {
		this.#candidates = candidates.flatMap(file => [
			{file: toOwnHotFile(file), isOwn: true},
			{file, isOwn: false},
		]);
	}

	/** What the hot file says; `undefined` while there is none. */
	get hot(): HotFile | undefined {
		return this.#hot;
	}

	/** Why the dev server can't be used, when it is gone and its file still there. */
	get failure(): HotFileError | undefined {
		return this.#failure;
	}

	/** Reads the hot file anew. Gives whether there is another dev server, or none any more, or one that is gone. */
	read(): boolean {
		const {hot: before, failure: failureBefore} = this;
		this.#file = undefined;
		this.#hot = undefined;
		for (const {file, isOwn} of this.#candidates) {
			const hot = readHotFile(file);
			// A file that was left behind may have the number of this process, whose port a path means.
			if (!hot || ((isOwn || !URL.canParse(hot.url)) && !isOfThisProcess(hot))) continue;
			this.#hot = hot;
			this.#file = file;
			break;
		}

		const isSame = JSON.stringify(before) === JSON.stringify(this.#hot);
		if (this.#isProcessGone()) this.#fail('its process has ended');
		// Whether the port is closed is known after the next `probe()`.
		else if (!isSame) this.#failure = undefined;
		return !isSame || failureBefore !== this.#failure;
	}

	/** Looks whether the port of the dev server is open. Gives whether that is news. Never rejects. */
	async probe(): Promise<boolean> {
		const {hot, failure: before} = this;
		if (!hot || this.#isProcessGone() || !hot.url || !URL.canParse(hot.url)) return false;
		const url = new URL(hot.url);
		// What a container or another machine listens at can't be known here: the browser connects, and not this server.
		if (!this.#isOfThisMachine()) return false;
		const isClosed = await isPortClosed(url);
		if (hot !== this.#hot) return false;
		if (isClosed) this.#fail('nothing listens there any more');
		else this.#failure = undefined;
		return before !== this.#failure;
	}

	#isOfThisMachine(): boolean {
		return this.#hot?.details?.hostname === hostname();
	}

	#isProcessGone(): boolean {
		const {details} = this.#hot ?? {};
		return details !== undefined && this.#isOfThisMachine() && !isProcessRunning(details.processId);
	}

	#fail(reason: string): void {
		const file = path.relative('', this.#file ?? '');
		const message = `The hot file \`${file}\` names a dev server at ${this.#hot?.url}, and ${reason}. Start it again, for example with \`npx vite\`, or delete the file to use the last build.`;
		if (this.#failure?.message !== message) this.#failure = new HotFileError(message);
	}
}

/** Only a refusal says so; what takes long or has no route says nothing. */
async function isPortClosed({protocol, hostname: host, port}: URL): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect({
			host: host.replace(/^\[|\]$/g, ''),
			port: Number(port) || (protocol === 'https:' ? 443 : 80),
			timeout: connectLimit,
		});
		const end = (isClosed: boolean): void => {
			socket.destroy();
			resolve(isClosed);
		};
		socket.once('connect', () => end(false));
		socket.once('timeout', () => end(false));
		socket.once('error', error => end(isRefused(error)));
	});
}

/** Of a name with several addresses, every one is tried, and all have to refuse. */
function isRefused(error: Error): boolean {
	if (error instanceof AggregateError) return error.errors.every(each => isRefused(each as Error));
	return 'code' in error && error.code === 'ECONNREFUSED';
}
