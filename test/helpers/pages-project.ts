import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdir, readFile, symlink, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import type {ExecutionContext} from 'ava';
import {findPages} from '../../source/assets/development/find-pages.ts';
import {writePagesDeclaration} from '../../source/vite/pages/pages-declaration.ts';
import {createDirectory} from './build.ts';
import {type Files, writeFiles} from './files.ts';

/** The text of a line in `server.ts`; of another file the place with the message. */
export type Failure = string;

const root = path.join(import.meta.dirname, '../..');
const frameworks = path.join(root, 'test/frameworks');
const require = createRequire(path.join(frameworks, 'package.json'));

/** The compilers; the one of the frameworks still has the interface in JavaScript that their checkers use. */
export const compilers = {
	'TypeScript 7': path.join(root, 'node_modules/typescript/bin/tsc'),
	'TypeScript 6': require.resolve('typescript/lib/tsc.js'),
} as const;

const compilerOptions = {
	target: 'es2022',
	lib: ['es2023', 'dom'],
	module: 'preserve',
	moduleResolution: 'bundler',
	types: ['node'],
	strict: true,
	// As the frameworks' own templates have it. It leaves out the declaration too, but not what uses it.
	skipLibCheck: true,
	noEmit: true,
};

/** A project as a user has it: the pages, a server that renders them, and the declaration, which is written here. */
export async function createPagesProject(t: ExecutionContext, files: Files): Promise<string> {
	const directory = await createDirectory(t);
	await writeFiles(directory, {'package.json': '{"type": "module"}', ...files});
	await mkdir(path.join(directory, 'node_modules/@types'), {recursive: true});
	await symlink(root, path.join(directory, 'node_modules/koa-inertia'));
	for (const name of ['koa', 'react', 'svelte', 'vue', '@types/koa', '@types/node', '@types/react']) {
		const places = [frameworks, root].map(place => path.join(place, 'node_modules', name));
		await symlink(places.find(place => existsSync(place))!, path.join(directory, 'node_modules', name));
	}

	writePagesDeclaration(path.join(directory, 'types/pages.d.ts'), findPages(path.join(directory, 'pages')));
	return directory;
}

/** What a compiler refuses; `vue-tsc` is one that reads Vue's files too. */
export async function compile(
	directory: string,
	compiler: keyof typeof compilers | 'vue-tsc',
	options: object = {},
): Promise<Failure[]> {
	const config = await writeConfig(directory, options);
	const vueChecker = `require(${JSON.stringify(require.resolve('vue-tsc'))})`;
	const program =
		compiler === 'vue-tsc'
			? ['--eval', `${vueChecker}.run(${JSON.stringify(compilers['TypeScript 6'])})`, compiler]
			: [compilers[compiler]];
	const output = await run(directory, [...program, '--project', config, '--pretty', 'false']);
	const failures = [...output.matchAll(/^(?:(\S+)\((\d+),\d+\): )?error (.*)/gm)];
	return describe(
		directory,
		failures.map(([, file = config, line = 0, message]) => ({file, line: Number(line), message: message!})),
	);
}

/** What the checker for Svelte refuses, in scripts and in Svelte's files. */
export async function checkSvelte(directory: string, options: object = {}): Promise<Failure[]> {
	const config = await writeConfig(directory, options);
	const checker = path.join(path.dirname(require.resolve('svelte-check/package.json')), 'bin/svelte-check');
	const output = await run(directory, [
		checker,
		'--tsconfig',
		config,
		'--output',
		'machine-verbose',
		'--threshold',
		'error',
	]);
	if (!/ COMPLETED \d+ FILES/.test(output)) throw new Error(output);
	const failures = [...output.matchAll(/^\d+ (\{.*\})$/gm)].map(([, json]) => JSON.parse(json!));
	return describe(
		directory,
		failures.map(({filename, start, message}) => ({file: filename, line: start.line + 1, message})),
	);
}

/** Compares with the lines of a server that end with one of the marks, such as `// wrong`. */
export function compare(
	failures: readonly Failure[],
	server: string,
	marks: readonly string[],
): {missed: Failure[]; unexpected: Failure[]} {
	const lines = server.split('\n').filter(line => marks.some(mark => line.endsWith(`// ${mark}`)));
	return {
		missed: lines.filter(line => !failures.includes(line)),
		unexpected: failures.filter(failure => !lines.includes(failure)),
	};
}

/** Runs so many tasks at once, and the others after them. */
export function createQueue(width: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
	const lanes: Promise<unknown>[] = Array.from({length: width}, () => Promise.resolve());
	let count = 0;
	return task => {
		const lane = count % width;
		count += 1;
		const result = lanes[lane]!.then(task);
		lanes[lane] = result.catch(() => {});
		return result;
	};
}

async function writeConfig(directory: string, options: object): Promise<string> {
	const file = path.join(directory, `tsconfig.${randomUUID()}.json`);
	const include = ['server.ts', 'types'];
	await writeFile(file, JSON.stringify({compilerOptions: {...compilerOptions, ...options}, include}));
	return file;
}

async function run(cwd: string, command: readonly string[]): Promise<string> {
	const child = spawn(process.execPath, command, {cwd, stdio: ['ignore', 'pipe', 'pipe']});
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	if (stderr) throw new Error(stderr);
	return stdout;
}

/** Each line once; one call may be wrong in two ways. */
async function describe(
	directory: string,
	failures: ReadonlyArray<{readonly file: string; readonly line: number; readonly message: string}>,
): Promise<Failure[]> {
	const lines = (await readFile(path.join(directory, 'server.ts'), 'utf8')).split('\n');
	const described = failures.map(({file, line, message}) =>
		file === 'server.ts' ? lines[line - 1]! : `${file}:${line} ${message}`,
	);
	return [...new Set(described)];
}
