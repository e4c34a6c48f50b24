import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {type Assets, createAssets} from 'koa-inertia/assets';
import {type Element, listUrls, readElements} from '../../helpers/document.ts';
import {
	type Build,
	type RecordedBuild,
	type Recording,
	recordBuild,
	type Variant,
	type VariantName,
	ViteBuilds,
	variants,
} from '../../helpers/vite-builds.ts';
import {entries as allEntries, entryStyles, oddEntry, pageStyles} from '../../helpers/vite-project.ts';

type Case = {
	readonly title: string;
	readonly variant: VariantName;
	readonly entries: readonly string[];
	readonly base: string;
	/** Only of versions that are installed. */
	readonly build?: () => Promise<Build>;
	record(): Promise<RecordedBuild>;
};

const builds = new ViteBuilds();
const cases: readonly Case[] = [...(await listRecorded(['3', '4', '5', '6', 'rolldown'])), ...listInstalled()];
test.after.always('remove the builds', () => builds.remove());

const modernCases = cases.filter(({variant}) => variant !== 'legacyOnly');
const legacyCases = modernCases.filter(({variant}) => variant.startsWith('legacy'));
// `rolldown-vite` writes polyfills that its manifest doesn't name, and nothing runs in an older browser without them.
const casesWithPolyfills = legacyCases.filter(
	({title, variant}) => variant !== 'legacyBare' && !title.startsWith('rolldown'),
);

for (const {title, variant, entries, base, build, record} of cases) {
	test(`${title}: the manifest is taken and has a version`, async t => {
		const {manifest} = await record();
		const {version} = createAssets({manifest, hotFile: false});
		t.regex(version, /^[\da-f]{8,}$/);
		const names = variant === 'legacyOnly' ? entries.map(addLegacy) : entries;
		t.true(names.every(entry => manifest[entry]?.isEntry));
		if (!build) return;
		t.is(createAssets({manifest: (await build()).manifestPath, hotFile: false}).version, version);
	});

	test(`${title}: tags name files of the build, each once`, async t => {
		const {manifest, files} = await record();
		const assets = createAssets({manifest, base, hotFile: false});
		for (const names of [...entries.map(entry => [entry]), entries, []]) {
			const urls = listUrls(assets.tags(...names));
			t.true(urls.length > 0);
			t.deepEqual(urls, [...new Set(urls)]);
			for (const url of [...urls, ...listStarted(assets.tags(...names))]) {
				t.true(url.startsWith(base), url);
				t.true(files.includes(toFile(url, base)), url);
			}
		}
	});
}

for (const {title, variant, entries, base, record} of modernCases) {
	test(`${title}: an entry has the stylesheets that it needs at once, and no others`, async t => {
		const {manifest, styles} = await record();
		const assets = createAssets({manifest, base, hotFile: false});
		for (const entry of entries) {
			const stylesheets = select(assets.tags(entry), 'stylesheet').map(url => toFile(url, base));
			const found = stylesheets.flatMap(file => styles[file]!).toSorted();
			if (isOneStylesheet(variant)) t.deepEqual(stylesheets, [manifest['style.css']!.file], entry);
			else t.deepEqual(found, entryStyles[entry], entry);
			for (const name of entryStyles[entry]!) t.true(found.includes(name), `${entry}: ${name}`);
		}
	});

	test(`${title}: a page adds its own chunk and stylesheets, or nothing when it has no chunk`, async t => {
		const {manifest, styles} = await record();
		const assets = createAssets({manifest, base, hotFile: false});
		for (const [page, needed] of Object.entries(pageStyles)) {
			const html = assets.tags('source/main.ts', {page});
			const chunk = manifest[`source/pages/${page}.tsx`];
			if (!chunk) {
				t.is(html, assets.tags('source/main.ts'), page);
				continue;
			}

			t.true(select(html, 'modulepreload').includes(base + chunk.file), page);
			const found = select(html, 'stylesheet').flatMap(url => styles[toFile(url, base)]!);
			const expected = [...entryStyles['source/main.ts']!, ...needed].toSorted();
			if (isOneStylesheet(variant)) t.true(expected.every(name => found.includes(name)));
			else t.deepEqual(found.toSorted(), expected, page);
		}
	});

	test(`${title}: modules are the entries alone, the last one asked for last`, async t => {
		const {manifest} = await record();
		const assets = createAssets({manifest, base, hotFile: false});
		const isScript = (entry: string): boolean => !entry.endsWith('.css');
		const listModules = (html: string): string[] => select(html, 'module').filter(url => !isPolyfills(url));
		for (const entry of entries) {
			t.deepEqual(listModules(assets.tags(entry)), isScript(entry) ? [base + manifest[entry]!.file] : []);
		}

		const scripts = entries.filter(isScript).map(entry => base + manifest[entry]!.file);
		t.deepEqual(listModules(assets.tags(...entries)), scripts);
		t.deepEqual(listModules(assets.tags()).toSorted(), scripts.toSorted());
	});
}

