import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {InertiaError, type InertiaOptions, OptionError} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {TemplateError} from 'koa-inertia/errors';
import {addInertia} from 'koa-inertia/nunjucks';
import nunjucks from 'nunjucks';
import {createApp, getDocument, type RunningApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {parsePage} from '../helpers/document.ts';
import {writeFiles} from '../helpers/files.ts';
import {runModule} from '../helpers/run-module.ts';

const manifest = createManifest();
const template = {instanceOf: TemplateError, code: 'ERR_INERTIA_TEMPLATE'} as const;

const createSite = async (
	t: ExecutionContext,
	templates: Readonly<Record<string, string>>,
	options?: InertiaOptions,
): Promise<RunningApp> => {
	const views = await createDirectory(t);
	await writeFiles(views, templates);
	return createApp(t, {manifest, hotFile: false, views, ...options});
};

const createEnvironment = (text: string): nunjucks.Environment => {
	const loader: nunjucks.ILoader = {getSource: name => ({src: text, path: name, noCache: true})};
	return new nunjucks.Environment(loader);
};

test('an environment in the option `views` gets the globals and keeps its own filters and globals', async t => {
	const views = createEnvironment('{{ "x" | shout }}{{ site }}{{ inertiaVersion() }}{% inertia %}')
		.addFilter('shout', (text: string) => `${text}!`)
		.addGlobal('site', 'Nightbook');
	const html = await getDocument(await createApp(t, {manifest, hotFile: false, views}));
	const {version} = createAssets({manifest, hotFile: false});
	t.true(html.startsWith(`x!Nightbook${version}<script`));
	t.like(parsePage(html), {component: 'Home', version});
});

test('one environment serves two apps with assets of their own, each with its own', async t => {
	const views = createEnvironment('{{ inertiaVersion() }} {{ viteAsset("source/logo.svg") }}');
	const apps = [
		await createApp(t, {manifest: createManifest('a'), hotFile: false, views}),
		await createApp(t, {manifest: createManifest('b'), hotFile: false, views}),
	];
	for (const [index, app] of apps.entries()) {
		t.is(await getDocument(app), `${app.assets.version} /assets/logo-${'ab'[index]}.svg`);
	}
});

test('an environment without autoescape still gives the globals as they are', async t => {
	const views = new nunjucks.Environment(null, {autoescape: false});
	addInertia(views, createAssets({manifest, hotFile: false}));
	t.regex(views.renderString('{{ vite() }}', {}), /^<link rel/);
});

test('an environment with an async filter gives the whole document or an error, never an empty answer', async t => {
	const views = createEnvironment('{{ "x" | later }}{% inertia %}').addFilter(
		'later',
		(text: string, done: (error: null, value: string) => void) => setTimeout(done, 5, null, `${text}!`),
		true,
	);
	const app = await createApp(t, {manifest, hotFile: false, views});
	const {status, text} = await app.agent.get('/');
	if (status === 200) {
		t.true(text.startsWith('x!'));
		t.like(parsePage(text), {component: 'Home'});
	} else {
		t.is(status, 500);
		t.true(app.errors[0] instanceof TemplateError);
	}
});

test('a failing template is a `TemplateError` that names the template, the page and the place', async t => {
	for (const [text, reason] of [
		['{{ nothing.at.all() }}', /app\.njk\)[\s\S]*Unable to call `nothing\["at"\]\["all"\]`/],
		['{% if %}', /unexpected token/],
		['{{ missingFunction() }}', /`missingFunction`/],
		['{{ "x" | missingFilter }}', /missingFilter/],
		['{% include "none.njk" %}', /none\.njk/],
		['{% extends "none.njk" %}', /none\.njk/],
		['{% block a %}', /block/],
	] as const) {
		const app = await createSite(t, {'app.njk': text});
		const error = await t.throwsAsync(getDocument(app), template, text);
		t.true(error instanceof InertiaError);
		t.regex(error.message, /^The root template `app\.njk` of `Home` failed: /);
		t.regex(error.message, reason);
		t.true(error.cause instanceof Error);
		t.regex((error.cause as Error).message, reason);
		t.notRegex(error.message, /\.\./);
	}
});

test('an error in an included template names that template too', async t => {
	const app = await createSite(t, {'head.njk': '{{ a.b.c() }}', 'app.njk': '{% include "head.njk" %}'});
	const error = await t.throwsAsync(getDocument(app), template);
	t.regex(error.message, /head\.njk/);
});

