import type {Manifest} from './manifest/manifest.ts';

/** What the version, the manifest and the asset tags depend on. */
export interface AssetsOptions {
	/**
	 * The manifest of the Vite build: the source of the version and of the asset tags.
	 *
	 * A path is relative to the working directory. A file is looked at again at most once a second while requests
	 * come, and a new build is taken over whole, without a restart. A manifest behind http(s) is fetched at start
	 * and re-validated with its ETag.
	 *
	 * @default the first that exists of `public/build/.vite/manifest.json`, `public/build/manifest.json`,
	 * `dist/.vite/manifest.json` and `dist/manifest.json`
	 * @example
	 * app.use(inertia({manifest: new URL('../public/build/.vite/manifest.json', import.meta.url)}));
	 */
	readonly manifest?: string | URL | Manifest;
	/**
	 * The version of the assets, in place of the hash of the manifest.
	 *
	 * Printable ASCII, or a number. `null` or `''` switches versioning off: no manifest is demanded, the page's
	 * version is `''`, and no visit is answered with a 409.
	 *
	 * @default the first 16 hex digits of SHA-256 over the manifest's canonical JSON
	 * @example
	 * app.use(inertia({version: process.env.GIT_COMMIT}));
	 */
	readonly version?: string | number | null;
	/**
	 * The file that names the URL of the dev server while it runs, or `false` for none.
	 *
	 * While it is there, assets come from the dev server and no visit is answered with a 409. Ignored when `app.env`
	 * is `production`, so that a file left behind does no harm; at start, where there is no app yet, `NODE_ENV` decides.
	 * The path is relative to the working directory.
	 *
	 * @default the first that exists of `hot` in the directories above a named manifest, and `public/hot`
	 * @example
	 * app.use(inertia({hotFile: 'storage/vite.hot'}));
	 */
	readonly hotFile?: string | false;
	/**
	 * The public URL in front of every file of the manifest: a path or the origin of a CDN.
	 *
	 * @default what `koa-inertia/vite` wrote into the build; else `'/build/'` for a manifest under `public/build`, else `'/'`
	 * @example
	 * app.use(inertia({base: 'https://cdn.example.com/build/'}));
	 */
	readonly base?: string;
}
