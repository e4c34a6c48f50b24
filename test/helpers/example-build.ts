import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, readdir, readFile, rename, symlink, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import {createDirectory} from './build.ts';

/** A piece of the example's code, and what stands there in the copy. */
export type Change = {
	readonly file: string;
	readonly from: string;
	readonly to: string;
};

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** The program of the Vite that the example uses. */
export const vite = path.join(
	path.dirname(createRequire(path.join(repository, 'example/package.json')).resolve('vite/package.json')),
	'bin/vite.js',
);

/** Copies the example to a directory of its own, changes the copy and builds it with Vite. */
export async function buildExample(t: ExecutionContext, changes: readonly Change[] = []): Promise<string> {
	const copy = await copyExample(t, changes);
	// In a process of its own, because Vite takes the test runner's `NODE_ENV` for a wish to build for development.
	const {NODE_ENV, NODE_OPTIONS, NODE_V8_COVERAGE, ...env} = process.env;
	await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {cwd: copy, env});

	return copy;
}

/** Copies the example to a directory of its own, without a build, and changes the copy. */
export async function copyExample(t: ExecutionContext, changes: readonly Change[] = []): Promise<string> {
	const root = await createDirectory(t);
	const original = path.join(repository, 'example');
	const copy = path.join(root, 'example');
	const isLeft = (file: string) =>
		/^(?:public\/build|public\/hot.*|data|node_modules)$/.test(path.relative(original, file).replaceAll('\\', '/'));

	await cp(original, copy, {recursive: true, filter: file => !isLeft(file)});

	// The same two levels as in the repository, so that whatever npm installed into either of them is found. In the copy
	// itself one by one: the directory stays its own, and with it what the dev server keeps there.
	await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'junction');
	const modules = path.join(original, 'node_modules');

	for (const name of existsSync(modules) ? await readdir(modules) : []) {
		if (!name.startsWith('.')) {
			await mkdir(path.join(copy, 'node_modules'), {recursive: true});
			await symlink(path.join(modules, name), path.join(copy, 'node_modules', name), 'junction');
		}
	}

	for (const change of changes) {
		await changeExample(copy, change);
	}

	return copy;
}

/** Puts a build in place the way a careful deploy does: the files first, then the manifest, in one step. */
export async function deployBuild(from: string, to: string): Promise<void> {
	const source = path.join(from, 'public/build');
	const target = path.join(to, 'public/build');

	await cp(path.join(source, 'assets'), path.join(target, 'assets'), {recursive: true});

	const waiting = path.join(target, '.vite/manifest.json.next');
	await mkdir(path.dirname(waiting), {recursive: true});
	await writeFile(waiting, await readFile(path.join(source, '.vite/manifest.json')));
	await rename(waiting, path.join(target, '.vite/manifest.json'));
}

/** Changes a file of a copy, as an editor does that saves it. */
export async function changeExample(directory: string, {file, from, to}: Change): Promise<void> {
	const target = path.join(directory, file);
	const text = await readFile(target, 'utf8');

	if (!text.includes(from)) {
		throw new Error(`The test wants to change \`${from}\` in example/${file}, and it isn't there`);
	}

	await writeFile(
		target,
		text.replace(from, () => to),
	);
}
