import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, readFile, rename, symlink, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import {createDirectory} from './build.ts';

/** A piece of the example's page code, and what stands there in the copy. */
export type Change = {
	readonly file: string;
	readonly from: string;
	readonly to: string;
};

const repository = fileURLToPath(new URL('../..', import.meta.url));
const vite = path.join(
	path.dirname(createRequire(path.join(repository, 'example/package.json')).resolve('vite/package.json')),
	'bin/vite.js',
);

/** Copies the example to a directory of its own, changes the copy and builds it with Vite. */
export async function buildExample(t: ExecutionContext, changes: readonly Change[] = []): Promise<string> {
	const root = await createDirectory(t);
	const original = path.join(repository, 'example');
	const copy = path.join(root, 'example');
	const builtOrData = new Set(['public/build', 'data', 'node_modules'].map(name => path.join(original, name)));

	await cp(original, copy, {recursive: true, filter: source => !builtOrData.has(path.normalize(source))});

	// The same two levels as in the repository, so that whatever npm installed into either of them is found.
	for (const level of ['', 'example']) {
		const modules = path.join(repository, level, 'node_modules');

		if (existsSync(modules)) {
			await symlink(modules, path.join(root, level, 'node_modules'), 'junction');
		}
	}

	for (const change of changes) {
		await applyChange(copy, change);
	}

	// In a process of its own, because Vite takes the test runner's `NODE_ENV` for a wish to build for development.
	const {NODE_ENV, NODE_OPTIONS, NODE_V8_COVERAGE, ...env} = process.env;
	await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {cwd: copy, env});

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

async function applyChange(directory: string, {file, from, to}: Change): Promise<void> {
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
