import test from 'ava';
import {readRepositoryFile, readSourceFiles} from '../helpers/source-files.ts';

const [source, tests] = await Promise.all([readSourceFiles('source'), readSourceFiles('test')]);
const findCodes = (pattern: RegExp): string[] =>
	source.flatMap(({text}) => [...text.matchAll(pattern)].map(([, code]) => code!));
const kinds: Array<[kind: string, codes: string[], atLeast: number]> = [
	['an error', findCodes(/code = '(ERR_INERTIA_\w+)'/g), 10],
	['a warning', findCodes(/'(INERTIA_[A-Z_]+)'/g), 5],
];
for (const [kind, codes, atLeast] of kinds) {
	test(`every code of ${kind} has a test`, t => {
		t.true(codes.length >= atLeast);
		t.deepEqual(
			codes.filter(code => !tests.some(({text}) => text.includes(code))),
			[],
		);
	});

	test(`every code of ${kind} has a line in the guide`, async t => {
		const guide = await readRepositoryFile('docs/errors.md');
		t.deepEqual(
			codes.filter(code => !guide.includes(`| \`${code}\` |`)),
			[],
		);
	});
}