test('an error that a template function throws is kept in the chain of causes', async t => {
	const quota = new RangeError('quota exceeded.');
	const check = () => {
		throw quota;
	};
	const views = await createDirectory(t);
	await writeFile(path.join(views, 'app.njk'), '{{ check() }}');
	const app = await createApp(t, {manifest, hotFile: false, views}, ctx =>
		ctx.inertia.render('Home', {}, {viewData: {check}}),
	);
	const error = await t.throwsAsync(getDocument(app), template);
	t.regex(error.message, /quota exceeded/);
	const chain: unknown[] = [];
	for (let link: unknown = error; link instanceof Error; link = link.cause) chain.push(link);
	t.true(chain.includes(quota), String(chain));
});

test('a reason that ends with a full stop gets no second one', async t => {
	const views = createEnvironment('{{ check() }}').addGlobal('check', () => {
		throw new RangeError('quota exceeded.');
	});
	const error = await t.throwsAsync(getDocument(await createApp(t, {manifest, hotFile: false, views})), template);
	t.regex(error.message, /quota exceeded\.(?!\.)/);
});

test('a missing root template is named, and after it is written it is found without a restart', async t => {
	const app = await createSite(t, {}, {template: 'pages/root.njk'});
	const error = await t.throwsAsync(getDocument(app), template);
	t.regex(error.message, /`pages\/root\.njk`.*template not found: pages\/root\.njk/);
	const views = await createDirectory(t);
	const other = await createApp(t, {manifest, hotFile: false, views, template: 'root.njk'});
	await t.throwsAsync(getDocument(other), template);
	for (const text of ['first', 'second']) {
		await writeFile(path.join(views, 'root.njk'), text);
		t.is(await getDocument(other), text);
	}
});

test('in production a template is compiled once', async t => {
	const views = await createDirectory(t);
	await writeFile(path.join(views, 'app.njk'), 'first {{ inertia() }}');
	const code = `
		import {writeFileSync} from 'node:fs';
		import Koa from 'koa';
		import {inertia} from 'koa-inertia';
		const views = ${JSON.stringify(views)};
		const app = new Koa();
		app.use(inertia({version: 'v1', views})).use(ctx => ctx.inertia.render('Home'));
		const server = app.listen(0, '127.0.0.1');
		await new Promise(resolve => server.once('listening', resolve));
		const get = async () => (await (await fetch('http://127.0.0.1:' + server.address().port)).text()).split(' ')[0];
		const first = await get();
		writeFileSync(views + '/app.njk', 'second {{ inertia() }}');
		console.log(first, await get());
		server.close();
		server.closeAllConnections();
	`;
	const run = (NODE_ENV: string) => runModule(code, {cwd: views, env: {NODE_ENV}});
	t.like(await run('production'), {stdout: 'first first\n', stderr: '', code: 0});
	await writeFile(path.join(views, 'app.njk'), 'first {{ inertia() }}');
	t.like(await run('development'), {stdout: 'first second\n', stderr: '', code: 0});
});

test('`views` is used without the option where it exists, else the templates of the package', async t => {
	const cwd = await createDirectory(t);
	const code = `
		import Koa from 'koa';
		import {inertia} from 'koa-inertia';
		const app = new Koa();
		app.use(inertia({manifest: {'a.ts': {file: 'a.js', isEntry: true}}}));
		app.use(ctx => ctx.inertia.render('Home'));
		const server = app.listen(0, '127.0.0.1');
		await new Promise(resolve => server.once('listening', resolve));
		console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
		server.close();
		server.closeAllConnections();
	`;
	t.regex((await runModule(code, {cwd})).stdout, /^<!doctype html>[\s\S]*src="\/a\.js"/);
	await mkdir(path.join(cwd, 'views'));
	t.regex((await runModule(code, {cwd})).stdout, /^<!doctype html>/);
	await writeFile(path.join(cwd, 'views/app.njk'), 'mine');
	t.is((await runModule(code, {cwd})).stdout, 'mine\n');
});

const wrongViews: Array<[name: string, views: string | string[], named: string]> = [
	['a missing directory', 'no-such-views', 'no-such-views'],
	['a missing directory among others', ['views', 'no-such-views'], 'no-such-views'],
	['a file', 'package.json', 'package.json'],
];

for (const [name, views, named] of wrongViews) {
	test(`${name} in \`views\` is refused at start`, async t => {
		const error = await t.throwsAsync(createApp(t, {manifest, hotFile: false, views}), {
			instanceOf: OptionError,
			code: 'ERR_INERTIA_OPTION',
		});
		t.regex(error.message, /`views`/);
		t.true(error.message.includes(`\`${named}\``));
	});
}

test('an object in `views` that is no environment is refused at start', async t => {
	await t.throwsAsync(createApp(t, {manifest, hotFile: false, views: {} as nunjucks.Environment}), {
		instanceOf: OptionError,
		message: /`views`.*Nunjucks environment/,
	});
});
