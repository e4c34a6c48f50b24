/**
 * Notes that the browser can run the modern build. This module uses the syntax and the methods that Vite's modern
 * scripts need: where one of them is missing, the module fails as a whole and notes nothing.
 *
 * `import()` stands in a function that nobody calls, because its syntax is what counts. The note is this function
 * itself, since the minifier would drop a function without a use.
 */

import.meta.resolve('./');
(async function* () {})().next();
window.koaInertiaBuild = (url: string) => import(url);
