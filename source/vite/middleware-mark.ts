/** Name of the plugin by which a dev server knows that it runs inside of an application, by `viteMiddleware()`. */
export const middlewareMark = 'koa-inertia:middleware';
