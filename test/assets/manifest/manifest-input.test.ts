import {execFile} from 'node:child_process';
import {open, rm, utimes, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {promisify} from 'node:util';
import test from 'ava';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {createBuild, createManifest} from '../../helpers/build.ts';
import {runModule} from '../../helpers/run-module.ts';
import {serve} from '../../helpers/serve.ts';
import {waitFor} from '../../helpers/wait-for.ts';
import {collectWarnings} from '../../helpers/warnings.ts';

const run = promisify(execFile);
const versionOf = (manifest: Manifest): string => createAssets({manifest, hotFile: false}).version;
const [first, second] = [createManifest('a'), createManifest('b')];
const [firstVersion, secondVersion] = [versionOf(first), versionOf(second)];

test('a pipe in place of the manifest or the hot file holds up neither the looks nor the end of the process', async t => {
	const build = await createBuild(t, first);
	await build.writeFiles(second);
	const code = `
		import {execFileSync} from 'node:child_process';
		import {renameSync, rmSync, writeFileSync} from 'node:fs';
		import {setTimeout as delay} from 'node:timers/promises';
		import {createAssets} from 'koa-inertia/assets';
		process.on('warning', ({code}) => console.log(code));
		const [path, next] = ${JSON.stringify([build.manifest, JSON.stringify(second)])};
		execFileSync('mkfifo', ['hot']);
		const assets = createAssets({manifest: path, hotFile: 'hot'});
		console.log(assets.version);
		rmSync(path);
		execFileSync('mkfifo', [path]);
		let longest = 0;
		const look = async times => {
			for (let count = 0; count < times; count += 1) {
				const before = performance.now();
				assets.version;
				longest = Math.max(longest, performance.now() - before);
				await delay(100);
			}
		};
		await look(25);
		writeFileSync(path + '.next', next);
		renameSync(path + '.next', path);
		await look(25);
		console.log(assets.version, longest < 50);
		process.exit();
	`;
	const started = performance.now();
	const {stdout, code: exitCode} = await runModule(code, {cwd: build.directory});
	t.deepEqual(stdout.trim().split('\n'), [firstVersion, 'ERR_INERTIA_MANIFEST_UNREADABLE', `${secondVersion} true`]);
	t.is(exitCode, 0);
	t.true(performance.now() - started < 20_000);
});

test('a manifest that is a pipe or too long at start is named by the error', async t => {
	const build = await createBuild(t, first);
	await writeFile(build.manifest, `{"a": {"file": "${'x'.repeat(34_000_000)}"}}`);
	const tooLong = t.throws(() => createAssets({manifest: build.manifest, hotFile: false}), {
		code: 'ERR_INERTIA_MANIFEST_UNREADABLE',
	});
	t.regex(tooLong.message, /can't be read: it has 340\d+ bytes/);
	await rm(build.manifest);
	await run('mkfifo', [build.manifest]);
	const pipe = t.throws(() => createAssets({manifest: build.manifest, hotFile: false}), {
		code: 'ERR_INERTIA_MANIFEST_UNREADABLE',
	});
	t.regex(pipe.message, /it is not a regular file/);
});

test('a manifest without end behind http fails with one warning, and leaves memory and event loop alone', async t => {
	let isEndless = false;
	let sent = 0;
	let open = 0;
	const chunk = Buffer.alloc(1_000_000, ' ');
	const url = await serve(t, (_request, response) => {
		if (!isEndless) {
			response.end(JSON.stringify(first));
			return;
		}

		open += 1;
		response.on('close', () => {
			open -= 1;
		});
		const write = (): void => {
			for (let goesOn = true; goesOn && !response.destroyed; sent += chunk.length) goesOn = response.write(chunk);
		};
		response.on('drain', write);
		write();
	});
	const warnings = collectWarnings(t, url);
	const assets = createAssets({manifest: url, hotFile: false});
	await assets.ready();
	isEndless = true;
	const before = process.memoryUsage().rss;
	let longest = 0;
	for (let count = 0; count < 35; count += 1) {
		const started = performance.now();
		await delay(100);
		longest = Math.max(longest, performance.now() - started - 100);
		t.is(assets.version, firstVersion);
	}

	await waitFor(() => open === 0);
	t.is(warnings.length, 1);
	t.regex(warnings[0]!.message, /it has more than 33554432 bytes/);
	t.true(process.memoryUsage().rss - before < 300_000_000, `${process.memoryUsage().rss - before} bytes`);
	t.true(longest < 1000, `${longest} ms`);
	t.true(sent > 33_000_000);
});

test('the body of an answer that is not wanted is not read', async t => {
	let open = 0;
	const server = createServer((_request, response) => {
		open += 1;
		response.on('close', () => {
			open -= 1;
		});
		response.writeHead(503);
		response.write('no end');
	});
	server.listen(0, '127.0.0.1');
	t.teardown(() => server.closeAllConnections());
	t.teardown(() => server.close());
	await waitFor(() => server.listening);
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/manifest.json`;
	const started = performance.now();
	await t.throwsAsync(createAssets({manifest: url, hotFile: false}).ready(), {code: 'ERR_INERTIA_MANIFEST_UNREADABLE'});
	await waitFor(() => open === 0);
	t.true(performance.now() - started < 4000);
});

test('a manifest that is overwritten in place is not taken over while it is a mixture of two builds', async t => {
	const build = await createBuild(t, first);
	await build.writeFiles(second);
	const [before, after] = [first, second].map(manifest => JSON.stringify(manifest, undefined, '\t'));
	t.is(before!.length, after!.length);
	const assets = createAssets({manifest: build.manifest, hotFile: false});
	const seen = new Set<string>();
	const half = Math.floor(after!.length / 2);
	const file = await open(build.manifest, 'r+');
	t.teardown(() => file.close());
	for (let round = 0; round < 4; round += 1) {
		// Both halves come from different builds all the time but for the last round, and somebody is still writing.
		for (let write = 0; write < 6; write += 1) {
			await file.write(after!.slice(0, half + write), 0);
			seen.add(assets.version);
			await delay(90);
		}

		await delay(50);
	}

	await file.write(after!, 0);
	await waitFor(() => {
		seen.add(assets.version);
		return assets.version === secondVersion;
	});
	t.deepEqual([...seen], [firstVersion, secondVersion]);
});

test('a manifest whose date lies in the future is taken over all the same', async t => {
	const build = await createBuild(t, first);
	const assets = createAssets({manifest: build.manifest, hotFile: false});
	await build.deploy(second);
	const future = new Date(Date.now() + 3_600_000);
	await utimes(build.manifest, future, future);
	await waitFor(() => assets.version === secondVersion);
	t.pass();
});

test('another URL in front of the same files is another version, and the same URL said twice is not', t => {
	const create = (base?: string) => createAssets({manifest: first, hotFile: false, ...(base && {base})}).version;
	t.is(create('/'), create());
	t.not(create('https://cdn.example.com/'), create());
	t.not(create('https://cdn.example.com/'), create('https://cdn2.example.com/'));
	t.is(create('https://cdn.example.com'), create('https://cdn.example.com/'));
	const built: Manifest = {...first, '_shared.js': {...first['_shared.js']!, base: '/build/'}};
	t.is(
		createAssets({manifest: built, hotFile: false}).version,
		createAssets({manifest: built, hotFile: false, base: '/build/'}).version,
	);
});
