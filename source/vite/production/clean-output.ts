import {readdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';

/**
 * Deletes the files that older builds left in the output directory. The files in `kept` stay: those of this build and
 * of the last one. Open tabs still load chunks of the last build, and a server that runs during the build names its
 * files until it has seen the new manifest.
 *
 * We don't let Vite empty the directory, because it does so before the new files are there. Files that were written
 * since the build began stay too, because not every plugin tells Vite about its files.
 */
export function cleanOutput(directory: string, kept: ReadonlySet<string>, startedAt: number): void {
	for (const entry of readdirSync(directory, {recursive: true, withFileTypes: true})) {
		if (entry.isDirectory()) continue;
		const file = path.join(entry.parentPath, entry.name);
		// A source map stays as long as its file.
		const name = path
			.relative(directory, file)
			.split(path.sep)
			.join('/')
			.replace(/\.map$/, '');
		const isOld = (statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0) < startedAt;
		if (isOld && !kept.has(name)) rmSync(file, {force: true});
	}
}
