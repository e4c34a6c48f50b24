import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, symlinkSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Tools} from './vite-server.ts';
import {waitFor} from './wait-for.ts';

export type Ended = {readonly code: number | null; readonly signal: NodeJS.Signals | null};

export type RunningProcess = {
	readonly child: ChildProcess;
	/** Everything that it printed so far. */
	output(): string;
	/** Waits for a text in what it prints; fails with the whole of it when the process ends without. */
	waitForText(text: string): Promise<void>;
	readonly ended: Promise<Ended>;
};

/** Lets a project import `koa-inertia` and `vite` by their names, as one in which they are installed does. */
export function linkPackages(directory: string, {own, viteDirectory}: Tools): void {
	const modules = path.join(directory, 'node_modules');
	mkdirSync(modules);
	const koa = path.dirname(createRequire(import.meta.url).resolve('koa/package.json'));
	for (const [name, target] of Object.entries({koa, 'koa-inertia': own, vite: viteDirectory})) {
		symlinkSync(target, path.join(modules, name), 'junction');
	}
}

/** Starts Node in a directory, in a process group of its own as a terminal has it, and ends it with the test. */
export function startProcess(
	t: ExecutionContext,
	directory: string,
	parameters: readonly string[],
	env: Readonly<Record<string, string>> = {},
): RunningProcess {
	const {NODE_ENV, NODE_OPTIONS, CI, ...inherited} = process.env;
	const child = spawn(process.execPath, parameters, {
		cwd: directory,
		env: {...inherited, ...env},
		stdio: ['pipe', 'pipe', 'pipe'],
		detached: true,
	});
	let output = '';
	let hasEnded = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', text => {
			output += text;
		});
	}

	child.stdin.on('error', () => undefined);
	const ended = once(child, 'close').then(([code, signal]) => {
		hasEnded = true;
		return {code, signal};
	});
	t.teardown(async () => {
		if (hasEnded) return;
		child.kill('SIGKILL');
		await ended;
	});
	return {
		child,
		output: () => output,
		ended,
		async waitForText(text) {
			await waitFor(() => {
				if (!output.includes(text) && hasEnded) throw new Error(`It ended without ${text}: ${output}`);
				return output.includes(text);
			}, 30_000);
		},
	};
}

/** Runs the text of a module. */
export function startModule(
	t: ExecutionContext,
	directory: string,
	source: string,
	env: Readonly<Record<string, string>> = {},
): RunningProcess {
	return startProcess(t, directory, ['--input-type=module', '--eval', source], env);
}

/** Runs the command `vite` with the config file of the project. */
export function startCommand(
	t: ExecutionContext,
	{viteDirectory}: Tools,
	directory: string,
	parameters: readonly string[] = [],
): RunningProcess {
	const command = path.join(viteDirectory, 'bin/vite.js');
	return startProcess(t, directory, [command, ...parameters]);
}
