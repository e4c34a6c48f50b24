import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import {createManifest} from '../manifest-file.ts';
import {component, largeProps, partialProps, smallProps} from '../payloads.ts';

type Options = Parameters<typeof inertia>[0];
type PageProps = typeof smallProps | typeof largeProps | typeof partialProps;

const views = fileURLToPath(new URL('../views', import.meta.url));
const renderOptions = {viewData: {title: 'Users'}};

const createApp = (options: Options, props: PageProps): Koa => {
	const app = new Koa();
	app.use(inertia({views, hotFile: false, ...options}));
	app.use(ctx => ctx.inertia.render(component, props, renderOptions));
	return app;
};

const rootView: NonNullable<Options>['rootView'] = (_page, _ctx, tags) =>
	`<!doctype html><html lang="en"><head><title>Users</title>${tags.vite('source/main.ts')}</head><body>${tags.inertia()}</body></html>`;

export const createSmall = (manifest: string): Koa => createApp({manifest}, smallProps);

export const createLarge = (manifest: string): Koa => createApp({manifest}, largeProps);

export const createPartial = (manifest: string): Koa => createApp({manifest}, partialProps);

/** This server never looks at the file again. Its difference to `createSmall` is the cost of looking. */
export const createFromObject = (manifest: string): Koa =>
	createApp({manifest: JSON.parse(readFileSync(manifest, 'utf8'))}, smallProps);

export const createWithRootView = (manifest: string): Koa => createApp({manifest, rootView}, smallProps);

const preloads = 50;

/** The document has an entry without imports, and no `Link` header. */
export const createWithoutPreloads = (): Koa =>
	createApp({manifest: createManifest(1), version: 'preloads', preloadBudget: 0}, smallProps);

/** The document has the same entry with 49 imports, the page's own chunk, and a `Link` header for these 50 preloads. */
export const createWithPreloads = (): Koa => {
	const {'source/main.ts': main, ...pages} = createManifest(preloads);
	const imports = Object.entries(pages).map(([key, {file}]) => [key, {file}] as const);
	const [[pageKey, page], ...shared] = imports as [(typeof imports)[0], ...typeof imports];
	const manifest = {
		...Object.fromEntries(shared),
		'_shared.js': {file: `${page.file}.shared.js`},
		'source/main.ts': {...main!, imports: [...shared.map(([key]) => key), '_shared.js']},
		[`source/pages/${component}.tsx`]: {file: page.file, src: pageKey},
	};
	return createApp({manifest, version: 'preloads', template: 'preloads.njk'}, smallProps);
};
