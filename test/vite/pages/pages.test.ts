import {existsSync, readFileSync, watch, writeFileSync} from 'node:fs';
import {readdir, readFile, stat, symlink, utimes} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {InlineConfig} from 'vite';
import {type FoundPage, findPages, getPageName} from '../../../source/vite/pages/find-pages.ts';
import {createPagesDeclaration, writePagesDeclaration} from '../../../source/vite/pages/pages-declaration.ts';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/pages-project.ts';
import {choosePort, createConfig, createProject, loadTools, plainFiles} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

// Before any test: what is declared later is refused.
const allTools = await loadTools();

/** A directory with empty files. */
async function createTree(t: ExecutionContext, ...names: readonly string[]): Promise<string> {
	const directory = await createDirectory(t);
	await writeFiles(directory, Object.fromEntries(names.map(name => [name, ''])));
	return directory;
}

const listNames = (directory: string): string[] => findPages(directory).map(({name}) => name);

/** Pages of `/project/pages`. */
const pagesOf = (...names: readonly string[]): FoundPage[] =>
	names.map(name => ({name: name.replace(/\.[^.]+$/, ''), file: `/project/pages/${name}`}));

const declare = (...names: readonly string[]): string =>
	createPagesDeclaration('/project/types/pages.d.ts', pagesOf(...names));

const listMembers = (text: string): string[] => [...text.matchAll(/^\t\t('.*': .*;)$/gm)].map(([, member]) => member!);

test('a page is a component, under its path without the extension', async t => {
	const directory = await createTree(t, 'A.tsx', 'B.jsx', 'C.vue', 'D.svelte', 'E.ts', 'F.js', 'Users/Show.tsx');
	t.deepEqual(findPages(directory), [
		{name: 'A', file: `${directory}/A.tsx`},
		{name: 'B', file: `${directory}/B.jsx`},
		{name: 'C', file: `${directory}/C.vue`},
		{name: 'D', file: `${directory}/D.svelte`},
		{name: 'E', file: `${directory}/E.ts`},
		{name: 'F', file: `${directory}/F.js`},
		{name: 'Users/Show', file: `${directory}/Users/Show.tsx`},
	]);
});

const noPages = [
	'A.css',
	'A.json',
	'A.mts',
	'A',
	'A.d.ts',
	'A.d.vue.ts',
	'A.test.tsx',
	'A.test.vue',
	'A.spec.ts',
	'A.stories.svelte',
	'.A.tsx',
	'.tsx',
	'.hidden/A.tsx',
	'node_modules/A.tsx',
	'Users/node_modules/A.tsx',
	'__tests__/A.tsx',
	'Users/__tests__/A.tsx',
];
for (const name of noPages) {
	test(`\`${name}\` is no page`, async t => {
		const directory = await createTree(t, name, 'About.tsx');
		t.deepEqual(listNames(directory), ['About']);
		t.is(getPageName(directory, path.join(directory, name)), undefined);
	});
}

test('a name that only resembles that of a test is a page', async t => {
	const names = ['A.b.tsx', 'test.tsx', 'spec/A.tsx', 'Latest.tsx', 'stories.vue', 'A.test/B.tsx', 'd.ts', '_A.tsx'];
	const directory = await createTree(t, ...names);
	t.deepEqual(listNames(directory).sort(), names.map(name => name.replace(/\.[^.]+$/, '')).sort());
});

test('pages are sorted by code unit, in whichever order the disk has them', async t => {
	const directory = await createTree(
		t,
		'b.tsx',
		'a/b.tsx',
		'a.tsx',
		'ä.tsx',
		'Z.tsx',
		'a-b.tsx',
		'B.tsx',
		'10.tsx',
		'9.tsx',
	);
	t.deepEqual(listNames(directory), ['10', '9', 'B', 'Z', 'a', 'a-b', 'a/b', 'b', 'ä']);
});

test('a directory that is not there has no pages', async t => {
	const directory = await createTree(t, 'A.tsx');
	t.deepEqual(findPages(path.join(directory, 'missing')), []);
	t.deepEqual(findPages(path.join(directory, 'A.tsx')), []);
});

test('a directory may be given with a slash at its end, or relative to the working directory', async t => {
	const directory = await createTree(t, 'Users/Show.tsx');
	const expected = [{name: 'Users/Show', file: `${directory}/Users/Show.tsx`}];
	t.deepEqual(findPages(`${directory}/`), expected);
	t.deepEqual(findPages(path.relative(process.cwd(), directory)), expected);
});

