import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {ManifestEntryError} from 'koa-inertia/errors';
import {addInertia} from 'koa-inertia/nunjucks';
import nunjucks from 'nunjucks';
import {createApp, getDocument, type RunningApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {listUrls, parsePage, readElements} from '../helpers/document.ts';
import {type Files, writeFiles} from '../helpers/files.ts';

const manifest = createManifest();
const {version} = createAssets({manifest, hotFile: false});
const mainUrls = ['/assets/shared-a.css', '/assets/main-a.css', '/assets/shared-a.js', '/assets/main-a.js'];

const createViews = async (t: ExecutionContext, templates: Files): Promise<string> => {
	const directory = await createDirectory(t);
	await writeFiles(directory, templates);
	return directory;
};

const createSite = async (t: ExecutionContext, templates: Files, options?: InertiaOptions): Promise<RunningApp> =>
	createApp(t, {manifest, hotFile: false, views: await createViews(t, templates), ...options}, async ctx => {
		ctx.state.cspNonce = `a"b'<&`;
		Object.assign(ctx.state, {from: 'state', title: 'state', page: 'state', user: '<b>Ada</b>'});
		await ctx.inertia.render('Home', {}, {viewData: {title: 'viewData', page: 'viewData'}});
	});

const checkDocument = (t: ExecutionContext, html: string): void => {
	t.like(parsePage(html), {component: 'Home', version});
	t.deepEqual(listUrls(html), [...mainUrls, '/assets/logo-a.svg']);
	const elements = readElements(html);
	t.is(elements.find(({name}) => name === 'meta')?.attributes.content, version);
	t.is(elements.filter(({attributes}) => attributes.id === 'app').length, 1);
	const loaded = elements.filter(({name, attributes}) => name === 'link' || attributes.src?.endsWith('.js'));
	t.deepEqual(
		loaded.map(({attributes}) => attributes.nonce),
		mainUrls.map(() => `a"b'<&`),
	);
};

const meta = '<meta content="{{ inertiaVersion() }}">';
const vite = `{{ vite('source/main.ts') }}`;
const image = `<img src="{{ viteAsset('source/logo.svg') }}">`;

const placements: Array<[place: string, templates: Files]> = [
	['a plain template', {'app.njk': `${meta}${vite}${image}{{ inertia() }}`}],
	['the tag form', {'app.njk': `${meta}${vite}${image}{% inertia %}`}],
	['the tag form that trims', {'app.njk': `${meta}${vite}${image}\n{%- inertia -%}\n`}],
	[
		'a macro of the same template',
		{'app.njk': `{% macro all() %}${meta}${vite}${image}{% inertia %}{% endmacro %}{{ all() }}`},
	],
	[
		'a macro that is imported with context',
		{
			'macros.njk': `{% macro all() %}${meta}${vite}${image}{{ inertia() }}{% endmacro %}`,
			'app.njk': '{% import "macros.njk" as macros with context %}{{ macros.all() }}',
		},
	],
	['an include', {'head.njk': `${meta}${vite}`, 'app.njk': `{% include "head.njk" %}${image}{% inertia %}`}],
	[
		'blocks of a template that is extended twice',
		{
			'base.njk': `{% block head %}${meta}{% endblock %}{% block body %}{% endblock %}`,
			'middle.njk': `{% extends "base.njk" %}{% block head %}{{ super() }}${vite}{% endblock %}`,
			'app.njk': `{% extends "middle.njk" %}{% block body %}${image}{% inertia %}{% endblock %}`,
		},
	],
	[
		'variables, loops and conditions',
		{
			'app.njk': `{% set tags = vite('source/main.ts') %}${meta}{{ tags }}{% for file in ['source/logo.svg'] %}<img src="{{ viteAsset(file) }}">{% endfor %}{% if inertiaVersion() %}{% inertia %}{% endif %}`,
		},
	],
];

for (const [place, templates] of placements) {
	test(`the globals and the tag work in ${place}`, async t => {
		checkDocument(t, await getDocument(await createSite(t, templates)));
	});
}

test('the error of `inertia()` in a macro that is imported without context says `with context`', async t => {
	const app = await createSite(t, {
		'macros.njk': '{% macro body() %}{{ inertia() }}{% endmacro %}',
		'app.njk': '{% from "macros.njk" import body %}{{ body() }}',
	});
	const {status, text} = await app.agent.get('/');
	if (status === 200) t.like(parsePage(text), {version});
	else t.regex(String(app.errors[0]), /with context/);
});

test('`vite()` takes several entries and, without a name, all of them', async t => {
	for (const call of ['vite("source/main.ts", "source/admin.ts")', 'vite()']) {
		const app = await createSite(t, {'app.njk': `{{ ${call} }}`});
		t.deepEqual(listUrls(await getDocument(app)).toSorted(), [...mainUrls, '/assets/admin-a.js'].toSorted());
	}
});

test('without a nonce no tag has the attribute', async t => {
	const app = await createApp(t, {manifest, hotFile: false});
	t.notRegex((await app.agent.get('/')).text, /nonce/);
});

test('values are escaped, and what the globals give as HTML is not', async t => {
	const views = await createViews(t, {'app.njk': '<p>{{ user }}</p><i>{{ title }}</i>{{ vite() }}{{ inertia() }}'});
	const html = await getDocument(await createSite(t, {}, {views}));
	t.true(html.startsWith('<p>&lt;b&gt;Ada&lt;/b&gt;</p>'));
	t.like(parsePage(html), {component: 'Home'});
	t.true(listUrls(html).includes('/assets/main-a.js'));
});

test('`page` wins over `viewData`, `viewData` over `ctx.state`, and none of them is changed', async t => {
	const views = await createViews(t, {'app.njk': '{{ from }} {{ title }} {{ page.component }}'});
	const viewData = Object.freeze({title: 'viewData', page: 'viewData'});
	const app = await createApp(t, {manifest, hotFile: false, views}, async ctx => {
		const state = {from: 'state', title: 'state', page: 'state'};
		Object.assign(ctx.state, state);
		await ctx.inertia.render('Home', {}, {viewData});
		t.deepEqual(ctx.state, state);
	});
	t.is(await getDocument(app), 'state viewData Home');
});

test('values of one request never show in another', async t => {
	const views = await createViews(t, {'app.njk': '{{ secret or "none" }}{{ vite() }}'});
	const app = await createApp(t, {manifest, hotFile: false, views}, async ctx => {
		if (ctx.query.secret) ctx.state.secret = ctx.state.cspNonce = ctx.query.secret;
		await ctx.inertia.render('Home');
	});
	const answers = await Promise.all(
		Array.from({length: 20}, (_, index) => app.agent.get(index % 2 ? `/?secret=s${index}` : '/')),
	);
	for (const [index, {text}] of answers.entries()) {
		t.true(text.startsWith(index % 2 ? `s${index}` : 'none'));
		t.deepEqual(text.match(/nonce="[^"]*"/g)?.at(0), index % 2 ? `nonce="s${index}"` : undefined);
	}
});

test('the root template can depend on the request and on the call', async t => {
	const views = await createViews(t, {'a.njk': 'a', 'b.njk': 'b', 'c.njk': 'c'});
	const template: InertiaOptions['template'] = ctx => (ctx.path === '/b' ? 'b.njk' : 'a.njk');
	const app = await createApp(t, {manifest, hotFile: false, views, template}, async ctx =>
		ctx.inertia.render('Home', {}, ctx.path === '/c' ? {template: 'c.njk'} : {}),
	);
	for (const name of ['a', 'b', 'c']) t.is((await app.agent.get(`/${name}`)).text, name);
});

test('of several directories the first that has a template wins, and the package comes last', async t => {
	const first = await createViews(t, {'a.njk': 'first'});
	const second = await createViews(t, {'a.njk': 'second', 'b.njk': 'second'});
	const app = await createApp(t, {manifest, hotFile: false, views: [first, second]}, async ctx =>
		ctx.inertia.render('Home', {}, {template: `${ctx.path.slice(1)}.njk`}),
	);
	t.is((await app.agent.get('/a')).text, 'first');
	t.is((await app.agent.get('/b')).text, 'second');
	t.like(parsePage((await app.agent.get('/app')).text), {component: 'Home'});
});

test('a root template of the application fills the blocks of `koa-inertia/app.njk`', async t => {
	const app = await createSite(t, {
		'app.njk': `{% extends "koa-inertia/app.njk" %}
			{% block language %}de{% endblock %}
			{% block head %}{{ super() }}${meta}{% endblock %}
			{% block assets %}${vite}{% endblock %}
			{% block body %}${image}{{ super() }}{% endblock %}`,
	});
	const html = await getDocument(app);
	t.true(html.startsWith('<!doctype html>'));
	const elements = readElements(html);
	t.is(elements.find(({name}) => name === 'html')?.attributes.lang, 'de');
	t.is(elements.find(({name}) => name === 'title')?.text, 'viewData');
	t.is(elements.filter(({name, attributes}) => name === 'meta' && attributes.property === undefined).length, 3);
	t.deepEqual(listUrls(html), [...mainUrls, '/assets/logo-a.svg']);
	t.like(parsePage(html), {component: 'Home'});
});

test('an unknown entry keeps its class and names the nearest, from an include and a macro too', async t => {
	const wrong = `{{ vite('source/mian.ts') }}`;
	for (const templates of [
		{'app.njk': wrong},
		{'head.njk': wrong, 'app.njk': '{% include "head.njk" %}'},
		{'app.njk': `{% macro head() %}{{ viteAsset('source/mian.ts') }}{% endmacro %}{{ head() }}`},
	]) {
		const error = await t.throwsAsync(async () => getDocument(await createSite(t, templates)), {
			instanceOf: ManifestEntryError,
			code: 'ERR_INERTIA_MANIFEST_ENTRY',
		});
		t.regex(error.message, /`source\/mian\.ts`.*Did you mean `source\/main\.ts`\?/);
	}
});

test('an own environment gets the globals through `addInertia`, and again without harm', t => {
	const environment = new nunjucks.Environment(null, {autoescape: true});
	const assets = createAssets({manifest, hotFile: false});
	addInertia(environment, assets);
	addInertia(environment, assets);
	const html = environment.renderString(`${meta}${vite}${image}`, {});
	t.deepEqual(listUrls(html), [...mainUrls, '/assets/logo-a.svg']);
	t.true(html.startsWith(`<meta content="${version}">`));
	for (const text of ['{{ inertia() }}', '{% inertia %}']) {
		const error = t.throws(() => environment.renderString(text, {}));
		t.regex(error.message, /used where no page is rendered.*`ctx\.inertia\.render\(\)`.*`with context`/);
	}
});
