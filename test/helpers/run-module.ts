import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';

export type Outcome = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

type Surroundings = {
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
	/** How many files the process may have open. */
	readonly openFiles?: number;
};

/**
 * Runs the text of a module in a process of its own, for what depends on the working directory or the environment.
 * `koa-inertia` and what follows it in quotes stand for the package under test.
 */
export async function runModule(source: string, {cwd, env = {}, openFiles}: Surroundings): Promise<Outcome> {
	const code = source.replaceAll(/'((?:koa-inertia|koa)(?:\/[a-z]+)?)'/g, (_, name: string) =>
		JSON.stringify(import.meta.resolve(name)),
	);
	const {NODE_ENV, NODE_OPTIONS, ...inherited} = process.env;
	const command = [process.execPath, '--input-type=module', '--eval', code] as const;
	const [program, ...rest] =
		openFiles === undefined
			? command
			: (['sh', '-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...command] as const);
	const child = spawn(program, rest, {cwd, env: {...inherited, ...env}, stdio: ['ignore', 'pipe', 'pipe']});
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: child.exitCode, stdout, stderr};
}
