import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import process from 'node:process';
import type {ExecutionContext} from 'ava';
import {vite} from './example-build.ts';
import {waitFor} from './wait-for.ts';

export type RunningProcess = {
	/** Without a slash at its end. */
	readonly url: string;
	/** Everything that it has written so far. */
	readonly output: string;
	/** Sends the signal and waits for the end. Gives the milliseconds that it took. */
	end(signal?: NodeJS.Signals): Promise<number>;
};

type Start = {
	/** The arguments for Node. */
	readonly command: readonly string[];
	readonly directory: string;
	/** What the process writes once it is ready, with the address in its group. */
	readonly ready: RegExp;
	readonly environment?: Readonly<Record<string, string>>;
};

/** Starts Vite's dev server in a process of its own, at a port that is free. */
export async function startDevServer(t: ExecutionContext, directory: string): Promise<RunningProcess> {
	const port = String(await findFreePort());
	return startProcess(t, {
		command: [vite, '--port', port, '--strictPort', '--clearScreen', 'false'],
		directory,
		ready: /Local:\s+(http:\/\/localhost:\d+)/,
	});
}

/** Starts the example's server as a developer does, beside a dev server. */
export async function startDevelopmentApplication(t: ExecutionContext, directory: string): Promise<RunningProcess> {
	return startProcess(t, {
		command: ['--import=tsx', 'server.ts'],
		directory,
		ready: isOpen,
		environment: {NODE_ENV: 'development', PORT: '0'},
	});
}

/** Starts the example with Vite inside, in one process. `flags` are for Node. */
export async function startOneProcess(
	t: ExecutionContext,
	directory: string,
	flags: readonly string[] = [],
): Promise<RunningProcess> {
	return startProcess(t, {
		command: [...flags, '--import=tsx', 'development.ts'],
		directory,
		ready: isOpen,
		// The same one after a restart.
		environment: {PORT: String(await findFreePort())},
	});
}

const isOpen = /Nightbook is open at (http:\/\/localhost:\d+)/;

/** With `--watch` the process goes on when its program fails. */
const failedUnderWatch = 'Failed running';

async function startProcess(
	t: ExecutionContext,
	{command, directory, ready, environment = {}}: Start,
): Promise<RunningProcess> {
	// What the test runner adds is for the tests.
	const {NODE_ENV, NODE_OPTIONS, NODE_V8_COVERAGE, FORCE_COLOR, VITEST, ...inherited} = process.env;
	const child = spawn(process.execPath, command, {
		cwd: directory,
		env: {...inherited, NO_COLOR: '1', ...environment},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';

	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', text => {
			output += text;
		});
	}

	t.teardown(() => endProcess(child));
	await waitFor(() => ready.test(output) || hasEnded(child) || output.includes(failedUnderWatch), 40_000);
	const url = ready.exec(output)?.[1];

	if (url === undefined) {
		throw new Error(`The process ended before it was ready:\n${output}`);
	}

	return {
		url,
		get output() {
			return output;
		},
		async end(signal = 'SIGTERM') {
			const start = performance.now();
			await endProcess(child, signal);
			return performance.now() - start;
		},
	};
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
	if (hasEnded(child)) {
		return;
	}

	const ended = once(child, 'exit');
	child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
	await ended;
	clearTimeout(timer);
}

function hasEnded({exitCode, signalCode}: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, 'localhost');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
