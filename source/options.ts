import type {Context} from 'koa';
import type {AssetsOptions} from './assets/options.ts';
import type {Attributes} from './assets/tags/attributes.ts';
import type {TagArguments} from './assets/tags/tag-request.ts';
import type {PageObject, PropsInput} from './types.ts';

/** A version that depends on the request, for example on its tenant. */
export type VersionFunction = (ctx: Context) => VersionValue | Promise<VersionValue>;
type VersionValue = string | number | null | undefined;

/** Shared props, or what makes them for a request. */
export type Share = PropsInput | ((ctx: Context) => PropsInput | Promise<PropsInput>);

/**
 * Renders the first document without Nunjucks.
 *
 * `tags` has what a template needs, as HTML: `inertia()`, `vite(entry, {page})`, `viteAsset(path)` and `inertiaVersion()`.
 * `viewData` is that of the `render`, and `{}` without one.
 *
 * We don't give it the JSON of the page in place of the object, because most views only read a title from it. The JSON
 * that is safe in a script element is `tags.page()`, and `JSON.stringify(page)` is not.
 */
export type RootView = (
	page: PageObject,
	ctx: Context,
	tags: DocumentTags,
	viewData: Readonly<Record<string, unknown>>,
) => string | Promise<string>;

/**
 * The parts of a first document that come from this package, as HTML. Every template engine gets the same ones:
 * Nunjucks as globals, a `rootView` as its third argument. They may be taken apart: none needs the others.
 *
 * Only `page()` is no global of Nunjucks, where `page` is the page object.
 */
