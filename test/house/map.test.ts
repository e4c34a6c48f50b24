import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readRepositoryFile, readSourceFiles, repository} from '../helpers/source-files.ts';

const map = await readRepositoryFile('CONTRIBUTING.md');
/** What the trees of the map have: the path at the start of a line, and what it is. */
const lines = [...map.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
	.filter(([, language]) => language === '')
	.flatMap(([, , block]) => block!.trimEnd().split('\n'))
	.map(line => /^(?<folder>\S+\/) +(?<meaning>\S.*)$/.exec(line)?.groups ?? {folder: line, meaning: ''});
const folders = lines.map(({folder}) => folder!);
const exists = (name: string): boolean => existsSync(path.join(repository, name));

test('every line of a tree is a folder that exists, with what it is', t => {
	t.true(lines.length >= 20);
	t.deepEqual(
		lines.filter(({folder, meaning}) => meaning === '' || !exists(folder!)),
		[],
	);
	t.deepEqual(
		folders.filter((folder, index) => folders.indexOf(folder) !== index),
		[],
	);
});

test('every folder of the source has its line', async t => {
	const rooms = new Set((await readSourceFiles('source')).map(({name}) => `${path.posix.dirname(name)}/`));
	rooms.delete('source/');
	t.deepEqual(
		[...rooms].filter(room => !folders.includes(room)),
		[],
	);
});

test('every path that the map names exists', t => {
	const quoted = [...map.matchAll(/`((?:source|test|docs|benchmark|build)\/[^\s`]*)`/g)].map(([, name]) => name!);
	const typed = [...map.matchAll(/^npx ava (\S+)/gm)].map(([, name]) => name!);
	t.true(quoted.length >= 20);
	t.true(typed.length > 0);
	t.deepEqual(
		[...quoted, ...typed].filter(name => !exists(name)),
		[],
	);
});
