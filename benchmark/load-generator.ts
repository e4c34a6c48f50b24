import {Child} from './child.ts';
import type {Load, LoadResult} from './load/messages.ts';

/** The load generator in a process of its own. */
export class LoadGenerator {
	readonly #child = new Child<Load, LoadResult>('load/main.ts');

	async run(load: Load): Promise<LoadResult> {
		return this.#child.ask(load);
	}

	async stop(): Promise<void> {
		await this.#child.stop();
	}
}
