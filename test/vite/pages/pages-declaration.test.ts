import {readdir, readFile, stat, utimes} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type FoundPage, findPages} from '../../../source/assets/development/find-pages.ts';
import {createPagesDeclaration, writePagesDeclaration} from '../../../source/vite/pages/pages-declaration.ts';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/files.ts';

/** A directory with empty files. */
async function createTree(t: ExecutionContext, ...names: readonly string[]): Promise<string> {
	const directory = await createDirectory(t);
	await writeFiles(directory, Object.fromEntries(names.map(name => [name, ''])));
	return directory;
}

/** Pages of `/project/pages`. */
const pagesOf = (...names: readonly string[]): FoundPage[] =>
	names.map(name => ({name: name.replace(/\.[^.]+$/, ''), file: `/project/pages/${name}`}));

const declare = (...names: readonly string[]): string =>
	createPagesDeclaration('/project/types/pages.d.ts', pagesOf(...names));

const listMembers = (text: string): string[] => [...text.matchAll(/^\t\t('.*': .*;)$/gm)].map(([, member]) => member!);

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
