import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {TemplateError} from 'koa-inertia/errors';
import nunjucks from 'nunjucks';
import {createApp, getDocument} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {writeFiles} from '../helpers/files.ts';

const secret = 'not for everyone';

/** Makes `views` with some templates, and `views-private` beside it, whose path begins with the same characters. */
const createViews = async (t: ExecutionContext, templates: Readonly<Record<string, string>>): Promise<string> => {
	const root = await createDirectory(t);
	const views = path.join(root, 'views');
	await writeFiles(views, {'../views-private/x.njk': secret, ...templates});
	return views;
};

const render = async (t: ExecutionContext, options: InertiaOptions, template?: string): Promise<string> =>
	getDocument(
		await createApp(t, {manifest: createManifest(), hotFile: false, ...options}, ctx =>
			ctx.inertia.render('Home', {}, template === undefined ? {} : {template}),
		),
	);

const checkRefusal = async (t: ExecutionContext, rendering: Promise<string>, name: string): Promise<void> => {
	const error = await t.throwsAsync(rendering, {instanceOf: TemplateError, code: 'ERR_INERTIA_TEMPLATE'}, name);
	t.true(error.message.includes(`\`${name}\` is not inside of the directories of the option \`views\``), error.message);
};

test('a root template beside the directories of `views` is refused, whoever names it', async t => {
	const views = await createViews(t, {'app.njk': 'app'});
	const absolute = path.join(path.dirname(views), 'views-private/x.njk');
	for (const name of ['../views-private/x.njk', 'a/../../views-private/x.njk', './../views-private/x.njk', absolute]) {
		await checkRefusal(t, render(t, {views, template: () => name}), name);
		await checkRefusal(t, render(t, {views}, name), name);
	}
});

test('an environment of its own gets no root template from beside its directories either', async t => {
	const views = await createViews(t, {'app.njk': 'app'});
	const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(views));
	for (const name of ['../views-private/x.njk', path.join(path.dirname(views), 'views-private/x.njk')]) {
		await checkRefusal(t, render(t, {views: environment, template: () => name}), name);
	}
});

for (const tag of ['include', 'extends', 'import']) {
	test(`a template that another one names by \`${tag}\` comes from the directories of \`views\` alone`, async t => {
		const rest = tag === 'import' ? 'as x ' : '';
		const views = await createViews(t, {
			'app.njk': `{% ${tag} "../views-private/x.njk" ${rest}%}`,
			'deep/app.njk': `{% ${tag} "../../views-private/x.njk" ${rest}%}`,
		});
		for (const template of ['app.njk', 'deep/app.njk']) {
			const error = await t.throwsAsync(render(t, {views, template}), {instanceOf: TemplateError});
			t.regex(error.message, /views-private\/x\.njk` is not inside of the directories of the option `views`/);
		}
	});
}

test('a template may name its neighbours, and those of the package', async t => {
	const views = await createViews(t, {
		'deep/app.njk': '{% include "./part.njk" %} {% include "../top.njk" %} {% include "deep/../top.njk" %}',
		'deep/part.njk': 'part',
		'top.njk': 'top',
		'..hidden.njk': 'hidden',
		'own.njk': '{% extends "koa-inertia/app.njk" %}{% block body %}own{% endblock %}',
	});
	t.is(await render(t, {views, template: 'deep/app.njk'}), 'part top top');
	t.is(await render(t, {views, template: 'deep/../top.njk'}), 'top');
	t.is(await render(t, {views, template: '..hidden.njk'}), 'hidden');
	t.regex(await render(t, {views, template: 'own.njk'}), /^<!doctype html>[\s\S]*<body>\s*own\s*<\/body>/);
});
