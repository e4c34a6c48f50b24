import {Child} from './child.ts';
import type {AppName} from './servers/apps.ts';
import type {Answer, Question} from './servers/messages.ts';

/** A server in a fresh process. */
export class ServerProcess {
	readonly #child: Child<Question, Answer>;
	readonly port: number;

	private constructor(child: Child<Question, Answer>, port: number) {
		this.#child = child;
		this.port = port;
	}

	static async start(app: AppName, manifest: string, version = '', flags: string[] = []): Promise<ServerProcess> {
		const child = new Child<Question, Answer>('servers/main.ts', [app, manifest, version], flags);
		const answer = await child.receive();
		if (!('port' in answer)) {
			throw new TypeError(`The server \`${app}\` didn’t tell its port.`);
		}

		return new ServerProcess(child, answer.port);
	}

	/** CPU time that the process has used, in microseconds. */
	async cpu(): Promise<number> {
		return this.#ask('cpu');
	}

	/** Used heap after a garbage collection, in bytes; needs the flag `--expose-gc`. */
	async heap(): Promise<number> {
		return this.#ask('heap');
	}

	async stop(): Promise<void> {
		await this.#child.stop();
	}

	async #ask(question: Question): Promise<number> {
		const answer = await this.#child.ask(question);
		return 'value' in answer ? answer.value : Number.NaN;
	}
}
