export {type ViteMiddleware, viteMiddleware} from './middleware/koa-middleware.ts';
export type {KoaInertiaOptions, PagesOptions} from './options.ts';
export {koaInertia} from './plugin.ts';
