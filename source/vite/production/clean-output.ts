import {readdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';

/**
 * Deletes what builds before the last one left in the output directory. Those of the last one stay: tabs that are open
 * load its chunks still, and a server that runs beside the build names its files until it has seen the new manifest.
 *
 * In place of Vite's emptying, which comes before the new files are there. What was written since the build began stays
 * too, whoever wrote it: not every plugin tells Vite of its files.
 */
export function cleanOutput(directory: string, kept: ReadonlySet<string>, startedAt: number): void {
	for (const entry of readdirSync(directory, {recursive: true, withFileTypes: true})) {
		if (entry.isDirectory()) continue;
		const file = path.join(entry.parentPath, entry.name);
		// A map goes with the file that it is of.
		const name = path
			.relative(directory, file)
			.split(path.sep)
			.join('/')
			.replace(/\.map$/, '');
		const isOld = (statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0) < startedAt;
		if (isOld && !kept.has(name)) rmSync(file, {force: true});
	}
}
