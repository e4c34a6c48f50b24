import type {MaybePromise} from '../types.ts';
import {KnownAssets} from './known-assets.ts';
import {Lookout} from './lookout.ts';
import type {Manifest} from './manifest/manifest.ts';
import type {NormalizedAssetsOptions} from './normalize-options.ts';
import type {Snapshot} from './snapshot.ts';
import {parseTagArguments, type TagArguments} from './tags/tag-request.ts';

/**
 * The assets of an application: the build or the dev server that it serves at this moment. Every question starts a look
 * for a new build where one is due, at most once a second and in the background.
 */
export class Assets {
	readonly #known: KnownAssets;
	readonly #lookout: Lookout;

	/** @internal */
	constructor(options: NormalizedAssetsOptions) {
		const {kind} = options.manifest;
		this.#known = new KnownAssets(options);
		this.#lookout = new Lookout(this.#known, {isInformed: kind !== 'url', wasLookedAt: kind === 'file'});
		// The start doesn't wait for a manifest behind http(s); `ready()` and the first requests do.
		if (kind === 'url') this.#lookout.lookIfDue(process.env.NODE_ENV);
	}

	/**
	 * The version at this moment. During a request use `ctx.inertia.version`, which doesn't change half-way.
	 *
	 * With a version function, which needs a request, it is the manifest's.
	 *
	 * @throws {ManifestError} when there is neither a build nor a dev server, and no version of the application's own.
	 */
	get version(): string {
		return requireUsable(this.#takeNow()).version;
	}

	/** The manifest at this moment; `undefined` while the dev server runs. */
	get manifest(): Manifest | undefined {
		const snapshot = this.#takeNow();
		return snapshot.kind === 'built' ? snapshot.manifest : undefined;
	}

	/**
	 * The tags of entries as HTML: stylesheets, `modulepreload` for imports, scripts. Without names: of every entry. The
	 * last argument may be options, as `vite()` has them in a template.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry.
	 */
	tags(...given: TagArguments): string {
		return this.#takeNow().listTags(parseTagArguments(given)).render();
	}

	/**
	 * The public URL of one source file of the build.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	url(path: string): string {
		return this.#takeNow().url(path);
	}

	/**
	 * Resolves once there is something to serve: at once for a file, after the first answer for http(s).
	 *
	 * @throws {ManifestError} when the first look found no usable manifest.
	 */
	async ready(): Promise<void> {
		requireUsable(await this.take());
	}

	/**
	 * The preamble of React's fast refresh as HTML, while the dev server runs; `''` with a build.
	 *
	 * @internal
	 */
	reactRefreshTags(): string {
		return this.#takeNow().listReactRefreshTags().render();
	}

	/**
	 * Takes the snapshot for one request, which uses it for everything. Gives a promise where the request has to wait for a
	 * look. `environment` is that of the application: in `production` no dev server counts.
	 *
	 * @internal
	 */
	take(environment = process.env.NODE_ENV): MaybePromise<Snapshot> {
		const waiting = this.#lookout.watch(environment);
		return waiting ? waiting.then(() => this.#known.getSnapshot(environment)) : this.#known.getSnapshot(environment);
	}

	#takeNow(): Snapshot {
		this.#lookout.lookIfDue(process.env.NODE_ENV);
		return this.#known.getSnapshot(process.env.NODE_ENV);
	}
}

/** @throws the reason why there are no assets, where an application needs some. A dev server that is gone has a version still. */
function requireUsable(snapshot: Snapshot): Snapshot {
	if (snapshot.kind === 'empty' && snapshot.failure) throw snapshot.failure;
	return snapshot;
}
