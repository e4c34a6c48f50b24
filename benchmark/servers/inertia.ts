import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
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

/** Never looks at the file again: the difference to `createSmall` is the cost of looking. */
export const createFromObject = (manifest: string): Koa =>
	createApp({manifest: JSON.parse(readFileSync(manifest, 'utf8'))}, smallProps);

export const createWithRootView = (manifest: string): Koa => createApp({manifest, rootView}, smallProps);