export interface DocumentTags {
	/**
	 * The version that the middleware checks the next visit against. Text, not HTML.
	 *
	 * @see https://inertiajs.com/docs/v3/advanced/asset-versioning
	 */
	readonly inertiaVersion: () => string;
	/**
	 * The script element with the page object and the root element, which gets the attributes. An `id` takes the place of
	 * the option `rootId`; `createInertiaApp` in the browser needs the same one.
	 *
	 * @throws {TemplateError} for what is no attribute.
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#html-responses
	 */
	readonly inertia: (attributes?: Attributes) => string;
	/**
	 * The page object as JSON that is safe in a script element, for a view that writes this element itself: with
	 * `type="application/json"`, and the id of the root element as `data-page`.
	 */
	readonly page: () => string;
	/**
	 * The tags of entries: stylesheets, `modulepreload` for imports, scripts; of every entry when none is named. While
	 * the dev server runs: its client and the entries. The last argument may be options: the `page`, whose own chunk is then
	 * loaded beside the entry, and attributes for the tags.
	 *
	 * Each tag comes once in a document, whatever the number of calls. They carry the nonce in `ctx.state.cspNonce`, if
	 * there is one.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry; {OptionError} when there is none to choose.
	 */
	readonly vite: (...given: TagArguments) => string;
	/** The preamble of React's fast refresh, while a dev server runs that doesn't say whether it is needed. */
	readonly viteReactRefresh: () => string;
	/**
	 * The public URL of one source file of the build. Text, not HTML.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	readonly viteAsset: (path: string) => string;
}

/** The part of a Nunjucks environment that this package uses; `Environment` of `nunjucks` has this shape. */
export interface TemplateEnvironment {
	addGlobal(name: string, value: unknown): unknown;
	addExtension(name: string, extension: object): unknown;
	hasExtension(name: string): boolean;
	render(name: string, context?: object): string;
}

/** The options of `inertia()`. Each has a default that fits a Vite build in `public/build` or `dist`. */
export interface InertiaOptions extends Omit<AssetsOptions, 'version'> {
	/**
	 * The version of the assets, in place of the hash of the manifest; also a function of the request, which may be
	 * async.
	 *
	 * When the function throws, takes longer than `versionTimeout` or gives what no header can carry, no visit is refused,
	 * a document gets the last good version, and the failure is reported through `app.emit('error')`.
	 *
	 * @default the first 16 hex digits of SHA-256 over the manifest's canonical JSON
	 * @example
	 * app.use(inertia({version: ctx => releases.get(ctx.hostname)}));
	 */
	readonly version?: VersionValue | VersionFunction;
	/**
	 * Milliseconds that a version function may take.
	 *
	 * @default `1000`
	 * @example
	 * app.use(inertia({version: readRelease, versionTimeout: 200}));
	 */
	readonly versionTimeout?: number;
	/**
	 * Where the root template is looked up: one directory, several, or a Nunjucks environment of your own, which then
	 * gets the package's globals and its tag. The package's own `views/` comes after the directories.
	 *
	 * Directories are relative to the working directory and must exist.
	 *
	 * @default `'views'` if it exists
	 * @example
	 * app.use(inertia({views: ['views', 'admin/views']}));
	 */
	readonly views?: string | readonly string[] | TemplateEnvironment;
	/**
	 * The root template: its name, or a function that chooses it for a request.
	 *
	 * @default `'app.njk'`
	 * @example
	 * app.use(inertia({template: ctx => (ctx.path.startsWith('/admin') ? 'admin.njk' : 'app.njk')}));
	 */
	readonly template?: string | ((ctx: Context) => string);
	/**
	 * Another template engine altogether: gives the whole first document. It takes the place of the options `views` and
	 * `template`, and of the `template` of a `render`.
	 *
	 * @default the Nunjucks template
	 * @example
	 * const rootView = (page, ctx, tags) =>
	 * 	`<!doctype html><html><head>${tags.vite('source/main.ts')}</head><body>${tags.inertia()}</body></html>`;
	 * app.use(inertia({rootView}));
	 */
	readonly rootView?: RootView;
	/**
	 * Id of the root element, and value of `data-page` on the script element with the page.
	 *
	 * @default `'app'`
	 * @example
	 * app.use(inertia({rootId: 'root'})); // and in the browser: createInertiaApp({id: 'root'})
	 */
	readonly rootId?: string;
	/**
	 * Props for every page, or a function of the request that gives them. Props of the page win over shared ones.
	 *
	 * @default `{}`
	 * @example
	 * app.use(inertia({share: ctx => ({user: ctx.state.user ?? null})}));
	 */
	readonly share?: Share;
	/**
	 * The url of a page, as the browser has it: path and query. For servers behind a proxy that rewrites paths.
	 *
	 * @default path and query of the request, as they were asked for
	 * @example
	 * app.use(inertia({url: ctx => `/shop${ctx.originalUrl}`}));
	 */
	readonly url?: (ctx: Context) => string;
	/**
	 * Whether the page lists the names of the shared props in `sharedProps`. The client keeps these for a page that it
	 * shows before the answer is there.
	 *
	 * @default `true`
	 * @example
	 * app.use(inertia({exposeSharedPropKeys: false}));
	 */
	readonly exposeSharedPropKeys?: boolean;
	/**
	 * Whether `errors` has all messages of a field, as a list, instead of the first, as a string.
	 *
	 * @default `false`
	 * @example
	 * app.use(inertia({allErrors: true}));
	 */
	readonly allErrors?: boolean;
	/**
	 * Whether the client encrypts pages in the browser's history, so that nobody reads them there after a sign-out.
	 * Browsers do so over HTTPS and on localhost only.
	 *
	 * @default `false`
	 * @example
	 * app.use(inertia({encryptHistory: true}));
	 * @see https://inertiajs.com/docs/v3/security/history-encryption
	 */
	readonly encryptHistory?: boolean;
	/**
	 * The page component that shows an error to the user, or a function that chooses one: for what a handler throws, and
	 * for the 404 of a URL that nothing answers. It gets `{status, message}` as props, beside those of `share`; the message
	 * is the error's own only where it has `expose`.
	 *
	 * In development, which is with `NODE_ENV=development` or while the dev server runs, an error without `expose` is shown
	 * with its stack instead.
	 *
	 * @default none: errors are left to Koa; in development their stack is shown all the same
	 * @example
	 * app.use(inertia({errorPage: 'Error'}));
	 */
	readonly errorPage?: string | ChooseErrorPage;
	/**
	 * Bytes that the `Link` header of a document may take. It names what `vite()` loads, the most urgent first:
	 * stylesheets, the entry, the page's own chunk, the rest. A proxy or CDN in front may send it early, and a browser
	 * starts before it has read the document. `0` sends none.
	 *
	 * @default `1000`, some twenty files: each takes time on every document, and some servers in front read no more than
	 * 4 KiB of headers, cookies included
	 * @example
	 * app.use(inertia({preloadBudget: 8000}));
	 */
	readonly preloadBudget?: number;
	/**
	 * Whether a document is announced by one answer `103 Early Hints` with the same files, before its props are loaded.
	 *
	 * From the second document of a template on, since its first one tells what it loads. Ask for it where browsers
	 * reach this server by HTTP/2 or later, through a proxy that passes `103` on.
	 *
	 * @default `false`
	 * @example
	 * app.use(inertia({earlyHints: true}));
	 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Status/103
	 */
	readonly earlyHints?: boolean;
}

/** Chooses the page component for an error; `undefined` leaves the error to Koa. */
export type ChooseErrorPage = (failure: Failure, ctx: Context) => string | undefined;

/** An error, as the function of the option `errorPage` gets it. */
export interface Failure {
	/** The status of the answer. */
	readonly status: number;
	/** What the user may read: the error's own message where it has `expose`, else that of the status. */
	readonly message: string;
	/** What was thrown; `undefined` for a 404 that nobody answered. */
	readonly error: unknown;
}

/** The options of one `ctx.inertia.errors()`. */
export interface ErrorsOptions {
	/**
	 * Name of the form that the messages belong to: they are in `errors` under this name.
	 *
	 * @default the form that the client names with its visit, else none
	 * @example
	 * ctx.inertia.errors({email: 'This address is taken.'}, {bag: 'newsletter'});
	 */
	readonly bag?: string;
}

/** The options of one `ctx.inertia.render()`. */
export interface RenderOptions {
	/**
	 * Values for the root template only, for example a description for search engines. They don't reach the client.
	 *
	 * @default `{}`
	 * @example
	 * await ctx.inertia.render('Users/Show', {user}, {viewData: {description: user.biography}});
	 */
	readonly viewData?: Readonly<Record<string, unknown>>;
	/**
	 * The url of this page, in place of the option `url`: path and query, as the browser shows them.
	 *
	 * @default what the option `url` gives
	 * @example
	 * await ctx.inertia.render('Users/Show', {user}, {url: `/users/${user.name}`});
	 */
	readonly url?: string;
	/**
	 * The status of the response.
	 *
	 * @default what `ctx.status` was set to, else `200`
	 * @example
	 * await ctx.inertia.render('Users/Missing', {}, {status: 404});
	 */
	readonly status?: number;
	/**
	 * The root template of this page: its name, as the option `views` finds it. With the option `rootView` there is none
	 * to choose, and `render` throws an `OptionError`.
	 *
	 * @default what the option `template` gives
	 * @example
	 * await ctx.inertia.render('Invoice', {invoice}, {template: 'print.njk'});
	 */
	readonly template?: string;
	/**
	 * Whether the client encrypts this page in the browser's history.
	 *
	 * @default what `ctx.inertia.encryptHistory()` or the option `encryptHistory` says
	 * @example
	 * await ctx.inertia.render('Account', {account}, {encryptHistory: true});
	 * @see https://inertiajs.com/docs/v3/security/history-encryption
	 */
	readonly encryptHistory?: boolean;
}
