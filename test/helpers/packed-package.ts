import {execFile} from 'node:child_process';
import {cp, mkdir, mkdtemp, readFile, realpath, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {gunzipSync} from 'node:zlib';

export interface PackedPackage {
	/** Where the file was packed. Whoever packs removes it. */
	readonly directory: string;
	/** Bytes of the packed file. */
	readonly size: number;
	/** The text of each file in it, by path. */
	readonly files: ReadonlyMap<string, string>;
	/** Makes a project with the package and others installed, and gives its directory. */
	install(others: readonly string[]): Promise<string>;
}

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');

/** Packs a copy of the repository as it would be published, since packing builds `distribution/` anew. */
export async function packPackage(): Promise<PackedPackage> {
	const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'koa-inertia-pack-')));
	const copy = path.join(directory, 'copy');
	for (const name of ['LICENSE', 'README.md', 'build', 'package.json', 'source', 'views']) {
		await cp(path.join(repository, name), path.join(copy, name), {recursive: true});
	}

	for (const name of ['tsconfig.json', 'tsconfig.build.json']) {
		await cp(path.join(repository, name), path.join(copy, name));
	}

	await symlink(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
	const isWindows = process.platform === 'win32';
	const options = {cwd: copy, env: withoutTools(), shell: isWindows};
	const {stdout} = await run('npm', ['pack', '--json', '--pack-destination', '..'], options);
	const [{filename}] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
	const packed = await readFile(path.join(directory, filename));
	const files = readTar(gunzipSync(packed));
	let projects = 0;
	return {
		directory,
		size: packed.length,
		files,
		async install(others) {
			const project = path.join(directory, `project-${++projects}`);
			for (const [file, text] of files) {
				const installed = path.join(project, 'node_modules/koa-inertia', file);
				await mkdir(path.dirname(installed), {recursive: true});
				await writeFile(installed, text);
			}

			for (const name of others) {
				const link = path.join(project, 'node_modules', name);
				await mkdir(path.dirname(link), {recursive: true});
				await symlink(path.join(repository, 'node_modules', name), link, 'junction');
			}

			return project;
		},
	};
}

/** The environment for programs that neither count coverage nor load TypeScript, both of which cost them time. */
export function withoutTools(): NodeJS.ProcessEnv {
	const {NODE_ENV, NODE_OPTIONS, NODE_V8_COVERAGE, ...environment} = process.env;
	return environment;
}

/** Reads the files of a package: headers of 512 bytes, each before its file. All of it stands in `package/`. */
function readTar(tar: Buffer): Map<string, string> {
	const files = new Map<string, string>();
	for (let start = 0; tar[start] !== 0; ) {
		const [name = ''] = tar.toString('latin1', start, start + 100).split('\0');
		const size = Number.parseInt(tar.toString('latin1', start + 124, start + 136), 8);
		const text = start + 512;
		files.set(name.replace(/^package\//, ''), tar.toString('utf8', text, text + size));
		start = text + Math.ceil(size / 512) * 512;
	}

	return files;
}
