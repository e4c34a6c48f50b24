import {symlink} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {findPages, getPageName} from '../../../source/assets/development/find-pages.ts';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/files.ts';

/** A directory with empty files. */
async function createTree(t: ExecutionContext, ...names: readonly string[]): Promise<string> {
	const directory = await createDirectory(t);
	await writeFiles(directory, Object.fromEntries(names.map(name => [name, ''])));
	return directory;
}

const listNames = (directory: string): string[] => findPages(directory).map(({name}) => name);

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
