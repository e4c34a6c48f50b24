import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {type Assets, createAssets, type Manifest} from 'koa-inertia/assets';
import {koaInertia} from 'koa-inertia/vite';
import {createApp} from '../../helpers/app.ts';
import {createDirectory} from '../../helpers/build.ts';
import {parseLinks} from '../../helpers/links.ts';
import {describeTags, listTags} from '../../helpers/tags.ts';
import {type Build, buildWithVite, getViteLocation, loadVite, ViteBuilds} from '../../helpers/vite-builds.ts';
import {writeViteProject} from '../../helpers/vite-project.ts';

const builds = new ViteBuilds();
test.after.always('remove the builds', () => builds.remove());

const entry = 'source/main.ts';
const create = ({manifestPath}: Build, base?: string): Assets =>
	createAssets({manifest: manifestPath, hotFile: false, ...(base !== undefined && {base})});

const listScripts = (html: string) => listTags(html).filter(({name}) => name === 'script');

/** Runs the code of a document's scripts in a browser of some age, and lists what is loaded by SystemJS. */
function runScripts(
	html: string,
	{knowsModules, isModern, knowsNoModule}: Record<'knowsModules' | 'isModern' | 'knowsNoModule', boolean>,
): string[] {
	const started: string[] = [];
	const added: Array<{src: string; onload(): void}> = [];
	const context: Record<string, unknown> = {
		document: {createElement: () => ({}), head: {appendChild: (script: (typeof added)[0]) => added.push(script)}},
		System: {import: (url: string) => started.push(url)},
	};
	context.window = context;
	const scripts = listScripts(html);
	for (const {attributes, text} of scripts.filter(({attributes: {type}}) => type === undefined)) {
		if ('nomodule' in attributes && knowsNoModule) continue;
		if (!attributes.src) runInNewContext(text, context);
	}

	for (const {attributes, text} of scripts.filter(({attributes: {type}}) => type === 'module')) {
		if (!knowsModules || attributes.src) continue;
		// A module that doesn't parse, or that throws, is one that doesn't run.
		if (!/import\.meta/.test(text)) runInNewContext(text, context);
		else if (isModern)
			runInNewContext(text.replace('import.meta.resolve("./")', '0').replace('(()=>import("./"))', '0'), context);
	}

	for (const script of added) {
		started.push(script.src);
		script.onload();
	}

	return started;
}

