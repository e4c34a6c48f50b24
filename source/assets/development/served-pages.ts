import {existsSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import {createPageError} from '../page-error.ts';
import {findPages} from './find-pages.ts';
import type {HotFile} from './hot-file.ts';

/** Finds the pages of a dev server, where its hot file names their directory and this machine has it. */
export function findServedPages({details}: HotFile): ServedPages | undefined {
	if (details?.pages === undefined || details.hostname !== hostname()) return undefined;
	return new ServedPages(details.pages);
}

/** The pages of a dev server, whose files come and go while it runs. */
export class ServedPages {
	readonly #directory: string;
	/** The files by the names of the pages, as they were at the last look. */
	#files: ReadonlyMap<string, string> = new Map();

	constructor(directory: string) {
		this.#directory = directory;
	}

	/**
	 * Looks for a page, and reads the directory again only where the page isn't known or its file is gone.
	 *
	 * We don't ask for the file alone, because some file systems find `users.tsx` for `Users.tsx`, and the client doesn't.
	 *
	 * @throws {OptionError} with the nearest name. An empty or missing directory says nothing about the pages.
	 */
	check(component: string): void {
		const known = this.#files.get(component);
		if (known !== undefined && existsSync(known)) return;
		this.#files = new Map(findPages(this.#directory).map(({name, file}) => [name, file]));
		if (this.#files.size === 0 || this.#files.has(component)) return;
		const directory = path.relative('', this.#directory) || this.#directory;
		throw createPageError(component, this.#files.keys(), {place: `\`${directory}\``, cure: 'add the component'});
	}
}
