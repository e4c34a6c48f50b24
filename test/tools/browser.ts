import {execFile, spawn} from 'node:child_process';
import {realpathSync} from 'node:fs';
import {access, constants, readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {chromium} from 'playwright-core';

const run = promisify(execFile);

/** Gives the path of a Chrome or Chromium that starts, and installs one when there is none. */
export async function findBrowser(): Promise<string> {
	const chosen = process.env.CHROME_PATH;

	if (chosen) {
		const reason = await findFault(chosen);

		if (reason) {
			throw new Error(
				`\`CHROME_PATH\` names ${chosen}, and ${reason}. Let it name the executable of a Chrome or Chromium, or unset it.`,
			);
		}

		return chosen;
	}

	return (await findInstalled()) ?? (await install());
}

async function findInstalled(): Promise<string | undefined> {
	for (const candidate of [...namesOnPath(), ...wellKnownPlaces(), chromium.executablePath()]) {
		if (!(await findFault(candidate))) {
			return candidate;
		}
	}

	return undefined;
}

/**
 * Existing isn't enough: Ubuntu's `chromium-browser` is a script that asks for a snap, and a browser without its
 * system libraries dies at once. Both are found out by asking for the version.
 */
async function findFault(file: string): Promise<string | undefined> {
	try {
		await access(file, constants.X_OK);
	} catch {
		return 'there is no executable file';
	}

	// On Windows the question would open a window instead of printing an answer.
	if (process.platform === 'win32') {
		return undefined;
	}

	try {
		const {stdout} = await run(file, ['--version'], {timeout: 30_000});
		return /chrom(e|ium)\D*\d+\./i.test(stdout) ? undefined : `it calls itself "${firstLine(stdout)}"`;
	} catch (error) {
		return `it doesn't run (${firstLine(error)})`;
	}
}

function namesOnPath(): string[] {
	const directories = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	const names =
		process.platform === 'win32'
			? ['chrome.exe', 'chromium.exe']
			: ['google-chrome-stable', 'google-chrome', 'chrome', 'chromium', 'chromium-browser'];

	return names.flatMap(name => directories.map(directory => path.join(directory, name)));
}

function wellKnownPlaces(): string[] {
	const {env} = process;

	if (process.platform === 'darwin') {
		return ['/Applications', path.join(env.HOME ?? '/', 'Applications')].flatMap(directory => [
			path.join(directory, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
			path.join(directory, 'Chromium.app/Contents/MacOS/Chromium'),
		]);
	}

	if (process.platform === 'win32') {
		return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
			.filter(directory => directory !== undefined)
			.flatMap(directory => [
				path.join(directory, 'Google/Chrome/Application/chrome.exe'),
				path.join(directory, 'Chromium/Application/chrome.exe'),
			]);
	}

	return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium'];
}

async function install(): Promise<string> {
	const failures: string[] = [];

	for (const [name, step] of await installSteps()) {
		try {
			await step();
			const found = await findInstalled();

			if (found) {
				return found;
			}

			const reason = await findFault(chromium.executablePath());
			failures.push(`${name}: finished, but no browser starts (Playwright's: ${reason})`);
		} catch (error) {
			failures.push(`${name}: ${firstLine(error)}`);
		}
	}

	throw new Error(
		[
			'No Chrome or Chromium was found, and none could be installed.',
			...failures.map(failure => `- ${failure}`),
			'Install Chrome or Chromium by hand, or let `CHROME_PATH` name its executable.',
		].join('\n'),
	);
}

async function installSteps(): Promise<Array<[name: string, step: () => Promise<void>]>> {
	const steps: Array<[string, () => Promise<void>]> = [];
	const mayUseApt = process.getuid?.() === 0 && (await isDebianLike());

	if (mayUseApt) {
		// The timeout makes a second caller wait for the first instead of failing on its lock.
		const options = ['-o', 'DPkg::Lock::Timeout=300', '-y'];

		steps.push([
			'apt-get',
			async () => {
				await runAloud('apt-get', ['update', ...options]);
				await runAloud('apt-get', ['install', ...options, '--no-install-recommends', 'chromium']);
			},
		]);
	}

	const playwright = path.join(
		path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
		'cli.js',
	);

	steps.push([
		'playwright-core install chromium',
		() => runAloud(process.execPath, [playwright, 'install', ...(mayUseApt ? ['--with-deps'] : []), 'chromium']),
	]);

	return steps;
}

async function isDebianLike(): Promise<boolean> {
	if (process.platform !== 'linux') {
		return false;
	}

	const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
	return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** What an installer says goes to standard error: standard output belongs to the path of the browser. */
function runAloud(command: string, values: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, values, {
			stdio: ['ignore', process.stderr, process.stderr],
			env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
		});

		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) {
				resolve();
			} else {
				reject(new Error(`\`${command} ${values.join(' ')}\` ended with ${signal ?? code}`));
			}
		});
	});
}

function firstLine(error: unknown): string {
	return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	try {
		console.log(await findBrowser());
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
