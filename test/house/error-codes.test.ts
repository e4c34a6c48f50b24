import test from 'ava';
import {readRepositoryFile, readSourceFiles} from '../helpers/source-files.ts';

const errors = await readSourceFiles('source/errors');
const codes = errors.flatMap(({text}) => [...text.matchAll(/code = '(ERR_INERTIA_\w+)'/g)].map(([, code]) => code!));

test('every code of an error has a test', async t => {
	const tests = await readSourceFiles('test');
	t.true(codes.length >= 10);
	t.deepEqual(
		codes.filter(code => !tests.some(({text}) => text.includes(code))),
		[],
	);
});

test('every code of an error has a line in the guide', async t => {
	const guide = await readRepositoryFile('docs/errors.md');
	t.deepEqual(
		codes.filter(code => !guide.includes(`\`${code}\``)),
		[],
	);
});