for (const version of [7, 8] as const) {
	test(`Vite ${version}: each browser runs one build of an entry`, async t => {
		const build = await builds.get(version, 'legacy');
		const html = create(build, '/base/').tags(entry);
		const {manifest} = build;
		const legacy = `/base/${manifest['source/main-legacy.ts']!.file}`;
		const polyfills = Object.entries(manifest).find(([key]) => key.endsWith('vite/legacy-polyfills-legacy'))![1];
		const nomodule = listScripts(html).filter(({attributes}) => 'nomodule' in attributes);
		t.is(nomodule[0]?.attributes.src, `/base/${polyfills.file}`);
		t.is(nomodule.length, 2);
		t.deepEqual(runScripts(html, {knowsModules: true, isModern: true, knowsNoModule: true}), []);
		t.deepEqual(runScripts(html, {knowsModules: false, isModern: false, knowsNoModule: false}), [legacy]);
		t.deepEqual(runScripts(html, {knowsModules: true, isModern: false, knowsNoModule: true}), [
			`/base/${polyfills.file}`,
			legacy,
		]);
		// Some know modules but not `nomodule`.
		t.deepEqual(runScripts(html, {knowsModules: true, isModern: false, knowsNoModule: false}), [legacy]);
	});

	test(`Vite ${version}: without names the entries of the application are loaded, each once`, async t => {
		const build = await builds.get(version, 'legacy');
		const html = create(build).tags();
		const {manifest} = build;
		const modules = listScripts(html).flatMap(({attributes: {type, src}}) => (type === 'module' && src ? src : []));
		const isOwn = (key: string): boolean => Boolean(manifest[key]!.isEntry) && !/legacy/.test(key);
		const own = Object.keys(manifest).filter(isOwn);
		const scripts = own.map(key => manifest[key]!.file).filter(file => file.endsWith('.js'));
		t.deepEqual(modules.slice(1).toSorted(), scripts.map(file => `/${file}`).toSorted());
		t.regex(modules[0]!, /polyfills/);
		const started = runScripts(html, {knowsModules: false, isModern: false, knowsNoModule: false});
		const expected = own
			.filter(key => !key.endsWith('.css'))
			.map(key => `/${manifest[key.replace(/(\.\w+)$/, '-legacy$1')]!.file}`);
		t.deepEqual(started.toSorted(), expected.toSorted());
		for (const tag of describeTags(html)) {
			if (/^(?:stylesheet|modulepreload)/.test(tag)) t.notRegex(tag, /-legacy/);
		}
	});

	test(`Vite ${version}: with \`renderModernChunks: false\` every browser runs the older build`, async t => {
		const build = await builds.get(version, 'legacyOnly');
		const assets = create(build);
		for (const html of [assets.tags(entry), assets.tags(), assets.tags(entry, {page: 'Home'})]) {
			const scripts = listScripts(html);
			t.true(scripts.length >= 2);
			for (const {attributes} of scripts) t.false('type' in attributes || 'nomodule' in attributes);
			const started = runScripts(html, {knowsModules: true, isModern: true, knowsNoModule: true});
			t.true(started.includes(`/${build.manifest['source/main-legacy.ts']!.file}`));
			t.is(new Set(started).size, started.length);
			t.false(describeTags(html).some(tag => tag.startsWith('modulepreload')));
		}
	});

	test(`Vite ${version}: the header names modern files alone`, async t => {
		const build = await builds.get(version, 'legacy');
		const {agent} = await createApp(t, {
			manifest: build.manifestPath,
			hotFile: false,
			preloadBudget: 10_000,
			rootView: (page, _ctx, tags) => tags.vite(entry, {page}) + tags.inertia(),
		});
		const {headers} = await agent.get('/').expect(200);
		const targets = parseLinks(headers.link!).map(({target}) => target);
		t.true(targets.includes(`/${build.manifest['source/pages/Home.tsx']!.file}`));
		for (const target of targets) t.notRegex(target, /-legacy/);
	});

	test(`Vite ${version}: hashes, a CDN and a nonce are on what older browsers load`, async t => {
		const {legacy} = await loadVite(getViteLocation(version));
		const directory = await createDirectory(t);
		await writeViteProject(directory);
		const plugin = koaInertia({input: entry, pages: {directory: 'source/pages', declaration: false}, integrity: true});
		const config = {base: 'https://cdn.example.com/', plugins: [plugin, legacy({targets: 'chrome 49'})]};
		const build = await buildWithVite(version, {directory, config});
		const {agent} = await createApp(
			t,
			{
				manifest: build.manifestPath,
				hotFile: false,
				rootView: (_page, _ctx, tags) => tags.vite(entry) + tags.inertia(),
			},
			ctx => {
				ctx.state.cspNonce = 'r4nd0m';
				return ctx.inertia.render('Home');
			},
		);
		const {text} = await agent.get('/').expect(200);
		for (const {attributes} of listTags(text)) t.is(attributes.nonce, 'r4nd0m');
		const map = JSON.parse(listScripts(text).find(({attributes: {type}}) => type === 'importmap')!.text);
		const modern = build.files.filter(file => file.endsWith('.js') && !file.includes('-legacy'));
		t.true(modern.length > 2);
		t.deepEqual(
			Object.keys(map.integrity).toSorted(),
			modern.map(file => `https://cdn.example.com/${file}`).toSorted(),
		);
		const polyfills = listScripts(text).find(({attributes: {src}}) => src?.includes('polyfills-legacy'))!;
		t.is(polyfills.attributes.crossorigin, '');
		t.regex(polyfills.attributes.integrity!, /^sha384-/);
		t.truthy(await readFile(path.join(build.outDirectory, new URL(polyfills.attributes.src!).pathname.slice(1))));
	});
}

