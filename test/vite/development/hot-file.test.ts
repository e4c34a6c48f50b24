import {existsSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {HotFileWriter} from '../../../source/vite/development/hot-file-writer.ts';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/files.ts';
import {
	type Ended,
	linkPackages,
	type RunningProcess,
	startCommand,
	startModule,
	startProcess,
} from '../../helpers/vite-process.ts';
import {choosePort, createProject, get, loadTools, plainFiles, readHot} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const start = (plugins: string, after = '', before = '') => `
import {existsSync} from 'node:fs';
import {koaInertia} from 'koa-inertia/vite';
import {createServer} from 'vite';

${before}
const server = await createServer({
	configFile: false,
	logLevel: 'warn',
	optimizeDeps: {noDiscovery: true, include: []},
	server: {port: ${choosePort()}},
	plugins: [${plugins}],
});
await server.listen();
${after}
console.log('ready', existsSync('public/hot'));
`;

const ownPlugin = "koaInertia({input: 'source/main.ts'})";

/** A handler as some packages have it: it cleans up, and sends the signal again when nobody else listens. */
const cleaner = `
const clean = () => {
	if (process.listenerCount('SIGINT') > 1) return;
	process.off('SIGINT', clean);
	console.log('cleaned');
	process.kill(process.pid, 'SIGINT');
};
process.on('SIGINT', clean);
`;

type WayOut = {
	readonly name: string;
	readonly signal?: NodeJS.Signals;
	readonly after?: string;
	readonly before?: string;
	readonly prints?: string;
	/** When it is the same with and without the plugin, which it is compared with too. */
	readonly ended: Ended;
};

const waysOut: readonly WayOut[] = [
	{name: '`process.exit()`', after: 'setTimeout(() => process.exit(3), 300);', ended: {code: 3, signal: null}},
	{
		name: 'the end of the event loop',
		after:
			'await server.watcher.close();\nserver.httpServer.unref();\nprocess.stdin.unref();\nsetTimeout(() => {}, 300);',
		ended: {code: 0, signal: null},
	},
	{
		name: 'an uncaught exception',
		after: "setTimeout(() => {\n\tthrow new Error('uncaught');\n}, 300);",
		prints: 'uncaught',
		ended: {code: 1, signal: null},
	},
	{
		name: 'a rejection that nobody handles',
		after: "setTimeout(() => void Promise.reject(new Error('unhandled')), 300);",
		prints: 'unhandled',
		ended: {code: 1, signal: null},
	},
	{name: '`SIGINT`', signal: 'SIGINT', ended: {code: null, signal: 'SIGINT'}},
	{name: '`SIGHUP`', signal: 'SIGHUP', ended: {code: null, signal: 'SIGHUP'}},
	// Vite listens to this one itself.
	{name: '`SIGTERM`', signal: 'SIGTERM', ended: {code: 143, signal: null}},
	{
		name: "`SIGINT` with a handler of the user's",
		signal: 'SIGINT',
		after: "process.on('SIGINT', () => {\n\tconsole.log('mine');\n\tsetTimeout(() => process.exit(7), 300);\n});",
		prints: 'mine',
		ended: {code: 7, signal: null},
	},
	{
		name: '`SIGINT` with a cleaner before',
		signal: 'SIGINT',
		before: cleaner,
		prints: 'cleaned',
		ended: {code: null, signal: 'SIGINT'},
	},
	{
		name: '`SIGINT` with a cleaner after',
		signal: 'SIGINT',
		after: cleaner,
		prints: 'cleaned',
		ended: {code: null, signal: 'SIGINT'},
	},
];

const countText = ({output}: RunningProcess, text: string): number => output().split(text).length - 1;

for (const tools of await loadTools()) {
	const title = `Vite ${tools.version}`;
	const createLinkedProject = async (t: ExecutionContext, files = plainFiles): Promise<string> => {
		const root = await createProject(t, files);
		linkPackages(root, tools);
		return root;
	};
	const run = async (t: ExecutionContext, root: string, plugins: string, {after, before, signal}: Partial<WayOut>) => {
		const running = startModule(t, root, start(plugins, after, before));
		await running.waitForText('ready');
		if (signal) running.child.kill(signal);
		return {running, ended: await running.ended};
	};

	test(`${title}: the hot file is there as soon as the dev server listens, with its process`, async t => {
		const root = await createLinkedProject(t);
		const running = startModule(t, root, start(ownPlugin));
		await running.waitForText('ready');
		const hot = (await readHot(root))!;
		t.is(hot.processId, running.child.pid);
		t.deepEqual(hot.input, ['source/main.ts']);
		t.is((await get(`${hot.url}/source/main.ts`)).status, 200);
	});

	for (const {name, ended, prints, ...way} of waysOut) {
		test(`${title}: ${name} removes the hot file, and the process ends as without it`, async t => {
			const root = await createLinkedProject(t);
			const withPlugin = await run(t, root, ownPlugin, way);
			t.true(withPlugin.running.output().includes('ready true'));
			t.is(await readHot(root), undefined);
			t.deepEqual(withPlugin.ended, ended, withPlugin.running.output());
			const without = await run(t, root, '', way);
			t.deepEqual(without.ended, ended);
			if (!prints) return;
			t.is(countText(withPlugin.running, `${prints}\n`), countText(without.running, `${prints}\n`));
			t.true(countText(withPlugin.running, prints) > 0);
		});
	}

	test(`${title}: \`close()\` removes the hot file and every listener`, async t => {
		const root = await createLinkedProject(t);
		const code = `
			const names = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'];
			const count = () => names.map(name => process.listenerCount(name)).join();
			const before = count();
			const during = [];
			for (const round of [1, 2]) {
				const server = await (async () => {${start(ownPlugin).replace(/^import.*$/gm, '')} return server; })();
				during.push(count() !== before, existsSync('public/hot'));
				await server.restart();
				during.push(existsSync('public/hot'));
				await server.close();
			}
			console.log('result', before === count(), existsSync('public/hot'), ...during);
			process.exit();
		`;
		const imports =
			"import {existsSync} from 'node:fs';\nimport {koaInertia} from 'koa-inertia/vite';\nimport {createServer} from 'vite';\n";
		const running = startModule(t, root, imports + code);
		await running.ended;
		t.regex(running.output(), /result true false true true true true true true/);
	});

	test(`${title}: \`SIGKILL\` leaves the hot file, and the next dev server replaces it silently`, async t => {
		const root = await createLinkedProject(t);
		const {running} = await run(t, root, ownPlugin, {signal: 'SIGKILL'});
		t.is((await readHot(root))!.processId, running.child.pid);
		const next = startModule(t, root, start(ownPlugin));
		await next.waitForText('ready');
		t.is((await readHot(root))!.processId, next.child.pid);
		t.notRegex(next.output(), /another/);
		next.child.kill('SIGINT');
		await next.ended;
		t.is(await readHot(root), undefined);
	});

	const config = (port: number, base = '/build/') => `
		import {koaInertia} from 'koa-inertia/vite';

		export default {
			base: '${base}',
			cacheDir: '.cache',
			server: {port: ${port}},
			optimizeDeps: {noDiscovery: true, include: []},
			plugins: [koaInertia({input: 'source/main.ts'})],
		};
	`;
	const createCommandProject = (t: ExecutionContext) =>
		createLinkedProject(t, {...plainFiles, 'vite.config.js': config(choosePort())});
	const waitForHot = (root: string) => waitFor(() => existsSync(path.join(root, 'public/hot')), 30_000);

	test(`${title}: the command \`vite\` removes the hot file at Ctrl-C`, async t => {
		const root = await createCommandProject(t);
		const running = startCommand(t, tools, root);
		await waitForHot(root);
		// A terminal sends it to the whole group.
		process.kill(-running.child.pid!, 'SIGINT');
		t.deepEqual(await running.ended, {code: null, signal: 'SIGINT'});
		t.is(await readHot(root), undefined);
	});

	test(`${title}: the command \`vite\` removes the hot file at \`SIGTERM\``, async t => {
		const root = await createCommandProject(t);
		const running = startCommand(t, tools, root);
		await waitForHot(root);
		running.child.kill('SIGTERM');
		t.deepEqual(await running.ended, {code: 143, signal: null});
		t.is(await readHot(root), undefined);
	});

	// Vite takes keys from a terminal only, and `script` makes one.
	if (existsSync('/usr/bin/script') && process.platform === 'linux') {
		test(`${title}: the command \`vite\` removes the hot file at \`q\``, async t => {
			const root = await createCommandProject(t);
			const command = `exec '${process.execPath}' '${path.join(tools.viteDirectory, 'bin/vite.js')}'`;
			const code = `
				import {spawn} from 'node:child_process';
				const child = spawn('/usr/bin/script', ['-qec', ${JSON.stringify(command)}, '/dev/null'], {stdio: ['pipe', 'inherit', 'inherit']});
				process.stdin.pipe(child.stdin);
				child.on('close', code => process.exit(code));
			`;
			const running = startProcess(t, root, ['--input-type=module', '--eval', code]);
			await waitForHot(root);
			await running.waitForText('press');
			running.child.stdin!.write('q\n');
			t.deepEqual(await running.ended, {code: 0, signal: null});
			t.is(await readHot(root), undefined);
		});
	}

	test(`${title}: a restart of Vite with another config leaves a right hot file`, async t => {
		const root = await createCommandProject(t);
		const running = startCommand(t, tools, root);
		await waitForHot(root);
		const before = (await readHot(root))!;
		await writeFiles(root, {'vite.config.js': config(choosePort(), '/other/')});
		// One change may be two for a watcher, and so two restarts.
		await waitFor(async () => {
			const hot = await readHot(root);
			if (!hot?.url.endsWith('/other')) return false;
			t.is(hot.processId, before.processId);
			return get(`${hot.url}/source/main.ts`).then(
				({status}) => status === 200,
				() => false,
			);
		}, 30_000);
		running.child.kill('SIGINT');
		await running.ended;
		t.is(await readHot(root), undefined);
	});

	test(`${title}: of two dev servers the newer has the hot file, and the older gets it back`, async t => {
		const root = await createLinkedProject(t);
		const startOne = async (): Promise<RunningProcess> => {
			const running = startModule(t, root, start(ownPlugin));
			await running.waitForText('ready');
			return running;
		};
		const older = await startOne();
		const first = (await readHot(root))!;
		const newer = await startOne();
		const second = (await readHot(root))!;
		t.not(second.url, first.url);
		t.true(newer.output().includes(`another dev server, at ${first.url}`), newer.output());
		newer.child.kill('SIGINT');
		await newer.ended;
		t.deepEqual(await readHot(root), first);
		t.is((await get(`${first.url}/source/main.ts`)).status, 200);

		const newest = await startOne();
		const third = (await readHot(root))!;
		older.child.kill('SIGINT');
		await older.ended;
		t.deepEqual(await readHot(root), third);
		newest.child.kill('SIGINT');
		await newest.ended;
		t.is(await readHot(root), undefined);
	});

	test(`${title}: a hot file that can not be written is reported, and the dev server runs`, async t => {
		const root = await createLinkedProject(t);
		await writeFiles(root, {'public/hot/taken.txt': ''});
		const running = startModule(t, root, start(ownPlugin, "console.log(server.config.server.origin, 'runs');"));
		await running.waitForText('ready');
		t.regex(running.output(), /The hot file public\/hot was not written.*EISDIR/);
		const [, url] = /(http:\S+) runs/.exec(running.output())!;
		t.is((await get(`${url}/build/source/main.ts`)).status, 200);
	});

	test(`${title}: in a test runner there is no hot file`, async t => {
		const root = await createLinkedProject(t);
		const running = startModule(t, root, start(ownPlugin), {VITEST: 'true'});
		await running.waitForText('ready');
		t.is(await readHot(root), undefined);
	});
}

test('a hot file that can not be written leaves no draft', async t => {
	const directory = await createDirectory(t);
	await writeFiles(directory, {'hot/taken.txt': ''});
	const writer = new HotFileWriter(path.join(directory, 'hot'));
	t.throws(() => writer.write('http://localhost:5173\n'), {code: 'EISDIR'});
	t.deepEqual(await readdir(directory), ['hot']);
});
