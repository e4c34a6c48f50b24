/**
Builds the scripts that run in the browser, and writes them into the library as text:

	npm run build:browser

The written file is committed, so that neither `tsc` nor `tsx` needs this step before it. A test says when the file is not
what this step makes.
*/
import {execFileSync} from 'node:child_process';
import {realpathSync} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {rolldown} from 'rolldown';
import {minify} from 'terser';

const root = path.join(import.meta.dirname, '..');
const sourceDirectory = path.join(root, 'source/browser');

/** The file that this step writes. */
export const targetFile = path.join(root, 'source/support/browser-scripts.ts');

const header = `// \`npm run build:browser\` makes this file from \`source/browser/\`. Change the scripts there, and run it again.
import {toScriptLiteral} from './html.ts';
`;

/** Makes the text of `targetFile`. */
export async function createBrowserScripts(): Promise<string> {
	const names = (await readdir(sourceDirectory)).filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'));
	const scripts = await Promise.all(names.toSorted().map(createScript));
	return format([header, ...scripts].join('\n'));
}

/** Makes one script a text, or a function for the values that vary from call to call. */
async function createScript(name: string): Promise<string> {
	const file = path.join(sourceDirectory, name);
	const values = findValues(await readFile(file, 'utf8'));
	const code = await minifyScript(file);
	const script = path.basename(name, '.ts').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
	const comment = `/** \`source/browser/${name}\` */\n`;
	if (values.length === 0) return `${comment}export const ${script}Script = \`${escapeTemplate(code)}\`;\n`;
	const functionName = `create${script[0]!.toUpperCase()}${script.slice(1)}Script`;
	const types = values.map(({value, type}) => `\treadonly ${value}: ${type};\n`).join('');
	return `${comment}export function ${functionName}(values: {
${types}}): string {
	return \`${insertValues(code, values)}\`;
}
`;
}

interface Value {
	readonly value: string;
	readonly type: string;
}

/** A script declares the values that it is given as constants. The URL of a module is one that begins with `value:`. */
function findValues(source: string): Value[] {
	return [
		...Array.from(source.matchAll(/^declare const (\w+): (.+);$/gm), ([, value, type]) => ({
			value: value!,
			type: type!,
		})),
		...Array.from(source.matchAll(/ from 'value:(\w+)';$/gm), ([, value]) => ({value: value!, type: 'string'})),
	];
}

/**
 * Rolldown takes the types away and joins modules. We don't let it minify: it writes texts between backticks, which the
 * older browsers don't know.
 */
async function minifyScript(file: string): Promise<string> {
	const bundle = await rolldown({input: file, external: /^value:/, treeshake: false, tsconfig: false});
	const {output} = await bundle.generate({format: 'es', comments: false});
	await bundle.close();
	const {code} = await minify(output[0].code, {module: true, ecma: 5, compress: {passes: 2}});
	return code!.replace(/;$/, '');
}

/** Puts an expression for each value into the code, which is the text of a template by then. */
function insertValues(code: string, values: readonly Value[]): string {
	let text = escapeTemplate(code);
	for (const {value} of values) {
		const parts = text.split(new RegExp(`"value:${value}"|\\b${value}\\b`));
		if (parts.length === 1) throw new Error(`The script doesn't use the value \`${value}\` that it declares.`);
		text = parts.join(`\${toScriptLiteral(values.${value})}`);
	}

	return text;
}

function format(text: string): string {
	const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
	const command = [biome, 'format', `--stdin-file-path=${targetFile}`];
	return execFileSync(process.execPath, command, {cwd: root, input: text, encoding: 'utf8'});
}

function escapeTemplate(code: string): string {
	return code.replace(/[`\\]|\$\{/g, '\\$&');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await writeFile(targetFile, await createBrowserScripts());
}
