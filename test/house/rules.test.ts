import test from 'ava';
import {transformSync} from 'rolldown/utils';
import {findLines, readRepositoryFile, readSourceFiles} from '../helpers/source-files.ts';

const source = await readSourceFiles('source');
/** They run in a browser, where the coverage doesn't look. */
const browserScripts = 'source/browser/**';

const forbidden: Array<[name: string, pattern: RegExp]> = [
	['`any`', /(?::|\bas|<)\s*any\b/],
	['`export *`', /^export \*/],
	['an ignored line of coverage', /(?:c8|v8|istanbul) ignore/],
	['a variable of the module', /^(?:export )?(?:let|var) /],
	['a default export', /^export default/],
];
for (const [name, pattern] of forbidden) {
	test(`no source file has ${name}`, t => {
		t.deepEqual(findLines(source, pattern), []);
	});
}

test('names of headers stand in `headers.ts` only', t => {
	const others = source.filter(({name}) => name !== 'source/protocol/headers.ts');
	t.deepEqual(findLines(others, /^(?!\s*(?:\*|\/\/|\/\*\*)).*['"`]x-inertia/i), []);
});

test('what the coverage leaves out has no code, or passes on that of other files', async t => {
	const {c8} = JSON.parse(await readRepositoryFile('package.json'));
	for (const file of c8.exclude.filter((name: string) => name !== browserScripts)) {
		const text = await readRepositoryFile(file);
		// As `verbatimModuleSyntax` has it, only what is marked as a type goes.
		const {code, errors} = transformSync(file, text, {typescript: {onlyRemoveTypeImports: true}});
		t.deepEqual(errors, [], file);
		t.regex(code, /^(?:export \{[^}]*\}(?: from "[^"]+")?;\n)+$/, file);
	}
});

test('the coverage leaves out the scripts for the browser, and nothing in Node imports them', async t => {
	const {c8} = JSON.parse(await readRepositoryFile('package.json'));
	t.true(c8.exclude.includes(browserScripts));
	t.deepEqual(
		source.filter(({imports}) => imports.some(name => name.startsWith('source/browser/'))).map(({name}) => name),
		[],
	);
});

test('no test is left out', async t => {
	const tests = (await readSourceFiles('test')).filter(({name}) => name !== 'test/house/rules.test.ts');
	t.deepEqual(findLines(tests, /\b(?:test|it)\.(?:only|skip|failing|todo)\b/), []);
});
