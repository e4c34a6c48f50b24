import {type ChildProcess, execFile, fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {createAssets} from 'koa-inertia/assets';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {serve} from '../helpers/serve.ts';
import {createProject, readSnippets, type Snippet} from '../helpers/snippets.ts';

const snippets = await readSnippets();
const select = (language: string): Snippet[] => snippets.filter(snippet => snippet.language === language);

const runners: Record<string, (t: ExecutionContext, code: string, snippet: Snippet) => Promise<void>> = {
	ts(t, code) {
		if (code.includes('defineConfig(')) return buildByConfig(t, code);
		if (code.includes('viteMiddleware(')) return runDevelopment(t, code);
		return code.includes('app.listen(3000)') ? runApplication(t, code) : runScript(t, code);
	},
	njk: async (t, code) => {
		const directory = await createProject(t);
		await writeFile(path.join(directory, 'views/app.njk'), code);
		await runApplication(t, select('ts')[0]!.code, directory);
	},
	http: checkExchange,
	sh: checkCommands,
};

for (const snippet of snippets) {
	const {name, language, code} = snippet;
	test(`the snippet ${name} (${language}) does what it says`, async t => {
		await runners[language]!(t, code, snippet);
	});
}

const dashboardVersion = '0123456789abcdef';

const registersPages = (code: string): boolean => code.includes('interface Pages');

test('the snippets pass the type check', async t => {
	await checkTypes(
		t,
		select('ts').filter(({code}) => !registersPages(code)),
	);
});

// One by one: the pages of one would be those of all.
for (const snippet of select('ts').filter(({code}) => registersPages(code))) {
	test(`the snippet ${snippet.name}, which registers pages, passes the type check`, async t => {
		await checkTypes(t, [snippet]);
	});
}

async function checkTypes(t: ExecutionContext, checked: readonly Snippet[]): Promise<void> {
	const directory = await createProject(t);
	await Promise.all(
		checked.map(({code}, index) => writeFile(path.join(directory, `snippet-${index}.ts`), `${code}\nexport {};\n`)),
	);
	const compilerOptions = {
		strict: true,
		noEmit: true,
		target: 'es2022',
		module: 'nodenext',
		types: ['node'],
		skipLibCheck: true,
	};
	await writeFile(path.join(directory, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['*.ts']}));
	const compiler = path.join(directory, 'node_modules/typescript/bin/tsc');
	await t.notThrowsAsync(promisify(execFile)(process.execPath, [compiler, '-p', directory]));
}

/** Asks the application of a snippet for a document and a page. */
async function runApplication(t: ExecutionContext, code: string, project?: string): Promise<void> {
	const url = await serveApplication(t, code, project);
	const document = await fetch(url);
	const html = await document.text();
	t.is(document.status, 200, html);
	t.true(html.includes('<script data-page="app" type="application/json">'));
	t.true(html.includes('assets/main-a.js') || !code.includes('manifest'));
	const version = document.headers.get('x-inertia-version')!;
	const page = await fetch(url, {headers: {'X-Inertia': 'true', 'X-Inertia-Version': version}});
	t.is(((await page.json()) as {version: string}).version, version);
	t.is((await fetch(url, {headers: {'X-Inertia': 'true', 'X-Inertia-Version': 'old'}})).status, 409);
}

/** Serves the application of a snippet from a process of its own. */
async function serveApplication(
	t: ExecutionContext,
	code: string,
	project?: string,
	environment: NodeJS.ProcessEnv = {},
): Promise<string> {
	const directory = project ?? (await createProject(t));
	const manifest = await readFile(path.join(directory, 'public/build/.vite/manifest.json'));
	const cdn = await serve(t, (_request, response) => response.end(manifest));
	const application = code
		.replace('app.listen(3000);', "const server = app.listen(0, '127.0.0.1', () => process.send!(server.address()));")
		.replaceAll('http://localhost:9000', cdn);
	const child = await start(t, directory, application, environment);
	const [address] = await once(child, 'message');
	return `http://127.0.0.1:${address.port}/`;
}

/** Builds a project by the Vite config of a snippet, and serves the build without any path. */
async function buildByConfig(t: ExecutionContext, config: string): Promise<void> {
	const directory = await createViteProject(t, config);
	const vite = path.join(directory, 'node_modules/vite/bin/vite.js');
	await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {cwd: directory});
	const url = await serveApplication(t, findApplicationWithoutPaths(), directory);
	const html = await (await fetch(url)).text();
	t.regex(html, /src="\/build\/assets\/main-[\w-]+\.js"/);
	t.regex(await readFile(path.join(directory, 'source/inertia-pages.d.ts'), 'utf8'), /'?Home'?: /);
}

