import {rename, rm, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type InertiaOptions, OptionError, page} from 'koa-inertia';
import type {Manifest} from 'koa-inertia/assets';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {writeFiles} from '../helpers/files.ts';

const manifest: Manifest = {
	...createManifest(),
	'source/pages/Home.tsx': {file: 'assets/home.js', pages: ['Home', 'Error']},
	'source/pages/Users/Index.tsx': {file: 'assets/users.js', pages: ['Users/Index']},
};

/** Serves the page that the query names. */
const createSite = async (t: ExecutionContext, options: InertiaOptions = {}, env = 'test'): Promise<RunningApp> =>
	createApp(
		t,
		{manifest, hotFile: false, ...options},
		ctx => ctx.inertia.render(String(ctx.query.page)),
		app => {
			app.env = env;
		},
	);

const render = async ({agent, errors}: RunningApp, name: string): Promise<unknown> => {
	await agent.get('/').query({page: name}).set('X-Inertia', 'true');
	return errors.pop();
};

const buildMessage = (name: string, suggestion: string): string =>
	`\`${name}\` is no page: the build has none of that name.${suggestion} Correct the name, build again with \`npx vite build\` if the page is new, or set \`pages: false\` in \`koaInertia()\` of the Vite config if pages lie elsewhere too.`;

for (const env of ['test', 'development', 'staging']) {
	test(`with \`app.env\` ${env} a component that the build lacks is an error that names the nearest`, async t => {
		const app = await createSite(t, {version: null}, env);
		for (const [name, suggestion] of [
			['users/index', ' Did you mean `Users/Index`?'],
			['Users/Indx', ' Did you mean `Users/Index`?'],
			['Users/Index.tsx', ' Did you mean `Users/Index`?'],
			['__proto__', ''],
		] as const) {
			const error = await render(app, name);
			t.true(error instanceof OptionError);
			t.is((error as Error).message, buildMessage(name, suggestion));
		}

		for (const name of ['Home', 'Error', 'Users/Index']) t.is(await render(app, name), undefined);
	});
}

test('a document and a route of `page()` are checked as a visit is', async t => {
	const {agent, errors} = await createApp(t, {manifest, hotFile: false}, page('Hone'));
	await agent.get('/').expect(500);
	t.is((errors[0] as Error).message, buildMessage('Hone', ' Did you mean `Home`?'));
});

test('in production any name is rendered', async t => {
	t.is(await render(await createSite(t, {version: null}, 'production'), 'users/index'), undefined);
});

test('without the names of the plugin any name is rendered, below `pages/` too', async t => {
	const plain = {...createManifest(), 'source/pages/Home.tsx': {file: 'assets/home.js'}};
	t.is(await render(await createSite(t, {version: null, manifest: plain}), 'users/index'), undefined);
	const without = await createApp(t, {version: null, hotFile: false}, ctx => ctx.inertia.render('users/index'));
	t.is(await render(without, ''), undefined);
});

test('an error page that the build lacks is named once, beside the error that it was for', async t => {
	const {agent, errors} = await createApp(t, {manifest, hotFile: false, errorPage: 'Errors'}, ctx => ctx.throw(403));
	await agent.get('/').set('Accept', 'text/html').expect(403);
	t.deepEqual(
		errors.map(error => (error as Error).message),
		[buildMessage('Errors', ' Did you mean `Error`?'), 'Forbidden'],
	);
});

/** Writes pages, and the hot file of a dev server that has them. */
const createDevelopment = async (
	t: ExecutionContext,
	names: readonly string[],
	own: object = {},
	url = '/build',
): Promise<{pages: string; options: InertiaOptions}> => {
	const root = await createDirectory(t);
	const pages = path.join(root, 'source/pages');
	await writeFiles(pages, Object.fromEntries(names.map(name => [name, ''])));
	const details = {
		processId: process.pid,
		hostname: hostname(),
		startedAt: Math.round(performance.timeOrigin),
		root,
		input: [],
		pages,
	};
	const hotFile = path.join(root, 'hot');
	await writeFile(hotFile, `${url}\n${JSON.stringify({...details, ...own})}\n`);
	return {pages, options: {hotFile, manifest: path.join(root, 'none.json')}};
};

test('while a dev server runs, a component that has no file is an error that names the nearest', async t => {
	const {pages, options} = await createDevelopment(t, ['Home.tsx', 'Users/Index.tsx', 'Users/Index.test.tsx']);
	const app = await createSite(t, options, 'development');
	const error = await render(app, 'users/Index');
	t.true(error instanceof OptionError);
	t.is(
		(error as Error).message,
		`\`users/Index\` is no page: \`${path.relative('', pages)}\` has none of that name. Did you mean \`Users/Index\`? Correct the name, add the component, or set \`pages: false\` in \`koaInertia()\` of the Vite config if pages lie elsewhere too.`,
	);
	t.true((await render(app, 'Users/Index.test')) instanceof OptionError);
	t.is(await render(app, 'Users/Index'), undefined);
});

test('a page that comes, goes or gets another name counts at once', async t => {
	const {pages, options} = await createDevelopment(t, ['Home.tsx']);
	const app = await createSite(t, options, 'development');
	t.true((await render(app, 'About')) instanceof OptionError);
	await writeFile(path.join(pages, 'About.tsx'), '');
	t.is(await render(app, 'About'), undefined);
	await rename(path.join(pages, 'About.tsx'), path.join(pages, 'Story.tsx'));
	t.true((await render(app, 'About')) instanceof OptionError);
	t.is(await render(app, 'Story'), undefined);
	await rm(path.join(pages, 'Story.tsx'));
	t.true((await render(app, 'Story')) instanceof OptionError);
});

for (const [title, own] of [
	['names no directory of pages', {pages: undefined}],
	['names a directory that is not there', {pages: '/no/such/directory'}],
	['names something else', {pages: 7}],
	['is of another machine', {hostname: 'elsewhere'}],
] as const) {
	test(`any name is rendered where the hot file ${title}`, async t => {
		// A path is a dev server inside of this process, so that of another machine needs a whole URL.
		const url = 'hostname' in own ? 'http://localhost:5173' : '/build';
		const {options} = await createDevelopment(t, ['Home.tsx'], own, url);
		t.is(await render(await createSite(t, options, 'development'), 'users/index'), undefined);
	});
}

test('a dev server counts in production no more than its pages', async t => {
	const {options} = await createDevelopment(t, ['Home.tsx']);
	t.is(await render(await createSite(t, {...options, manifest, version: null}, 'production'), 'Hone'), undefined);
});