const twins: Array<[chosen: string, ...others: string[]]> = [
	['A.tsx', 'A.jsx'],
	['A.jsx', 'A.ts', 'A.js'],
	['A.vue', 'A.ts', 'A.js'],
	['A.svelte', 'A.ts', 'A.js'],
	['A.ts', 'A.js'],
];
for (const [chosen, ...others] of twins) {
	test(`of \`${[chosen, ...others].join('`, `')}\` the first is the page`, async t => {
		const directory = await createTree(t, ...others, chosen);
		t.deepEqual(findPages(directory), [{name: 'A', file: `${directory}/${chosen}`}]);
	});
}

test('links are followed to directories and files, and lead to pages with their own names', async t => {
	const directory = await createTree(t, 'pages/A.tsx', 'elsewhere/B.tsx', 'elsewhere/deep/C.vue');
	await symlink('../elsewhere', path.join(directory, 'pages/linked'));
	await symlink('../elsewhere/B.tsx', path.join(directory, 'pages/Alias.tsx'));
	t.deepEqual(findPages(path.join(directory, 'pages')), [
		{name: 'A', file: `${directory}/pages/A.tsx`},
		{name: 'Alias', file: `${directory}/pages/Alias.tsx`},
		{name: 'linked/B', file: `${directory}/pages/linked/B.tsx`},
		{name: 'linked/deep/C', file: `${directory}/pages/linked/deep/C.vue`},
	]);
});

test('links that lead back, and links that lead nowhere, have no pages', async t => {
	const directory = await createTree(t, 'Outside.tsx', 'pages/A.tsx', 'pages/one/B.tsx', 'other/C.tsx');
	const links = {
		'pages/self': '.',
		'pages/one/above': '..',
		'pages/one/project': '../..',
		'pages/other': '../other',
		'other/back': '../pages',
		'pages/nowhere': 'missing',
		'pages/Nowhere.tsx': 'missing.tsx',
		'pages/circle': 'circle',
	};
	for (const [link, target] of Object.entries(links)) await symlink(target, path.join(directory, link));
	t.deepEqual(listNames(path.join(directory, 'pages')), ['A', 'one/B', 'other/C']);
});

test('a directory of pages that is a link itself keeps its own path', async t => {
	const directory = await createTree(t, 'real/A.tsx');
	await symlink('real', path.join(directory, 'pages'));
	await symlink('.', path.join(directory, 'real/again'));
	t.deepEqual(findPages(path.join(directory, 'pages')), [{name: 'A', file: `${directory}/pages/A.tsx`}]);
});

test('a file has the name under which it is found, and none outside the directory', t => {
	t.is(getPageName('/pages', '/pages/Users/Show.tsx'), 'Users/Show');
	t.is(getPageName('/pages/', '/pages/About.vue'), 'About');
	t.is(getPageName('/.cache/node_modules/pages', '/.cache/node_modules/pages/About.vue'), 'About');
	t.is(getPageName('/pages', '/elsewhere/About.tsx'), undefined);
	t.is(getPageName('/pages', '/pages-old/About.tsx'), undefined);
	t.is(getPageName('/pages', '/pages'), undefined);
	t.is(getPageName('/pages', '/About.tsx'), undefined);
});

