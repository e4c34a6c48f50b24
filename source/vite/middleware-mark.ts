/** Name of the plugin that `viteMiddleware()` adds, so that a dev server knows that it runs inside an application. */
export const middlewareMark = 'koa-inertia:middleware';
