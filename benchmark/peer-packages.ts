import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const directory = fileURLToPath(new URL('peers', import.meta.url));
const modules = new URL('peers/node_modules/', import.meta.url);
const isWindows = process.platform === 'win32';

/** Installs the peers, which stand in a package of their own, unless they are there already. */
export const installPeers = async (): Promise<void> => {
	// npm writes this file last: without it an installation was broken off.
	if (existsSync(new URL('.package-lock.json', modules))) {
		return;
	}

	console.log('\nInstalling the peers');
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
	const npm = spawn('npm', ['ci', '--prefix', directory, ...flags], {stdio: 'inherit', shell: isWindows});
	const [code] = await once(npm, 'exit');
	if (code !== 0) {
		throw new Error(`The peers can’t be installed: \`npm ci\` in \`benchmark/peers\` ended with the code ${code}.`);
	}
};

/** The version that is installed, for the report. */
export const readPeerVersion = (packageName: string): string =>
	JSON.parse(readFileSync(new URL(`${packageName}/package.json`, modules), 'utf8')).version;