test('the declaration says who writes it, and names each page with its module', t => {
	const text = declare('About.tsx', 'Users/Show.tsx');
	t.regex(text, /^\/\/ .*\n\/\/ Written by the Vite plugin of koa-inertia\. Don't edit it/);
	t.true(text.includes("declare module 'koa-inertia' {\n\tinterface Pages {\n"));
	t.deepEqual(listMembers(text), [
		"'About': ReactProps<typeof import('../pages/About.tsx')>;",
		"'Users/Show': ReactProps<typeof import('../pages/Users/Show.tsx')>;",
	]);
});

test('the declaration imports only the frameworks that occur', t => {
	const imports = (...names: string[]): string[] =>
		[...declare(...names).matchAll(/^import .* from '(.*)';$/gm)].map(([, name]) => name!);
	t.deepEqual(imports('A.tsx'), ['react']);
	t.deepEqual(imports('A.vue'), ['vue']);
	t.deepEqual(imports('A.svelte'), ['svelte']);
	t.deepEqual(imports('A.svelte', 'B.tsx'), ['react', 'svelte']);
	t.deepEqual(imports('A.jsx', 'B.js'), []);
	t.deepEqual(imports(), []);
});

test('a script is a page of the framework whose components are beside it', t => {
	t.deepEqual(listMembers(declare('A.ts')), ["'A': ReactProps<typeof import('../pages/A.ts')>;"]);
	t.deepEqual(listMembers(declare('A.ts', 'B.tsx', 'C.vue')), [
		"'A': VueProps<typeof import('../pages/A.ts')>;",
		"'B': VueProps<typeof import('../pages/B.tsx')>;",
		"'C': VueProps<typeof import('../pages/C.vue')>;",
	]);
	t.deepEqual(listMembers(declare('A.ts', 'B.tsx', 'C.svelte')), [
		"'A': SvelteProps<typeof import('../pages/A.ts')>;",
		"'B': ReactProps<typeof import('../pages/B.tsx')>;",
		"'C': SvelteProps<typeof import('../pages/C.svelte')>;",
	]);
});

test('pages in JavaScript take any props', t => {
	t.deepEqual(listMembers(declare('A.jsx', 'B.js')), ["'A': AnyProps;", "'B': AnyProps;"]);
});

test('names and paths are escaped', t => {
	t.deepEqual(listMembers(declare('It\'s "so".tsx', 'a\u2028\u2029\nb.vue', 'Ünï/<b>.tsx', 'back\\slash.tsx')), [
		`'It\\'s "so"': VueProps<typeof import('../pages/It\\'s "so".tsx')>;`,
		"'a\\u2028\\u2029\\nb': VueProps<typeof import('../pages/a\\u2028\\u2029\\nb.vue')>;",
		"'back\\\\slash': AnyProps;",
		"'Ünï/<b>': VueProps<typeof import('../pages/Ünï/<b>.tsx')>;",
	]);
});

test('paths are relative to the declaration, wherever the two are', t => {
	const specifier = (file: string, page: string): string | undefined =>
		/import\('(.*)'\)/.exec(createPagesDeclaration(file, [{name: 'About', file: page}]))?.[1];
	t.is(specifier('/project/pages.d.ts', '/project/pages/About.tsx'), './pages/About.tsx');
	t.is(specifier('/project/pages/pages.d.ts', '/project/pages/About.tsx'), './About.tsx');
	t.is(specifier('/project/a/b/pages.d.ts', '/project/pages/About.tsx'), '../../pages/About.tsx');
	t.is(specifier('/project/pages.d.ts', '/project/..pages/About.tsx'), './..pages/About.tsx');
});

test('the same pages give the same bytes, in whichever order and place', t => {
	const names = ['b.tsx', 'a/b.tsx', 'a.tsx', 'ä.tsx', 'Z.tsx'];
	const text = declare(...names);
	t.is(declare(...names.toReversed()), text);
	t.is(
		createPagesDeclaration(
			'/elsewhere/types/pages.d.ts',
			pagesOf(...names).map(({name, file}) => ({name, file: file.replace('/project/', '/elsewhere/')})),
		),
		text,
	);
	t.notRegex(text, /\r|project|elsewhere|\d{4}/);
	t.true(text.endsWith('\n') && !text.endsWith('\n\n'));
});

test('the declaration is written with its directories, and only when it changes', async t => {
	const directory = await createTree(t, 'pages/A.tsx');
	const file = path.join(directory, 'types/deep/pages.d.ts');
	const pages = findPages(path.join(directory, 'pages'));
	t.true(writePagesDeclaration(file, pages));
	t.is(await readFile(file, 'utf8'), createPagesDeclaration(file, pages));

	const past = new Date('2020-01-01');
	await utimes(file, past, past);
	t.false(writePagesDeclaration(file, pages));
	t.is((await stat(file)).mtimeMs, past.getTime());

	t.true(writePagesDeclaration(file, []));
	t.deepEqual(listMembers(await readFile(file, 'utf8')), []);
	t.deepEqual(await readdir(path.dirname(file)), ['pages.d.ts']);
});

test('the declaration is replaced in one step', async t => {
	const directory = await createTree(t, 'pages.d.ts');
	const file = path.join(directory, 'pages.d.ts');
	const before = await stat(file);
	t.true(writePagesDeclaration(file, []));
	t.not((await stat(file)).ino, before.ino);
});

test('a declaration that can not be written leaves nothing behind', async t => {
	const directory = await createTree(t, 'taken/pages.d.ts/A.tsx');
	const file = path.join(directory, 'taken/pages.d.ts');
	t.throws(() => writePagesDeclaration(file, []), {code: 'EISDIR'});
	t.throws(() => writePagesDeclaration(path.join(file, 'A.tsx/pages.d.ts'), []), {code: 'EEXIST'});
	t.deepEqual(await readdir(path.dirname(file)), ['pages.d.ts']);
});

for (const {version, vite, koaInertia} of allTools) {
	const title = `Vite ${version}`;
	const createOwn = (root: string, config: InlineConfig = {}) =>
		createConfig(root, {...config, plugins: [koaInertia({input: 'source/main.ts'})]});
	const declaration = 'source/inertia-pages.d.ts';
	/** As a logger of a user may be: with a state. */
	class Collector {
		hasWarned = false;
		readonly #texts: string[] = [];
		get texts(): string[] {
			return this.#texts.filter(text => text.includes('declaration'));
		}
		info(): void {}
		warn(text: string): void {
			this.#texts.push(text);
		}
		warnOnce(text: string): void {
			this.#texts.push(text);
		}
		error(text: string): void {
			this.#texts.push(text);
		}
		clearScreen(): void {}
		hasErrorLogged(): boolean {
			return false;
		}
	}

	test(`${title}: a declaration that can't be written is a warning of a build and of a dev server`, async t => {
		const root = await createProject(t, {...plainFiles, [`${declaration}/taken.txt`]: ''});
		for (const command of ['build', 'serve']) {
			const customLogger = new Collector();
			const config = createOwn(root, {customLogger});
			if (command === 'build') {
				await vite.build(config);
			} else {
				const server = await vite.createServer(config);
				t.teardown(() => server.close());
				await server.listen();
				await waitFor(() => customLogger.texts.length > 0);
				server.watcher.emit('add', path.join(root, 'source/pages/New.ts'));
				await waitFor(() => customLogger.texts.length > 1);
			}

			t.regex(customLogger.texts[0]!, /not written.*EISDIR/, command);
		}

		t.true(existsSync(path.join(root, 'public/build/.vite/manifest.json')));
		t.deepEqual(await readdir(path.join(root, 'source')), [
			'inertia-pages.d.ts',
			'logo.png',
			'main.css',
			'main.ts',
			'name.ts',
			'pages',
		]);
	});

	test(`${title}: pages that come together are declared by one write`, async t => {
		const root = await createProject(t);
		// Nothing but what the test itself tells.
		const server = await vite.createServer(createOwn(root, {server: {watch: null}}));
		t.teardown(() => server.close());
		await server.listen();
		const file = path.join(root, declaration);
		const before = readFileSync(file, 'utf8');
		let writes = 0;
		const watcher = watch(path.dirname(file), (_, name) => {
			if (name === path.basename(file)) writes += 1;
		});
		t.teardown(() => watcher.close());
		for (let index = 0; index < 200; index += 1) {
			const page = path.join(root, `source/pages/Page${index}.ts`);
			writeFileSync(page, '');
			server.watcher.emit('add', page);
			t.is(readFileSync(file, 'utf8'), before);
		}

		await waitFor(() => writes > 0);
		await delay(200);
		t.is(writes, 1);
		t.is(listMembers(readFileSync(file, 'utf8')).length, 201);
	});

	test(`${title}: a preview, a build for the server and a config that is read write no declaration`, async t => {
		const root = await createProject(t, {...plainFiles, 'public/build/index.js': '', 'ssr.ts': 'export {};\n'});
		for (const command of ['build', 'serve'] as const) await vite.resolveConfig(createOwn(root), command);
		const {httpServer} = await vite.preview({...createOwn(root), preview: {port: choosePort()}});
		httpServer.close();
		await vite.build(createOwn(root, {build: {ssr: 'ssr.ts', outDir: 'server'}}));
		t.false(existsSync(path.join(root, declaration)));
		await vite.build(createOwn(root));
		t.deepEqual(listMembers(readFileSync(path.join(root, declaration), 'utf8')).length, 1);
	});
}