for (const {title, base, build} of modernCases.filter(each => each.build)) {
	test(`${title}: whatever the code imports at once is preloaded, and no more`, async t => {
		const {manifest, outDirectory, files} = await build!();
		const assets = createAssets({manifest, base, hotFile: false});
		const pages = Object.keys(pageStyles).filter(page => manifest[`source/pages/${page}.tsx`]);
		for (const page of [undefined, ...pages]) {
			const html = page === undefined ? assets.tags('source/main.ts') : assets.tags('source/main.ts', {page});
			const roots = ['source/main.ts', ...(page === undefined ? [] : [`source/pages/${page}.tsx`])];
			const start = roots.map(key => manifest[key]!.file);
			const imported = await listImportedFiles(outDirectory, start, files);
			t.true(imported.length > start.length);
			const loaded = [...select(html, 'modulepreload'), ...select(html, 'module')].map(url => toFile(url, base));
			const own = loaded.filter(file => !isPolyfills(file));
			t.deepEqual(own.toSorted(), imported.toSorted(), page ?? 'without a page');
		}
	});
}

for (const {title, entries, base, record} of legacyCases) {
	test(`${title}: nothing for older browsers is a module, a preload or a stylesheet`, async t => {
		const assets = createAssets({manifest: (await record()).manifest, base, hotFile: false});
		for (const names of [...entries.map(entry => [entry]), entries, []]) {
			const html = assets.tags(...names);
			const kinds = ['module', 'modulepreload', 'stylesheet'] as const;
			const urls = kinds.flatMap(kind => select(html, kind));
			t.deepEqual(
				urls.filter(url => /-legacy/.test(url)),
				[],
			);
		}
	});
}

for (const {title, entries, base, variant, record} of casesWithPolyfills) {
	test(`${title}: older browsers get the polyfills, then the entry`, async t => {
		const {manifest} = await record();
		const polyfills = findFile(manifest, /(?:^|\/)vite\/legacy-polyfills-legacy$/);
		for (const entry of entries.filter(name => !name.endsWith('.css'))) {
			const html = createAssets({manifest, base, hotFile: false}).tags(entry);
			const scripts = listScripts(html).filter(({attributes}) => 'nomodule' in attributes);
			t.deepEqual(findScripts(scripts, [polyfills, manifest[addLegacy(entry)]!.file]), [0, 1]);
		}
	});

	if (variant !== 'legacy') continue;

	test(`${title}: modern polyfills run before the entry`, async t => {
		const {manifest} = await record();
		const polyfills = findFile(manifest, /(?:^|\/)vite\/legacy-polyfills$/);
		const modules = select(createAssets({manifest, base, hotFile: false}).tags('source/main.ts'), 'module');
		t.deepEqual(modules.slice(0, 2), [base + polyfills, base + manifest['source/main.ts']!.file]);
	});
}

for (const {title, entries, base, record} of cases.filter(({variant}) => variant === 'legacyOnly')) {
	test(`${title}: every browser gets the polyfills, then the entry under its own name`, async t => {
		const {manifest} = await record();
		const assets: Assets = createAssets({manifest, base, hotFile: false});
		const polyfills = findFile(manifest, /(?:^|\/)vite\/legacy-polyfills-legacy$/);
		for (const entry of entries) {
			const html = assets.tags(entry);
			t.deepEqual(findScripts(listScripts(html), [polyfills, manifest[addLegacy(entry)]!.file]), [0, 1], entry);
			t.true(listScripts(html).every(({attributes: {type, nomodule}}) => type === undefined && nomodule === undefined));
			t.deepEqual([...select(html, 'modulepreload'), ...select(html, 'stylesheet')], []);
		}
	});
}

