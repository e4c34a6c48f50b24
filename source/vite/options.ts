/** The options of `koaInertia()`. Paths are relative to Vite's root. */
export interface KoaInertiaOptions {
	/**
	 * The paths of the entries: the scripts and stylesheets that templates load. `vite()` in a template names them by the
	 * same paths.
	 *
	 * Required, unless the Vite config names the entries by `build.rollupOptions.input` or `build.rolldownOptions.input`.
	 *
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: ['source/main.tsx', 'source/print.css']})],
	 * });
	 */
	readonly input?: string | readonly string[] | Readonly<Record<string, string>>;
	/**
	 * The directory that the application serves as it is, for example by koa-static.
	 *
	 * Set it if your application serves another directory.
	 *
	 * @default `'public'`
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', publicDirectory: 'www'})],
	 * });
	 */
	readonly publicDirectory?: string;
	/**
	 * The directory of the build, relative to the public one. The URLs of the build start with it, and so do the URLs of
	 * the dev server.
	 *
	 * The directory must belong to the build alone: a build deletes files that belong neither to it nor to the build
	 * before. With `''` the build goes into the public directory itself, and nothing is deleted. The dev server then
	 * serves every file of the project at the start of its URLs.
	 *
	 * @default `'build'`
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', buildDirectory: 'assets/app'})],
	 * });
	 */
	readonly buildDirectory?: string;
	/**
	 * The file that contains the address of the dev server while it runs.
	 *
	 * Set it if the public directory isn't writable, and give `inertia()` the same path by its own option `hotFile`.
	 *
	 * @default `hot` in the public directory
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', hotFile: 'storage/vite.hot'})],
	 * });
	 */
	readonly hotFile?: string;
	/**
	 * The directory of the page components, or `false` if there is none.
	 *
	 * From this directory the plugin writes a declaration file, so that an editor knows the name and the props of every
	 * page. It also tells the server which chunk contains a page. Set it if your pages are elsewhere; give an object if
	 * the declaration file should be elsewhere too.
	 *
	 * @default `pages` or `Pages` beside the first script of `input`, where the client looks for them
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', pages: 'source/views'})],
	 * });
	 */
	readonly pages?: string | false | PagesOptions;
	/**
	 * The directory of the Nunjucks templates, or several. The browser reloads when a file in them changes.
	 *
	 * Set it if the option `views` of `inertia()` names other directories.
	 *
	 * @default `'views'`
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', views: ['views', 'admin/views']})],
	 * });
	 */
	readonly views?: string | readonly string[];
	/**
	 * The origin at which the browser has the application, or several origins.
	 *
	 * Set it if this isn't localhost. The dev server then lets documents of this origin load its modules. Inside the
	 * application it also answers requests to this host name.
	 *
	 * @default none: the dev server allows localhost and the host in `server.host`, each at any port
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', applicationOrigin: 'https://garden.test'})],
	 * });
	 */
	readonly applicationOrigin?: string | readonly string[];
	/**
	 * Whether the build contains the hashes of scripts, and of the stylesheets that a document names. With them the
	 * browser refuses a file that somebody has changed on the way.
	 *
	 * Use it if another server delivers the files, for example a CDN. A document gets about 100 bytes longer for each
	 * chunk, and the `Link` header then names only stylesheets.
	 *
	 * @default `false`
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', integrity: true})],
	 * });
	 * @see https://developer.mozilla.org/docs/Web/Security/Subresource_Integrity
	 */
	readonly integrity?: boolean;
}

/** The option `pages` as an object: the directory of the page components, and the place of their declaration. */
export interface PagesOptions {
	/**
	 * The directory of the page components.
	 *
	 * Set it if the pages aren't beside the first script of `input`.
	 *
	 * @default `pages` or `Pages` beside the first script of `input`, where the client looks for them
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', pages: {directory: 'source/views'}})],
	 * });
	 */
	readonly directory?: string;
	/**
	 * The path of the declaration file, or `false` for none.
	 *
	 * Set it if the server's `tsconfig.json` includes another directory, or use `false` if the pages are in JavaScript.
	 *
	 * @default `inertia-pages.d.ts` beside the directory of the pages
	 * @example
	 * import {koaInertia} from 'koa-inertia/vite';
	 * import {defineConfig} from 'vite';
	 *
	 * export default defineConfig({
	 * 	plugins: [koaInertia({input: 'source/main.tsx', pages: {declaration: 'server/pages.d.ts'}})],
	 * });
	 */
	readonly declaration?: string | false;
}
