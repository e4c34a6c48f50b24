import {existsSync, readdirSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';

/** The text of each file by its path below a directory. */
export type Files = Readonly<Record<string, string>>;

/** Writes files into a directory, and makes the directories that they need. */
export async function writeFiles(directory: string, files: Files): Promise<void> {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(directory, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, content);
	}
}

/** The names of all hot files of a project, which dev servers keep while they run. */
export function listHotFiles(directory: string): string[] {
	const folder = path.join(directory, 'public');
	return existsSync(folder) ? readdirSync(folder).filter(name => name.startsWith('hot')) : [];
}