for (const {title, record} of cases.filter(
	each => each.variant === 'cyclicChunks' && !each.title.startsWith('rolldown'),
)) {
	test(`${title}: the manifest has such a cycle`, async t => {
		const {manifest} = await record();
		const even = Object.keys(manifest).find(key => /^_even.*\.js$/.test(key))!;
		// What is added while it is walked is walked too.
		const reached = new Set(manifest[even]!.imports);
		for (const key of reached) for (const next of manifest[key]!.imports ?? []) reached.add(next);
		t.true(reached.has(even));
	});
}

function listInstalled(): Case[] {
	return ([7, 8] as const).flatMap(version =>
		(Object.entries(variants) as Array<[VariantName, Variant]>)
			.filter(([, {versions}]) => versions?.includes(version) ?? true)
			.map(([variant, {title, entries = allEntries, base = '/'}]) => {
				const build = () => builds.get(version, variant);
				const record = async () => recordBuild(await build());
				return {title: `Vite ${version}, ${title}`, variant, entries, base, build, record};
			}),
	);
}

async function listRecorded(labels: readonly string[]): Promise<Case[]> {
	const lists = labels.map(async label => {
		const file = new URL(`../../fixtures/manifests/vite-${label}.json`, import.meta.url);
		const recording: Recording = JSON.parse(await readFile(file, 'utf8'));
		return (Object.entries(recording.builds) as Array<[VariantName, RecordedBuild]>).map(([variant, build]) => {
			const {title, entries: own = allEntries}: Variant = variants[variant];
			// The odd one has another name on Windows than where this was recorded.
			const entries = own.filter(entry => entry !== oddEntry || build.manifest[entry]);
			return {title: `${recording.builtWith}, ${title}`, variant, entries, base: '/', record: async () => build};
		});
	});
	return (await Promise.all(lists)).flat();
}

function isOneStylesheet(variant: VariantName): boolean {
	return variant === 'oneStylesheet' || variant === 'legacyOneStylesheet';
}

/** The URLs of a kind of tag, in their order. */
function select(html: string, kind: 'stylesheet' | 'modulepreload' | 'module'): string[] {
	return readElements(html)
		.filter(({attributes: {rel, type, src}}) => rel === kind || (type === kind && src !== undefined))
		.map(({attributes: {src, href}}) => src ?? href!);
}

function listScripts(html: string): Element[] {
	return readElements(html).filter(({name}) => name === 'script');
}

/** The URLs that code in a document has SystemJS load. */
function listStarted(html: string): string[] {
	return listScripts(html).flatMap(({text}) =>
		Array.from(text.matchAll(/System\.import\(("[^"]+")\)/g), ([, literal]) => JSON.parse(literal!)),
	);
}

/** The places of the scripts that load each of the files first. */
function findScripts(scripts: readonly Element[], files: readonly string[]): number[] {
	return files.map(file =>
		scripts.findIndex(({attributes, text}) =>
			// Code may have its slashes escaped.
			[text.replaceAll('\\/', '/'), ...Object.values(attributes)].some(value => value.includes(file)),
		),
	);
}

function findFile(manifest: RecordedBuild['manifest'], key: RegExp): string {
	return manifest[Object.keys(manifest).find(candidate => key.test(candidate))!]!.file;
}

function isPolyfills(url: string): boolean {
	return /(?:^|\/)polyfills[.-][^/]+$/.test(url);
}

function toFile(url: string, base: string): string {
	return decodeURI(url.slice(base.length));
}

function addLegacy(entry: string): string {
	return entry.replace(/\.\w+$/, '-legacy$&');
}

/** Follows the imports in the code of files, without those that wait for a call of `import()`. */
async function listImportedFiles(
	directory: string,
	start: readonly string[],
	files: readonly string[],
): Promise<string[]> {
	const map = files.includes('importmap.json')
		? JSON.parse(await readFile(path.join(directory, 'importmap.json'), 'utf8')).imports
		: {};
	const reached = new Set(start);
	for (const file of reached) {
		const code = await readFile(path.join(directory, file), 'utf8');
		for (const [, name] of code.matchAll(/\b(?:import|from)\s*["'`](\.[^"`]+?\.js)["'`]/g)) {
			const url = path.posix.join('/', path.posix.dirname(file), name!);
			reached.add((map[url] ?? url).slice(1));
		}
	}

	return [...reached];
}
