import {execFile} from 'node:child_process';
import {readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {createEnvironment} from '../../source/nunjucks/environment.ts';
import {packPackage, withoutTools} from '../helpers/packed-package.ts';

interface Entry {
	/** `.`, or `./assets` and so on. */
	readonly name: string;
	readonly types: string;
	readonly code: string;
}

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');
const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');
const packed = await packPackage();
const entries = readEntries();
const declarations = [...packed.files]
	.filter(([name]) => name.endsWith('.d.ts'))
	.map(([name, text]) => ({name, text: text.replaceAll(/\/\*.*?\*\//gs, '')}));
const exported = /^export (?:declare )?(?:abstract )?(?<kind>class|const|function|interface|type) (?<name>\w+)/gm;
test.after.always(() => rm(packed.directory, {recursive: true, force: true, maxRetries: 5}));

test('the packed file is smaller than 200 kB', t => {
	t.true(packed.size < 200_000, `${packed.size} bytes`);
});

test('the packed file has code, declarations and templates, and no maps, which would lead to missing sources', t => {
	const expected =
		/^(?:LICENSE|README\.md|package\.json|views\/.+\.njk|distribution\/(?:code\/[a-z]+\.js|types\/.+\.d\.ts))$/;
	t.deepEqual(
		[...packed.files.keys()].filter(file => !expected.test(file)),
		[],
	);
	t.deepEqual(
		[...packed.files].filter(([, text]) => text.includes('sourceMappingURL')).map(([file]) => file),
		[],
	);
});

test('the maps of the repository lead to the source, and hold no copy of it', async t => {
	const directory = path.join(repository, 'distribution/code');
	const maps = (await readdir(directory)).filter(file => file.endsWith('.map'));
	const source = (await readdir(path.join(repository, 'source'), {recursive: true})).map(file =>
		path.join(repository, 'source', file),
	);
	t.true(maps.length >= 5);
	for (const map of maps) {
		const {sources, sourcesContent} = JSON.parse(await readFile(path.join(directory, map), 'utf8'));
		t.is(sourcesContent, undefined);
		t.deepEqual(
			sources.filter((file: string) => !source.includes(path.join(directory, file))),
			[],
		);
	}
});

test('nothing of the inside is declared', t => {
	const isEntry = (name: string): boolean => entries.some(({types}) => types === name);
	const code = declarations.map(({text}) => text).join('\n');
	const inside = declarations.filter(({name}) => !isEntry(name)).flatMap(({text}) => [...text.matchAll(exported)]);
	const named = declarations.filter(({name}) => isEntry(name)).flatMap(({text}) => text.match(/\w+/g));
	const declared = inside.map(({groups}) => groups!.name!);
	const functions = inside.filter(({groups}) => /const|function/.test(groups!.kind!)).map(({groups}) => groups!.name!);
	t.true(functions.length >= 15);
	t.deepEqual(
		functions.filter(name => !named.includes(name)),
		[],
		'No entry exports these functions.',
	);
	t.deepEqual(
		declared.filter(name => code.match(new RegExp(`\\b${name}\\b`, 'g'))!.length < 2),
		[],
		'Nothing uses these names.',
	);
});

test('an entry imports the packages that it needs, and bundles none of them', t => {
	const packages = {'.': ['nunjucks'], './nunjucks': ['nunjucks'], './vite': ['vite']};
	t.deepEqual(Object.fromEntries(entries.map(({name, code}) => [name, listPackages(code)])), {
		...Object.fromEntries(entries.map(({name}) => [name, []])),
		...packages,
	});
	const typed = declarations.flatMap(({text}) => [...text.matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name!));
	t.deepEqual(
		[...new Set(typed)].filter(name => !['@standard-schema/spec', 'koa', 'vite'].includes(name)),
		[],
	);
});

test('the package serves documents where nothing of Vite is installed, and its errors have a readable stack', async t => {
	const project = await packed.install(['koa', 'nunjucks']);
	const names = entries.map(({name}) => name.replace('.', 'koa-inertia')).filter(name => name !== 'koa-inertia/vite');
	const {stdout, stderr} = await runModule(
		project,
		`import Koa from 'koa';
import {inertia} from 'koa-inertia';
for (const name of ${JSON.stringify(names)}) await import(name);
const app = new Koa();
app.use(inertia({manifest: {'source/main.ts': {file: 'assets/main.js', isEntry: true}}}));
app.use(ctx => ctx.inertia.render('Home', {greeting: 'Hello'}));
const server = app.listen(0, '127.0.0.1', async () => {
	const response = await fetch('http://127.0.0.1:' + server.address().port);
	console.log(await response.text());
	server.close();
	const {createAssets} = await import('koa-inertia/assets');
	try {
		createAssets({manifest: 'missing.json'});
	} catch (error) {
		console.log(error.stack);
	}
});`,
	);
	t.is(stderr, '');
	t.regex(stdout, /<script type="module" src="[^"]*assets\/main\.js">/);
	t.regex(stdout, /"greeting":"Hello"/);
	t.regex(
		stdout,
		/ManifestMissingError: .+\n(?:.*\n)* +at (?:\w+\.)?createAssets \(file:.+\/distribution\/code\/assets\.js:\d+:\d+\)/,
	);
});

test('the templates of the package are found from the source too, as from the bundle', t => {
	t.regex(createEnvironment([]).render('app.njk', {page: {component: 'Home'}, vite: String, inertia: String}), /<html/);
});

for (const [moduleResolution, module] of [
	['nodenext', 'nodenext'],
	['bundler', 'esnext'],
]) {
	test(`every entry has its types with \`moduleResolution: ${moduleResolution}\``, async t => {
		const project = await packed.install(['@standard-schema/spec', '@types', 'koa', 'undici-types', 'vite']);
		const compilerOptions = {target: 'es2022', module, moduleResolution, types: ['node'], strict: true, noEmit: true};
		await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify({compilerOptions}));
		await writeFile(
			path.join(project, 'application.ts'),
			`import type {Context} from 'koa';
import {defer, inertia, type InertiaMiddleware, type Jsonify, type Prop} from 'koa-inertia';
import {type Assets, createAssets} from 'koa-inertia/assets';
import type {ManifestError} from 'koa-inertia/errors';
import {addInertia} from 'koa-inertia/nunjucks';
import {createClient, type InertiaClient, readPage} from 'koa-inertia/testing';
import {koaInertia, type ViteMiddleware} from 'koa-inertia/vite';

declare module 'koa-inertia' {
	interface Pages {
		Home: {greeting: string; visitors?: number};
	}
}

const middleware: InertiaMiddleware = inertia({manifest: {}});
const assets: Assets = createAssets();
const prop: Prop<number | undefined> = defer(() => 42);
const sent: Jsonify<Date> = 'text';
export const explain = (error: ManifestError): string => error.code;
export const show = async (ctx: Context) => ctx.inertia.render('Home', {greeting: sent, visitors: prop});
// @ts-expect-error: a page that isn't registered
export const fail = async (ctx: Context) => ctx.inertia.render('Hom', {greeting: sent});
// @ts-expect-error: no such option
inertia({manifests: {}});
export type Names = [ViteMiddleware, InertiaClient<{status: number; headers: {}; text: string}>];
export {addInertia, assets, createClient, koaInertia, middleware, readPage};
`,
		);
		await t.notThrowsAsync(run(process.execPath, [compiler], {cwd: project}));
	});
}

test('importing the package adds at most 40 % to importing Koa and Nunjucks', async t => {
	const project = await packed.install(['koa', 'nunjucks']);
	const without: number[] = [];
	const withPackage: number[] = [];
	for (let round = 0; round < 9; round++) {
		without.push(await measureImports(project, ['koa', 'nunjucks']));
		withPackage.push(await measureImports(project, ['koa', 'nunjucks', 'koa-inertia']));
	}

	// It adds about 15 ms to 80 ms. With one file for each file of the source it would add 65 ms.
	const added = median(withPackage) - median(without);
	t.true(added < 0.4 * median(without), `${added} ms more than ${median(without)} ms`);
});

/** Gives milliseconds of the processor's time, which depends less than the clock on what else the machine does. */
async function measureImports(project: string, names: readonly string[]): Promise<number> {
	const imports = names.map(name => `await import('${name}');`).join('');
	const {stdout} = await runModule(
		project,
		`const before = process.cpuUsage();${imports}const {user, system} = process.cpuUsage(before);console.log(user + system)`,
	);
	return Number(stdout) / 1000;
}

function median(numbers: readonly number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function runModule(project: string, code: string): Promise<{stdout: string; stderr: string}> {
	return run(process.execPath, ['--input-type=module', '--eval', code], {cwd: project, env: withoutTools()});
}

/** The packages that a bundled file imports, and those that it imports by another one of ours. */
function listPackages(file: string): string[] {
	const imports = packed.files.get(file)!.matchAll(/^(?:import|export)\b[^;]*? from "([^"]+)";$/gm);
	const names = [...imports].flatMap(([, name]) =>
		name!.startsWith('.') ? listPackages(path.posix.join(path.posix.dirname(file), name!)) : [name!],
	);
	return [...new Set(names)].filter(name => !name.startsWith('node:'));
}

function readEntries(): Entry[] {
	const {exports} = JSON.parse(packed.files.get('package.json')!);
	return Object.entries<{types: string; default: string} | string>(exports).flatMap(([name, target]) =>
		typeof target === 'string'
			? []
			: [{name, types: path.posix.normalize(target.types), code: path.posix.normalize(target.default)}],
	);
}
