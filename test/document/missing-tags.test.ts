import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions, RootView} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {collectWarnings} from '../helpers/warnings.ts';

interface Given {
	readonly options?: InertiaOptions;
	readonly env?: string;
}

/** Asks twice for a document of `template`, and gives the codes and messages of the warnings about its component. */
const listWarnings = async (
	t: ExecutionContext,
	template: string | RootView,
	{options, env = 'development'}: Given = {},
): Promise<Array<{code: string | undefined; message: string}>> => {
	// The name of the component tells the warnings of this test from those of others.
	const component = `Home${Math.random()}`;
	const warnings = collectWarnings(t, component);
	const views = await createDirectory(t);
	if (typeof template === 'string') await writeFile(path.join(views, 'app.njk'), template);
	const {agent} = await createApp(
		t,
		{
			manifest: createManifest(),
			hotFile: false,
			...(typeof template === 'string' ? {views} : {rootView: template}),
			...options,
		},
		ctx => ctx.inertia.render(component, {text: '<div data-page="x"><script src="x">'}),
		app => {
			app.env = env;
		},
	);
	for (let count = 0; count < 2; count += 1) await agent.get('/').expect(200);
	await delay(10);
	return warnings.map(({code, message}) => ({code, message: message.replace(component, 'Home')}));
};

const noPage =
	'The root template `app.njk` gives a document of `Home` without the page, so the browser shows nothing. Write `{{ inertia() }}` into its body.';
const noScript =
	'The root template `app.njk` gives a document of `Home` without a script, so the browser shows nothing. Write `{{ vite(page=page) }}` into its head.';
const neither =
	'The root template `app.njk` gives a document of `Home` without the page and without a script, so the browser shows nothing. Write `{{ vite(page=page) }}` into its head and `{{ inertia() }}` into its body. If it is no root template, name another one by the option `template`.';

for (const [title, template, code, message] of [
	['`inertia()`', '{{ vite() }}', 'INERTIA_TEMPLATE_WITHOUT_PAGE', noPage],
	['`inertia()` that says so in a text', '{{ vite() }}<p>data-page="app"</p>', 'INERTIA_TEMPLATE_WITHOUT_PAGE', noPage],
	['`vite()`', '{{ inertia() }}', 'INERTIA_TEMPLATE_WITHOUT_SCRIPT', noScript],
	[
		'any script but one of a few lines',
		'{{ inertia() }}<script>1</script>',
		'INERTIA_TEMPLATE_WITHOUT_SCRIPT',
		noScript,
	],
	['both', '<h1>Dear {{ name }}</h1>', 'INERTIA_NO_ROOT_TEMPLATE', neither],
] as const) {
	test.serial(`a root template without ${title} is one warning in development`, async t => {
		t.deepEqual(await listWarnings(t, template), [{code, message}]);
	});
}

test.serial('a `rootView` is told in its own words', async t => {
	t.deepEqual(await listWarnings(t, () => '<p>Hello'), [
		{
			code: 'INERTIA_NO_ROOT_TEMPLATE',
			message:
				'`rootView` gives a document of `Home` without the page and without a script, so the browser shows nothing. Write `tags.vite({page})` into its head and `tags.inertia()` into its body.',
		},
	]);
});

for (const [title, template, given] of [
	['calls both', '{{ vite() }}{{ inertia() }}', {}],
	['extends that of the package', '{% extends "koa-inertia/app.njk" %}', {}],
	['calls them in an included template', '{% include "koa-inertia/app.njk" %}', {}],
	[
		'writes the script itself',
		`<script type="module" src="{{ viteAsset('source/main.ts') }}"></script>{% inertia %}`,
		{},
	],
	['has no build to load', '{{ inertia() }}', {options: {manifest: undefined, version: 'v1'}}],
	['is used in tests', 'nothing', {env: 'test'}],
	['is used in production', 'nothing', {env: 'production'}],
] as const) {
	test.serial(`a root template that ${title} is no warning`, async t => {
		t.deepEqual(await listWarnings(t, template, given as Given), []);
	});
}

test.serial('a `rootView` that writes the page itself is no warning', async t => {
	const rootView: RootView = (page, _ctx, tags) =>
		`${tags.vite({page})}<script data-page="app" type="application/json">${tags.page()}</script><div id="app"></div>`;
	t.deepEqual(await listWarnings(t, rootView), []);
});
