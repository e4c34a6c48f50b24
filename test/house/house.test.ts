import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {transformSync} from 'rolldown/utils';

interface SourceFile {
	/** Relative to the root of the repository. */
	readonly name: string;
	readonly text: string;
	readonly lines: readonly string[];
	/** The files of the repository that it imports, types included. */
	readonly imports: readonly string[];
}

const root = path.join(import.meta.dirname, '../..');
const source = await readFiles('source');
const tests = (await readFiles('test')).filter(({name}) => name !== 'test/house/house.test.ts');

/** Adapters use the core; the core knows none of them. `inertia.ts` is where the two are put together. */
const adapters = ['source/nunjucks/', 'source/vite/', 'source/testing/', 'source/client/', 'source/cli/'];
const compositionRoot = 'source/inertia.ts';
/** They run in a browser, where the coverage doesn't look. */
const browserScripts = 'source/browser/**';

test('every source file is shorter than 250 lines', t => {
	t.deepEqual(
		source.filter(({lines}) => lines.length >= 250).map(({name}) => name),
		[],
	);
});

test('no import of the source leads back to its file, types included', t => {
	const imports = new Map(source.map(file => [file.name, file.imports]));
	t.true(imports.get(compositionRoot)!.includes('source/nunjucks/render-document.ts'));
	const findCycle = (name: string, trail: readonly string[]): readonly string[] | undefined => {
		if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
		return imports
			.get(name)
			?.map(next => findCycle(next, [...trail, name]))
			.find(Boolean);
	};

	t.deepEqual([...new Set(source.map(({name}) => findCycle(name, [])?.join(' → ')))], [undefined]);
});

test('the core imports no adapter', t => {
	const isAdapter = (name: string): boolean => adapters.some(adapter => name.startsWith(adapter));
	const wrong = source.filter(({name}) => !isAdapter(name) && name !== compositionRoot);
	t.deepEqual(
		wrong.filter(({imports}) => imports.some(isAdapter)).map(({name}) => name),
		[],
	);
});

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
	const {c8} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	for (const file of c8.exclude.filter((name: string) => name !== browserScripts)) {
		const text = await readFile(path.join(root, file), 'utf8');
		// As `verbatimModuleSyntax` has it, only what is marked as a type goes.
		const {code, errors} = transformSync(file, text, {typescript: {onlyRemoveTypeImports: true}});
		t.deepEqual(errors, [], file);
		t.regex(code, /^(?:export \{[^}]*\}(?: from "[^"]+")?;\n)+$/, file);
	}
});

test('the coverage leaves out the scripts for the browser, and nothing in Node imports them', async t => {
	const {c8} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	t.true(c8.exclude.includes(browserScripts));
	t.deepEqual(
		source.filter(({imports}) => imports.some(name => name.startsWith('source/browser/'))).map(({name}) => name),
		[],
	);
});

test('no test is left out', t => {
	t.deepEqual(findLines(tests, /\b(?:test|it)\.(?:only|skip|failing|todo)\b/), []);
});

test('every option has a default in its description', async t => {
	const text = source
		.filter(isOptionTypes)
		.map(file => file.text)
		.join('\n');
	const options = [...text.matchAll(/((?:\t \*.*|\t\/\*\*.*)\n)+\treadonly (?<option>\w+)\?:/g)];
	t.true(options.length >= 15);
	const withoutDefault = options.filter(([match]) => !/@default|Required/.test(match));
	t.deepEqual(
		withoutDefault.map(({groups}) => groups!.option),
		[],
	);
});

test('every code of a warning has a test and a line in the guide', async t => {
	const codes = source.flatMap(({text}) => [...text.matchAll(/'(INERTIA_[A-Z_]+)'/g)].map(([, code]) => code!));
	const guide = await readFile(path.join(root, 'docs/errors.md'), 'utf8');
	t.true(codes.length >= 5);
	t.deepEqual(
		codes.filter(code => !guide.includes(`| \`${code}\` |`) || !tests.some(({text}) => text.includes(code))),
		[],
	);
});

test('every code of an error has a test and a line in the guide', async t => {
	const texts = source.filter(({name}) => name.startsWith('source/errors/')).map(({text}) => text);
	const codes = [...texts.join('').matchAll(/code = '(ERR_INERTIA_\w+)'/g)].map(([, code]) => code!);
	const guide = await readFile(path.join(root, 'docs/errors.md'), 'utf8');
	t.true(codes.length >= 10);
	t.deepEqual(
		codes.filter(code => !tests.some(file => file.text.includes(code))),
		[],
	);
	t.deepEqual(
		codes.filter(code => !guide.includes(`\`${code}\``)),
		[],
	);
});

test('between 15 and 40 percent of the source are comments, the options aside', t => {
	const lines = source.filter(file => !isOptionTypes(file)).flatMap(file => file.lines);
	const share = lines.filter(line => /^\s*(?:\*|\/\/|\/\*)/.test(line)).length / lines.length;
	t.true(share >= 0.15 && share <= 0.4, `${Math.round(share * 100)} %`);
});

/** Where options are described: nearly all of it is comments. */
function isOptionTypes({name}: SourceFile): boolean {
	return /\/options\.ts$/.test(name);
}

async function readFiles(directory: string): Promise<SourceFile[]> {
	const names = await readdir(path.join(root, directory), {recursive: true});
	const files = names.filter(name => /\.tsx?$/.test(name)).map(name => `${directory}/${name.replaceAll('\\', '/')}`);
	return Promise.all(
		files.map(async name => {
			const text = await readFile(path.join(root, name), 'utf8');
			const imports = [...text.matchAll(/^(?:import|export)\b[^;]*? from '(\.[^']+)';$/gm)];
			return {
				name,
				text,
				lines: text.trimEnd().split('\n'),
				imports: imports.map(([, relative]) => path.posix.join(path.posix.dirname(name), relative!)),
			};
		}),
	);
}

function findLines(files: readonly SourceFile[], pattern: RegExp): string[] {
	return files.flatMap(({name, lines}) =>
		lines.flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
	);
}
