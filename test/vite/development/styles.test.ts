import {connect} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createAssets} from 'koa-inertia/assets';
import type {InlineConfig, Plugin} from 'vite';
import {createDirectory} from '../../helpers/build.ts';
import {listUrls} from '../../helpers/document.ts';
import {type Files, writeFiles} from '../../helpers/files.ts';
import {linkPackages, startModule} from '../../helpers/vite-process.ts';
import {choosePort, createProject, get, loadTools, readHot, startServer} from '../../helpers/vite-server.ts';

const style = (name: string): string => `:root { --${name}: loaded; }\n`;

const files: Files = {
	'source/main.ts': `import './reset.css';
import {layout} from './layout.ts';
import './main.css';
import text from './text.css?inline';
import address from './address.css?url';
import 'library';
import 'library/library.css';

Object.assign(window, {layout, text, address, pages: import.meta.glob('./pages/**/*.ts')});
export * from './again.ts';
`,
	'source/reset.css': style('reset'),
	'source/layout.ts': `import './layout.css';
import card from './card.module.css';
import './main.ts';

export const layout = card.card;
`,
	'source/layout.css': style('layout'),
	'source/card.module.css': `.card { --card: loaded; }\n`,
	'source/main.css': `@import './imported.css';\n${style('main')}`,
	'source/imported.css': style('imported'),
	'source/text.css': style('text'),
	'source/address.css': style('address'),
	'source/again.ts': "import './reset.css';\nimport './again.css';\n\nexport const again = 1;\n",
	'source/again.css': style('again'),
	'source/pages/Home.ts': "import './home.css';\n",
	'source/pages/home.css': style('home'),
	'source/other.ts': "import './other.css';\n",
	'source/other.css': style('other'),
	'node_modules/library/package.json': '{"name": "library", "type": "module", "main": "index.js"}',
	'node_modules/library/index.js': "import './hidden.css';\n",
	'node_modules/library/hidden.css': style('hidden'),
	'node_modules/library/library.css': style('library'),
};

const listNames = (text: string): string[] =>
	Array.from(text.matchAll(/--([\w-]+): (?:loaded|changed)/g), ([, name]) => name!);

const malformedTargets = [
	'//',
	'/%',
	'*',
	'http://localhost/build/@koa-inertia/styles.css//',
	'/build//',
	'/build/%',
	'/build/%E0%A4%A',
	'/build/%00',
	'/build/@fs/%',
	'/build/@fs//%00',
	'/build/@id/__x00__',
	'/build/@id/%',
	'/build/@koa-inertia/client.js//',
	'/build/@koa-inertia/client.js?%',
	'/build/source/main.ts?%',
	'/build/source/main.ts?import&url&raw&%',
];

/** The answer to a request whose target no client would send. */
const askRaw = async (port: number, target: string): Promise<string> => {
	const socket = connect(port, 'localhost');
	socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
	socket.setEncoding('utf8');
	return (await socket.toArray()).join('');
};

