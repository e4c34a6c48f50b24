/**
Koa without the package, as one would write it by hand for this one page. It checks no version, doesn't choose between JSON
and document, and resolves props only for a partial reload.
*/
import {fileURLToPath} from 'node:url';
import Koa, {type Context} from 'koa';
import nunjucks from 'nunjucks';
import {createManifest} from '../manifest-file.ts';
import {component, largeProps, partialProps, smallProps} from '../payloads.ts';

const views = fileURLToPath(new URL('../views', import.meta.url));

const createPage = (ctx: Context, props: object, version: string) => ({
	component,
	props: {errors: {}, ...props},
	url: ctx.url,
	version,
	sharedProps: ['errors'],
});

const sendJson = (ctx: Context, props: object, version: string): void => {
	ctx.vary('X-Inertia');
	ctx.set('X-Inertia', 'true');
	ctx.set('X-Inertia-Version', version);
	ctx.body = createPage(ctx, props, version);
};

const createJsonApp = (version: string, props: object): Koa => {
	const app = new Koa();
	app.use(ctx => sendJson(ctx, props, version));
	return app;
};

export const createSmall = (version: string): Koa => createJsonApp(version, smallProps);

export const createLarge = (version: string): Koa => createJsonApp(version, largeProps);

const resolvePartial = async (ctx: Context): Promise<Record<string, unknown>> => {
	const isPartial = ctx.get('X-Inertia-Partial-Component') === component;
	const names = isPartial ? ctx.get('X-Inertia-Partial-Data').split(',') : Object.keys(partialProps);
	const values = await Promise.all(
		names.map(name => {
			const prop: unknown = partialProps[name as keyof typeof partialProps];
			return typeof prop === 'function' ? prop() : prop;
		}),
	);
	return Object.fromEntries(names.map((name, index) => [name, values[index]]));
};

export const createPartial = (version: string): Koa => {
	const app = new Koa();
	app.use(async ctx => sendJson(ctx, await resolvePartial(ctx), version));
	return app;
};

const createTags = (): string => {
	const {file, css = []} = createManifest(1)['source/main.ts'] ?? {file: ''};
	const sheets = css.map(sheet => `<link rel="stylesheet" href="/${sheet}">`);
	return [...sheets, `<script type="module" src="/${file}"></script>`].join('\n');
};

// This is the quickest way that we found. We don't use a pattern with a callback, because it takes twice as long.
const escapeJson = (json: string): string =>
	json
		.replaceAll('/', '\\/')
		.replaceAll('<', '\\u003c')
		.replaceAll('\u2028', '\\u2028')
		.replaceAll('\u2029', '\\u2029');

const createMarkup = (page: object): string => {
	const json = escapeJson(JSON.stringify(page));
	return `<script data-page="app" type="application/json">${json}</script><div id="app"></div>`;
};

const toSafe = (html: string) => new nunjucks.runtime.SafeString(html);

const createSafeMarkup = (page: object) => toSafe(createMarkup(page));

export const createDocument = (version: string): Koa => {
	const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(views), {autoescape: true});
	const tags = toSafe(createTags());
	const vite = () => tags;
	const app = new Koa();
	app.use(ctx => {
		// We bind it, because tsx would name an arrow function at each request, and the package has no such cost.
		const markup = createSafeMarkup.bind(undefined, createPage(ctx, smallProps, version));
		ctx.vary('X-Inertia');
		ctx.set('X-Inertia-Version', version);
		ctx.type = 'html';
		ctx.body = environment.render('app.njk', {title: 'Users', vite, inertia: markup});
	});
	return app;
};

export const createRootView = (version: string): Koa => {
	const tags = createTags();
	const app = new Koa();
	app.use(ctx => {
		const markup = createMarkup(createPage(ctx, smallProps, version));
		ctx.vary('X-Inertia');
		ctx.set('X-Inertia-Version', version);
		ctx.type = 'html';
		ctx.body = `<!doctype html><html lang="en"><head><title>Users</title>${tags}</head><body>${markup}</body></html>`;
	});
	return app;
};

export const createMismatch = (version: string): Koa => {
	const app = new Koa();
	app.use(ctx => {
		ctx.vary('X-Inertia');
		ctx.set('X-Inertia-Location', ctx.url);
		ctx.set('X-Inertia-Version', version);
		ctx.set('Cache-Control', 'no-store');
		ctx.body = null;
		ctx.status = 409;
	});
	return app;
};
