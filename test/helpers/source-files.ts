import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

export interface SourceFile {
	/** Relative to the root of the repository. */
	readonly name: string;
	readonly text: string;
	readonly lines: readonly string[];
	/** The files of the repository that it imports, types included. */
	readonly imports: readonly string[];
}

export const repository = path.join(import.meta.dirname, '../..');

/** The text of a file of the repository. */
export async function readRepositoryFile(name: string): Promise<string> {
	return readFile(path.join(repository, name), 'utf8');
}

/** Every TypeScript file below a directory of the repository, in the order of names. */
export async function readSourceFiles(directory: string): Promise<SourceFile[]> {
	const names = (await readdir(path.join(repository, directory), {recursive: true})).map(toSlashes);
	const files = names.filter(name => /\.tsx?$/.test(name) && !/(?:^|\/)node_modules\//.test(name));
	return Promise.all(
		files.toSorted().map(async file => {
			const name = `${directory}/${file}`;
			const text = await readRepositoryFile(name);
			const imports = [...text.matchAll(/(?:^(?:import|export)\b[^;]*? from |^import |\bimport\()'(\.[^']+)'/gm)];
			return {
				name,
				text,
				lines: text.trimEnd().split('\n'),
				imports: imports.map(([, relative]) => path.posix.join(path.posix.dirname(name), relative!)),
			};
		}),
	);
}

/** Each line that fits a pattern, behind its file and number. */
export function findLines(files: readonly SourceFile[], pattern: RegExp): string[] {
	return files.flatMap(({name, lines}) =>
		lines.flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
	);
}

function toSlashes(name: string): string {
	return name.replaceAll('\\', '/');
}