/** Runs the application of a snippet with Vite in it, by the Vite config that the guide shows before. */
async function runDevelopment(t: ExecutionContext, code: string): Promise<void> {
	const config = select('ts').find(snippet => snippet.code.includes('defineConfig('))!;
	const directory = await createViteProject(t, config.code);
	const url = await serveApplication(t, code, directory, {NODE_ENV: 'development'});
	const html = await (await fetch(url)).text();
	for (const [, source] of html.matchAll(/<script type="module" src="([^"]+)"/g)) {
		t.is((await fetch(new URL(source!, url))).status, 200, source);
	}

	t.regex(html, /src="\/build\/source\/main\.tsx"/);
}

function findApplicationWithoutPaths(): string {
	return select('ts').find(({code}) => code.includes('app.use(inertia());') && !code.includes('viteMiddleware'))!.code;
}

async function createViteProject(t: ExecutionContext, config: string): Promise<string> {
	const directory = await createProject(t);
	await mkdir(path.join(directory, 'source/pages'), {recursive: true});
	await writeFile(path.join(directory, 'vite.config.ts'), config);
	await writeFile(path.join(directory, 'source/main.tsx'), "import.meta.glob('./pages/**/*.tsx');");
	await writeFile(path.join(directory, 'source/pages/Home.tsx'), 'export default () => <h1>Hello</h1>;');
	return directory;
}

async function runScript(t: ExecutionContext, code: string): Promise<void> {
	const directory = await createProject(t);
	const {version} = createAssets({manifest: path.join(directory, 'public/build/.vite/manifest.json')});
	const child = await start(t, directory, code);
	const [output, [exitCode]] = await Promise.all([text(child.stdout!), once(child, 'exit')]);
	t.is(exitCode, 0);
	t.true(output.includes(version));
}

async function start(
	t: ExecutionContext,
	directory: string,
	code: string,
	environment: NodeJS.ProcessEnv = {},
): Promise<ChildProcess> {
	const file = path.join(directory, 'snippet.ts');
	await writeFile(file, code);
	const child = fork(file, {
		cwd: directory,
		env: {...process.env, ...environment},
		execArgv: ['--import=tsx'],
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	t.teardown(() => child.kill());
	return child;
}

/**
 * A request and its answer: every header that is shown must be there as shown.
 *
 * Asked of the application that the guide shows before, unless it is the dashboard's. `<version>` stands for that of the
 * application, `<time>` for any number.
 */
async function checkExchange(t: ExecutionContext, exchange: string, snippet: Snippet): Promise<void> {
	const url = exchange.includes(dashboardVersion)
		? await serveDashboard(t)
		: await serveApplication(t, findApplicationBefore(snippet));
	const version = (await fetch(url)).headers.get('x-inertia-version')!;
	const [asked, answered] = exchange
		.replaceAll('<version>', version)
		.trim()
		.split(/\n\n(?=HTTP\/)/);
	const [request, sent] = asked!.split('\n\n');
	const [response, body = ''] = answered!.split('\n\n');
	const [requestLine, ...requestHeaders] = request!.split('\n');
	const [statusLine, ...responseHeaders] = response!.split('\n');
	const [method, target] = requestLine!.split(' ');
	const answer = await fetch(new URL(target!, url), {
		method: method!,
		headers: parseHeaders(requestHeaders),
		redirect: 'manual',
		...(sent !== undefined && {body: sent}),
	});

	t.is(`HTTP/1.1 ${answer.status} ${answer.statusText}`, statusLine!);
	for (const [name, value] of parseHeaders(responseHeaders)) t.is(answer.headers.get(name), value, name);
	const received = (await answer.text()).replaceAll(/(?<="expiresAt":)\d+/g, '"<time>"');
	// Written in several lines, but with the members in the order of the answer.
	t.is(received, body === '' ? '' : JSON.stringify(JSON.parse(body)));
}

function findApplicationBefore(snippet: Snippet): string {
	const [file] = snippet.name.split(' ');
	const before = snippets.slice(0, snippets.indexOf(snippet));
	return before.findLast(({name, code}) => name.startsWith(`${file} `) && code.includes('app.listen(3000)'))!.code;
}

async function serveDashboard(t: ExecutionContext): Promise<string> {
	const {url} = await createApp(t, {manifest: createManifest(), version: dashboardVersion, hotFile: false}, ctx =>
		ctx.inertia.render('Dashboard', {user: 'Alice'}),
	);
	return url;
}

function parseHeaders(lines: readonly string[]): Array<[string, string]> {
	return lines.map(line => line.split(': ') as [string, string]);
}

/** The commands of the README are what the continuous integration runs; here they must at least exist. */
async function checkCommands(t: ExecutionContext, code: string): Promise<void> {
	const {scripts} = JSON.parse(await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
	const commands = [...code.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, command]) => command!);
	t.true(commands.length > 0);
	t.deepEqual(
		commands.filter(command => command !== 'ci' && !scripts[command]),
		[],
	);
}
