/** The options of `koaInertia()`. Paths are relative to Vite's root. */
export interface KoaInertiaOptions {
	/**
	 * The paths of the scripts and stylesheets that templates load by `vite()`, which names them by the same paths.
	 *
	 * Required, unless the Vite config names them by `build.rollupOptions.input`.
	 *
	 * @example
	 * koaInertia({input: ['source/main.tsx', 'source/print.css']});
	 */
	readonly input?: string | readonly string[] | Readonly<Record<string, string>>;
	/**
	 * The directory that the application serves as it is, for example by koa-static.
	 *
	 * @default `'public'`
	 * @example
	 * koaInertia({input: 'source/main.tsx', publicDirectory: 'www'});
	 */
	readonly publicDirectory?: string;
	/**
	 * The directory of the build, below the public one, and so the start of its URLs. It is the build's alone: what is
	 * neither of this build nor of the one before is deleted. `''` builds into the public directory itself, where nothing is
	 * deleted; the dev server then serves every file of the project at the start of its URLs.
	 *
	 * @default `'build'`
	 * @example
	 * koaInertia({input: 'source/main.tsx', buildDirectory: 'assets/app'});
	 */
	readonly buildDirectory?: string;
	/**
	 * The file that names the dev server while it runs. The server looks for it by its own option `hotFile`.
	 *
	 * @default `hot` in the public directory
	 * @example
	 * koaInertia({input: 'source/main.tsx', hotFile: 'storage/vite.hot'});
	 */
	readonly hotFile?: string;
	/**
	 * The directory of the page components. From it comes the declaration file, with which an editor knows every page's
	 * name and props, and which chunk holds a page. `false` for neither.
	 *
	 * @default `pages` or `Pages` beside the first script of `input`, as the client looks for them
	 * @example
	 * koaInertia({input: 'source/main.tsx', pages: {directory: 'source/views', declaration: 'server/pages.d.ts'}});
	 */
	readonly pages?: string | false | PagesOptions;
	/**
	 * Directories of Nunjucks templates: a change in one reloads the browser.
	 *
	 * @default `'views'`
	 * @example
	 * koaInertia({input: 'source/main.tsx', views: ['views', 'admin/views']});
	 */
	readonly views?: string | readonly string[];
	/**
	 * The origins at which the browser has the application, where that isn't localhost: the dev server lets them load its
	 * modules, and answers to their names inside of the application.
	 *
	 * @default none: localhost at any port, and the host in `server.host` at any port
	 * @example
	 * koaInertia({input: 'source/main.tsx', applicationOrigin: 'https://garden.test'});
	 */
	readonly applicationOrigin?: string | readonly string[];
	/**
	 * Whether the build has the hashes of scripts, and of the stylesheets that the document names, so that the browser
	 * refuses a file that was changed on its way. The document then has about 100 bytes more for each chunk, and the `Link`
	 * header names stylesheets alone.
	 *
	 * @default `false`
	 * @example
	 * koaInertia({input: 'source/main.tsx', integrity: true});
	 * @see https://developer.mozilla.org/docs/Web/Security/Subresource_Integrity
	 */
	readonly integrity?: boolean;
}

/** Where the page components are, and where their declaration goes. */
export interface PagesOptions {
	/** The directory of the page components. @default as for the option `pages` */
	readonly directory?: string;
	/** The declaration file, or `false` for none. @default `inertia-pages.d.ts` beside the directory */
	readonly declaration?: string | false;
}
