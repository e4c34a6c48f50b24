import {connect, type Socket} from 'node:net';
import type {LoadRequest} from './messages.ts';

type PreparedRequest = {bytes: Buffer; status: string; answerLength: number};

const readLength = (chunk: Buffer): number => {
	const end = chunk.indexOf('\r\n\r\n');
	const [, length] = /content-length: (\d+)/i.exec(chunk.toString('latin1', 0, Math.max(end, 0))) ?? [];
	if (length === undefined) {
		throw new Error(`An answer without its length can’t be counted:\n${chunk.toString('latin1', 0, 500)}`);
	}

	return end + 4 + Number(length);
};

/**
A keep-alive connection that sends the next request as soon as an answer is complete.

It parses the head of the first answer to each request. Later answers must have the same status and the same length. It
looks at nothing else, because a generator that parses would be slower than the server that it measures.
*/
export class Connection {
	readonly #socket: Socket;
	readonly #requests: PreparedRequest[];
	readonly #onAnswer: () => boolean;
	#turn: number;
	#received = 0;
	#sent: PreparedRequest | undefined;

	/** `onAnswer` says whether to go on. */
	constructor(port: number, requests: readonly LoadRequest[], turn: number, onAnswer: () => boolean) {
		this.#requests = requests.map(({text, status}) => ({
			bytes: Buffer.from(text),
			status: String(status),
			answerLength: 0,
		}));
		this.#turn = turn;
		this.#onAnswer = onAnswer;
		this.#socket = connect({port, host: '127.0.0.1', noDelay: true});
		this.#socket.on('data', chunk => this.#read(chunk));
	}

	async run(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#socket.on('error', reject);
			this.#socket.on('close', () => resolve());
			this.#socket.on('connect', () => this.#send());
		});
	}

	#send(): void {
		this.#received = 0;
		this.#sent = this.#requests[this.#turn++ % this.#requests.length];
		if (this.#sent !== undefined) {
			this.#socket.write(this.#sent.bytes);
		}
	}

	#read(chunk: Buffer): void {
		if (this.#sent === undefined) {
			return;
		}

		if (this.#received === 0) {
			this.#readHead(chunk, this.#sent);
		}

		this.#received += chunk.length;
		if (this.#received > this.#sent.answerLength) {
			this.#socket.destroy(new Error('An answer is longer than the first one to the same request.'));
		} else if (this.#received === this.#sent.answerLength) {
			this.#finish();
		}
	}

	#readHead(chunk: Buffer, sent: PreparedRequest): void {
		if (chunk.toString('latin1', 9, 12) !== sent.status) {
			this.#socket.destroy(new Error(`Expected the status ${sent.status}:\n${chunk.toString('latin1', 0, 500)}`));
		} else if (sent.answerLength === 0) {
			sent.answerLength = readLength(chunk);
		}
	}

	#finish(): void {
		if (this.#onAnswer()) {
			this.#send();
		} else {
			this.#socket.end();
		}
	}
}
