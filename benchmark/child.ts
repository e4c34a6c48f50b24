import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';

/** A process of our own that answers each message with one message. */
export class Child<Question extends string | object, Answer> {
	readonly #process: ChildProcess;

	constructor(file: string, values: readonly string[] = [], flags: readonly string[] = []) {
		this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), values, {
			execArgv: ['--import=tsx', ...flags],
			env: {...process.env, NODE_ENV: 'production'},
		});
	}

	async receive(): Promise<Answer> {
		const abort = new AbortController();
		const {signal} = abort;
		try {
			const ended = once(this.#process, 'exit', {signal}).then(([code]) => {
				throw new Error(`A process of the benchmark ended with the code ${code}.`);
			});
			const [answer] = await Promise.race([once(this.#process, 'message', {signal}), ended]);
			return answer;
		} finally {
			abort.abort();
		}
	}

	async ask(question: Question): Promise<Answer> {
		const answer = this.receive();
		this.#process.send(question);
		return answer;
	}

	async stop(): Promise<void> {
		const ended = once(this.#process, 'exit');
		this.#process.kill();
		await ended;
	}
}
