/**
Runs the tests on several Node versions: `npm run test:matrix`, or `npm run test:matrix -- 22 24` for others.

The binaries are the npm packages `node-<platform>-<architecture>`. The package `node` around them fetches the same ones
with an install script, which npm may be told not to run.
*/
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = path.join(root, 'node_modules/ava/entrypoints/cli.mjs');
const isWindows = process.platform === 'win32';
const versions = process.argv.length > 2 ? process.argv.slice(2) : ['24', '26'];

type Installed = {binary: string; version: string};

const install = async (version: string, directory: string): Promise<Installed> => {
	const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
	const installed = path.join(directory, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
	const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
	await run('npm', ['install', '--prefix', directory, ...flags, `${name}@${version}`], {shell: isWindows});
	const {stdout} = await run(installed, ['--version']);
	const actual = stdout.trim();
	if (!actual.startsWith(`v${version}.`) && actual !== `v${version}`) {
		throw new Error(`\`${name}@${version}\` runs as ${actual}.`);
	}

	return {binary: installed, version: actual};
};

const runTests = async ({binary}: Installed): Promise<boolean> => {
	// First on PATH too: tests may start `node` by its name.
	const {PATH: inherited = '', ...environment} = process.env;
	const PATH = `${path.dirname(binary)}${path.delimiter}${inherited}`;
	const child = spawn(binary, [runner], {cwd: root, env: {...environment, PATH}, stdio: 'inherit'});
	const [code] = (await once(child, 'exit')) as [number | null];
	return code === 0;
};

const check = async (version: string): Promise<string> => {
	const directory = await mkdtemp(path.join(tmpdir(), `koa-inertia-node-${version}-`));
	try {
		const installed = await install(version, directory);
		console.log(`\nNode ${installed.version}`);
		if (!(await runTests(installed))) {
			process.exitCode = 1;
			return `✘ Node ${installed.version}: tests failed`;
		}

		return `✔ Node ${installed.version}: tests passed`;
	} catch (error) {
		process.exitCode = 1;
		return `✘ Node ${version}: ${error instanceof Error ? error.message : String(error)}`;
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
};

const results: string[] = [];
for (const version of versions) {
	results.push(await check(version));
}

console.log(`\n${results.join('\n')}`);