for (const tools of await loadTools()) {
	const title = `Vite ${tools.version}`;
	const input = ['source/main.ts', 'source/other.ts'];
	const start = async (t: ExecutionContext, project: Files = files, config: InlineConfig = {}) => {
		const root = await createProject(t, project);
		const server = await startServer(t, tools, root, {config, options: {input}});
		const {url} = (await readHot(root))!;
		return {root, server, url, ask: (query: string) => get(`${url}/@koa-inertia/styles.css?${query}`)};
	};

	test(`${title}: the stylesheets that an entry imports at once come in the order of their imports`, async t => {
		const {ask} = await start(t);
		const {status, headers, text} = await ask('entry=source/main.ts');
		t.is(status, 200);
		t.is(headers.get('content-type'), 'text/css; charset=utf-8');
		t.is(headers.get('cache-control'), 'no-store');
		t.deepEqual(listNames(text), ['reset', 'layout', 'card', 'imported', 'main', 'library', 'again']);
		t.regex(text, /\._card_\w+/);
		t.notRegex(text, /import |export |__vite/);
	});

	test(`${title}: several entries come in the order that is asked for, and what they share once`, async t => {
		const {ask} = await start(t, {...files, 'source/other.ts': "import './other.css';\nimport './reset.css';\n"});
		t.deepEqual(listNames((await ask('entry=source/other.ts&entry=%2Fsource/main.ts')).text).slice(0, 4), [
			'other',
			'reset',
			'layout',
			'card',
		]);
		t.is((await ask('')).text, '');
	});

	test(`${title}: a change is in the next answer`, async t => {
		const {ask, root} = await start(t);
		t.regex((await ask('entry=source/other.ts')).text, /--other: loaded/);
		await writeFiles(root, {'source/other.css': ':root { --other: changed; }\n'});
		const deadline = performance.now() + 10_000;
		let text = '';
		while (!text.includes('--other: changed') && performance.now() < deadline) {
			text = (await ask('entry=source/other.ts')).text;
		}

		t.regex(text, /--other: changed/);
	});

	test(`${title}: only entries are read, and no other file of the machine`, async t => {
		const elsewhere = await createDirectory(t);
		await writeFiles(elsewhere, {'secret.txt': 'secret', 'secret.css': style('secret')});
		const {ask, root} = await start(t, {...files, 'secret.css': style('secret'), '.env': 'secret'});
		const relative = path.relative(root, elsewhere);
		const names = [
			`${relative}/secret.css`,
			`${relative}/secret.txt?raw&.css`,
			`${elsewhere.slice(1)}/secret.txt?raw&.css`,
			`@fs${elsewhere}/secret.css`,
			'.env?raw&.css',
			'.env?.css',
			'secret.css',
			'source/none.ts',
			'source/main.ts?raw&.css',
		];
		for (const name of names) {
			const {status, text} = await ask(`entry=${encodeURIComponent(name)}`);
			t.is(status, 200);
			t.is(text, '', name);
		}
	});

	test(`${title}: what can't be transformed is left out, and the rest is there`, async t => {
		const {ask, url} = await start(t, {
			...files,
			'source/main.ts': `import './reset.css';
import './broken.ts';
import './theme.scss';
import './broken.css';
import './data.json';
import './main.css';
`,
			'source/broken.ts': "import './layout.css';\nexport const = 1;\n",
			'source/theme.scss': '$color: red;\n:root { --scss: $color; }\n',
			'source/broken.css': ':root { --broken: loaded;\n@import url(\n',
			'source/data.json': '{"a": 1}',
		});
		const names = listNames((await ask('entry=source/main.ts')).text);
		t.deepEqual(
			names.filter(name => name !== 'broken'),
			['reset', 'imported', 'main'],
		);
		t.is((await get(`${url}/source/broken.ts`)).status, 500);
	});

	test(`${title}: an entry that imports what isn't there has no styles, and the dev server goes on`, async t => {
		const {ask, url} = await start(t, {...files, 'source/main.ts': "import './none.css';\nimport './main.css';\n"});
		t.is((await ask('entry=source/main.ts')).status, 200);
		t.is((await get(`${url}/source/other.ts`)).status, 200);
	});

	test(`${title}: names with characters that need care`, async t => {
		const {ask} = await start(t, {
			...files,
			'source/main.ts': "import './it’s 50% & more.css';\nimport './ünï/[id].css';\n",
			'source/it’s 50% & more.css': style('odd'),
			'source/ünï/[id].css': style('id'),
		});
		t.deepEqual(listNames((await ask('entry=source/main.ts')).text), ['odd', 'id']);
	});

	test(`${title}: a module that takes long is not waited for`, async t => {
		const held: Array<() => void> = [];
		const slow: Plugin = {
			name: 'slow',
			transform: (_, id) =>
				id.endsWith('layout.ts') ? new Promise(resolve => held.push(() => resolve(undefined))) : undefined,
		};
		const {ask} = await start(t, files, {plugins: [slow], server: {preTransformRequests: false}});
		// Vite ends when every module is through.
		t.teardown(() => {
			for (const release of held) release();
		});
		const started = performance.now();
		const {status, text} = await ask('entry=source/main.ts');
		t.is(status, 200);
		t.is(text, '');
		t.true(performance.now() - started < 10_000);
	});

	test(`${title}: the script for the browser takes the link away and loads a document anew when Vite is gone`, async t => {
		const {url} = await start(t);
		const {status, text, headers} = await get(`${url}/@koa-inertia/client.js`);
		t.is(status, 200);
		t.regex(headers.get('content-type')!, /javascript/);
		t.regex(text, /import\.meta\.hot = /);
		t.regex(text, /vite:ws:disconnect/);
	});

	test(`${title}: an entry outside of Vite's root is loaded, with its styles`, async t => {
		const project = await createProject(t, {
			...files,
			'client/index.ts': '',
			'source/main.ts': "import './main.css';\nimport '../client/index.ts';\n",
		});
		const root = path.join(project, 'client');
		const entry = '../source/main.ts';
		await startServer(t, tools, root, {options: {input: entry}});
		const hotFile = path.join(root, 'public/hot');
		const urls = listUrls(createAssets({manifest: `${hotFile}.none`, hotFile}).tags(entry));
		t.is(urls.length, 4);
		for (const url of urls) t.is((await get(url)).status, 200, url);
		t.regex(urls[2]!, /\/build\/@fs\/.*\/source\/main\.ts$/);
		t.true((await get(urls[2]!)).text.includes('main.css'));
		t.deepEqual(listNames((await get(urls[0]!)).text), ['imported', 'main']);
	});

	const config = "{configFile: false, logLevel: 'silent', plugins: [koaInertia({input: 'source/main.ts'})]}";
	const modes = {
		'by itself': `
			import {createServer} from 'vite';
			const server = await createServer({...${config}, server: {port: ${choosePort()}}});
			await server.listen();
			console.log('port', server.httpServer.address().port, 'end');
		`,
		'inside of an application': `
			import Koa from 'koa';
			import {viteMiddleware} from 'koa-inertia/vite';
			const app = new Koa();
			app.silent = true;
			app.use(await viteMiddleware(${config}));
			const server = app.listen(0, () => console.log('port', server.address().port, 'end'));
		`,
	};
	for (const [mode, code] of Object.entries(modes)) {
		test(`${title}: no malformed URL ends a dev server ${mode}`, async t => {
			const root = await createProject(t);
			linkPackages(root, tools);
			const running = startModule(t, root, `import {koaInertia} from 'koa-inertia/vite';\n${code}`);
			await running.waitForText('end');
			const port = Number(/port (\d+)/.exec(running.output())![1]);
			for (const target of malformedTargets) t.regex(await askRaw(port, target), /^HTTP\/1\.1 \d/, target);
			for (const rest of ['//', '//?entry=source/main.ts', '?entry=%&entry=%FF', '/%']) {
				t.regex(await askRaw(port, `/build/@koa-inertia/styles.css${rest}`), /^HTTP\/1\.1 200 /, rest);
			}

			const {status, text} = await get(`http://localhost:${port}/build/@koa-inertia/styles.css?entry=source/main.ts`);
			t.is(status, 200, running.output());
			t.true(text.includes('--main'));
			t.is(running.child.exitCode, null);
		});
	}
}
