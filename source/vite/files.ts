import {randomUUID} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Writes a file in one step, and the directories around it: whoever reads it meanwhile finds all of it or none. */
export function replaceFile(file: string, text: string): void {
	// By another name first, which is of nobody else's and of no kind that anything looks for.
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

/** The text of a file, or `undefined` where none can be read. */
export function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
