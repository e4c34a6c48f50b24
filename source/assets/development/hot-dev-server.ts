import {connect} from 'node:net';
import {hostname} from 'node:os';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {HotFileError} from '../../errors/assets.ts';
import {type HotFile, isOfThisProcess, readHotFile, toOwnHotFile} from './hot-file.ts';
import {isProcessRunning} from './is-process-running.ts';

/** Milliseconds that a connection to the dev server may take, which is on this machine. */
const connectLimit = 500;

/**
 * The dev server that the hot file names, and whether the file is stale: a dev server that is killed leaves its hot file
 * behind.
 */
export class HotDevServer {
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

	/** Reads the hot file again. Gives whether something has changed: another dev server, none any more, or one that is gone. */
	read(): boolean {
		const {hot: before, failure: failureBefore} = this;
		this.#file = undefined;
		this.#hot = undefined;
		for (const {file, isOwn} of this.#candidates) {
			const hot = readHotFile(file);
			// A path means the port of this process, and a hot file that was left behind may name a process of the same number.
			if (!hot || ((isOwn || !URL.canParse(hot.url)) && !isOfThisProcess(hot))) continue;
			this.#hot = hot;
			this.#file = file;
			break;
		}

		const isSame = isDeepStrictEqual(before, this.#hot);
		if (this.#isProcessGone()) this.#fail('its process has ended');
		// Whether the port is closed is known after the next `probe()`.
		else if (!isSame) this.#failure = undefined;
		return !isSame || failureBefore !== this.#failure;
	}

	/** Looks whether the port of the dev server is open. Gives whether something has changed. Never rejects. */
	async probe(): Promise<boolean> {
		const {hot, failure: before} = this;
		if (!hot || this.#isProcessGone() || !hot.url || !URL.canParse(hot.url)) return false;
		const url = new URL(hot.url);
		// The browser connects to the dev server of a container or another machine, and this server may not reach it.
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

/** Only a refused connection says that nothing listens. One that takes long or has no route says nothing. */
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

/** Every address of a host name is tried, and all of them have to refuse. */
function isRefused(error: Error): boolean {
	if (error instanceof AggregateError) return error.errors.every(each => isRefused(each as Error));
	return 'code' in error && error.code === 'ECONNREFUSED';
}