test('attributes of the application leave the scripts for older browsers in their order, and no modules', async t => {
	const build = await builds.get(8, 'legacy');
	const script = {async: true, defer: true, type: 'text/javascript', 'data-x': 1};
	const html = create(build).tags(entry, {script});
	const nomodule = listScripts(html).filter(({attributes}) => 'nomodule' in attributes);
	t.is(nomodule.length, 2);
	for (const {attributes} of nomodule) {
		t.false('async' in attributes || 'defer' in attributes || 'type' in attributes);
		t.is(attributes['data-x'], '1');
	}
});

test('an entry of the application whose name ends in `-legacy` is one like any other', t => {
	const chunk = (file: string) => ({file, isEntry: true, name: 'x'});
	const manifest = {
		'main.ts': chunk('main.js'),
		'main-legacy.ts': chunk('main-legacy.js'),
		'shop-legacy.ts': chunk('shop-legacy.js'),
		'shop-legacy-legacy.ts': chunk('shop-legacy-legacy.js'),
		'../vite/legacy-polyfills-legacy': chunk('polyfills-legacy.js'),
	};
	const html = createAssets({manifest, hotFile: false}).tags();
	const modules = listScripts(html).flatMap(({attributes: {type, src}}) => (type === 'module' && src ? src : []));
	t.deepEqual(modules, ['/main.js', '/shop-legacy.js']);
	t.deepEqual(runScripts(html, {knowsModules: false, isModern: false, knowsNoModule: false}), [
		'/main-legacy.js',
		'/shop-legacy-legacy.js',
	]);
	const plain = ['main', 'main-legacy', 'shop-legacy'].map(name => [`${name}.ts`, {...chunk(`${name}.js`), name}]);
	const without = createAssets({manifest: Object.fromEntries(plain), hotFile: false});
	t.deepEqual(describeTags(without.tags()), ['/main.js', '/main-legacy.js', '/shop-legacy.js']);
});

test('hostile file names stay inside of the code for older browsers', t => {
	const hostile = '</script><!--<script>"\'\u2028';
	const manifest = {
		'main.ts': {file: 'main.js', isEntry: true},
		'main-legacy.ts': {file: `${hostile}.js`, isEntry: true},
		'vite/legacy-polyfills-legacy': {file: `polyfills${hostile}.js`, isEntry: true},
	};
	const html = createAssets({manifest, hotFile: false}).tags('main.ts');
	t.is(listTags(html).length, 5);
	t.deepEqual(runScripts(html, {knowsModules: true, isModern: false, knowsNoModule: true}), [
		`/polyfills${hostile}.js`,
		`/${hostile}.js`,
	]);
});

test('the import map has the hash of what both kinds of browsers load, and of no other legacy file', t => {
	const chunk = (name: string, more = {}) => ({file: `${name}.js`, integrity: `sha384-${name}`, ...more});
	const manifest = {
		_shared: chunk('shared'),
		_old: chunk('old', {imports: ['_shared'], dynamicImports: ['_later', 'missing', 'constructor']}),
		_later: chunk('later-legacy', {dynamicImports: ['_old']}),
		'lazy-legacy.ts': chunk('lazy-legacy'),
		'main.ts': chunk('main', {isEntry: true, imports: ['_shared'], dynamicImports: ['lazy-legacy.ts']}),
		'main-legacy.ts': chunk('main-legacy', {isEntry: true, imports: ['_old']}),
		'vite/legacy-polyfills-legacy': chunk('polyfills-legacy', {isEntry: true}),
	};
	const readMap = (own: Manifest) => {
		const scripts = listScripts(createAssets({manifest: own, hotFile: false}).tags('main.ts'));
		t.is(scripts.filter(({text}) => text.includes('role')).length, 1);
		const map = scripts.find(({attributes: {type}}) => type === 'importmap');
		return map && Object.keys(JSON.parse(map.text).integrity);
	};
	t.deepEqual(readMap(manifest), ['/shared.js', '/lazy-legacy.js', '/main.js']);
	const {'main.ts': _, 'lazy-legacy.ts': _lazy, ...legacyAlone} = manifest;
	t.is(readMap(legacyAlone), undefined);
});
