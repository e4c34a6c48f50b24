import test from 'ava';
import {readRepositoryFile, readSourceFiles} from '../helpers/source-files.ts';

/** A title that `reference.md` quotes, and the file that it names for it. */
interface Quote {
	readonly file: string;
	/** `…` stands for what a list of cases fills in. */
	readonly title: string;
}

const reference = await readRepositoryFile('test/reference.md');
const tests = new Map((await readSourceFiles('test')).map(({name, text}) => [name, text]));
const quotes = readQuotes();

test('every title that the reference quotes is that of a test in the file that it names', t => {
	t.true(quotes.length >= 200, String(quotes.length));
	t.deepEqual(
		quotes.filter(({file, title}) => !hasTitle(tests.get(file) ?? '', title)),
		[],
	);
});

test('a title is found by all of its words, and by those of its cases', t => {
	const template = '`a flash in $' + '{kind} is shown after a $' + '{status}`';
	const text = `const cases = [['a cookie', 302]];\ntest(${template}, async t => {`;
	t.true(hasTitle(text, 'a flash in a cookie is shown after a 302'));
	t.true(hasTitle(text, 'a flash in … is shown after a …'));
	t.false(hasTitle(text, 'a flash in a store is shown after a 302'));
	t.false(hasTitle(text, 'a flash in … is shown'));
	t.false(hasTitle(text, 'a flash'));
});

/** The last cells of the tables whose last column is our tests, and the list at the end. */
function readQuotes(): Quote[] {
	const sections = reference.split(/^## /m).slice(1);
	return sections.flatMap(section => {
		const own = /^[^\n]*: `([^`]+\.test\.ts)`/.exec(section)?.[1];
		const isTable = /\| our test \|$/m.test(section);
		const cells = section
			.split('\n')
			.filter(line => line.startsWith('| ') && !/\| (?:---|our test) \|$/.test(line))
			.flatMap(line => line.slice(2, -2).split(' | ').at(-1)!.split('<br>'));
		const listed = section.split('\n').flatMap(line => /^- (.*)$/.exec(line)?.[1] ?? []);
		return [...(isTable ? cells : []), ...listed].map(text => {
			const [, file, title] = /^([\w-]+(?:\/[\w-]+)+): (.*)$/.exec(text) ?? [];
			return file === undefined ? {file: `test/${own}`, title: text} : {file: `test/${file}.test.ts`, title: title!};
		});
	});
}

/** Whether a file has a test of that title. What a template fills in has to stand somewhere in the file too. */
function hasTitle(text: string, title: string): boolean {
	const known = text.replaceAll('\\`', '`');
	const titles = [...text.matchAll(/\btest(?:\.serial)?\(\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/g)];
	return titles.some(([, plain, template]) => {
		const parts = template === undefined ? [plain!] : splitTemplate(template);
		const pattern = parts.map(part => escapeForPattern(part.replaceAll(/\\(.)/g, '$1'))).join('(.*?)');
		const found = new RegExp(`^${pattern}$`, 's').exec(title);
		return found?.slice(1).every(filled => filled.split('…').every(piece => known.includes(piece.trim())));
	});
}

/** The texts of a template around its `${…}`, whose braces may hold others. */
function splitTemplate(template: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const [index, character] of [...template].entries()) {
		if (depth === 0 && character === '{' && template[index - 1] === '$') {
			parts.push(parts.pop()!.slice(0, -1), '');
			depth = 1;
		} else if (depth === 0) {
			parts.push(`${parts.pop()}${character}`);
		} else {
			if (character === '{') depth += 1;
			if (character === '}') depth -= 1;
		}
	}

	return parts;
}

function escapeForPattern(text: string): string {
	return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
