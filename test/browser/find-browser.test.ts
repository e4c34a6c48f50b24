import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {createDirectory} from '../helpers/build.ts';
import {findBrowser} from '../tools/browser.ts';

test.serial('`findBrowser` prefers `CHROME_PATH`', async t => {
	const browser = await findBrowser();
	setChromePath(browser);
	t.teardown(() => setChromePath(undefined));

	t.is(await findBrowser(), browser);
});

test.serial('`findBrowser` says why `CHROME_PATH` is of no use, instead of taking another browser', async t => {
	t.teardown(() => setChromePath(undefined));

	setChromePath('/nowhere/chrome');
	await t.throwsAsync(findBrowser(), {message: /`CHROME_PATH` names \/nowhere\/chrome.*no executable file.*unset it/});

	if (process.platform === 'win32') {
		return;
	}

	const directory = await createDirectory(t);
	const stub = path.join(directory, 'chromium');

	await writeFile(stub, '#!/bin/sh\necho "Please install the chromium snap" >&2\nexit 1\n');
	await chmod(stub, 0o755);
	setChromePath(stub);
	await t.throwsAsync(findBrowser(), {message: /it doesn't run/});

	await writeFile(stub, '#!/bin/sh\necho "Lynx 2.9"\n');
	await t.throwsAsync(findBrowser(), {message: /calls itself "Lynx 2\.9"/});
});

test.serial('`findBrowser` passes by a program on `PATH` that only looks like a browser', async t => {
	const {PATH} = process.env;
	const directory = await createDirectory(t);
	t.teardown(() => {
		process.env.PATH = PATH;
	});

	const stub = path.join(directory, 'google-chrome-stable');
	await writeFile(stub, '#!/bin/sh\nexit 1\n');
	await chmod(stub, 0o755);
	process.env.PATH = `${directory}${path.delimiter}${PATH}`;

	t.not(await findBrowser(), stub);
});

function setChromePath(value: string | undefined) {
	if (value === undefined) {
		delete process.env.CHROME_PATH;
	} else {
		process.env.CHROME_PATH = value;
	}
}
