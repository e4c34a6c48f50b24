import {randomUUID} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Writes a file in one step, and creates its directories. A reader never finds a half-written file. */
export function replaceFile(file: string, text: string): void {
	// Write to a temporary name first; the UUID is unique, and no watcher looks for such a file.
	const draft = `${file}.${randomUUID()}`;
	mkdirSync(path.dirname(file), {recursive: true});
	try {
		writeFileSync(draft, text);
		renameSync(draft, file);
	} catch (error) {
		rmSync(draft, {force: true});
		throw error;
	}
}

/** Returns the text of a file, or `undefined` if it can't be read. */
export function readTextFile(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
