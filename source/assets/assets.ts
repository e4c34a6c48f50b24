import {type ManifestError, ManifestUnreadableError} from '../errors/assets.ts';
import type {InertiaError} from '../errors/inertia-error.ts';
import {limitTime} from '../support/time-limit.ts';
import {DevServer} from './development/dev-server.ts';
import {checkManifest, createShapeError, type Manifest} from './manifest/manifest.ts';
import {ManifestFile} from './manifest/manifest-file.ts';
import type {ManifestSource} from './manifest/manifest-source.ts';
import {RemoteManifest} from './manifest/remote-manifest.ts';
import type {ManifestLocation, NormalizedAssetsOptions} from './normalize-options.ts';
import {BuiltSnapshot, DevelopmentSnapshot, EmptySnapshot, type Snapshot} from './snapshot.ts';
import {parseTagArguments, type TagArguments} from './tags/tag-request.ts';

/** Milliseconds between two looks at the manifest and the hot file. */
const lookInterval = 1000;
/** The same for the hot file while a dev server runs: one that moves is to be found by the next document. */
const developmentInterval = 100;
/** Milliseconds without a look after which a request waits for one: what is known may name files long deleted. */
const idleLimit = 5000;
/** Milliseconds that a request waits for such a look at most. */
const waitLimit = 1000;

/**
 * Holds a snapshot of the assets and looks for a new build while requests come, at most once a second and in the
 * background.
 */
export class Assets {
	readonly #options: NormalizedAssetsOptions;
	readonly #source: ManifestSource | undefined;
	#built: BuiltSnapshot | undefined;
	readonly #devServer: DevServer;
	#development: DevelopmentSnapshot | undefined;
	/** Why there is no build. */
	#error: ManifestError | undefined;
	/** The codes that were warned of since the last good look: a deploy of some seconds gives each reason once. */
	readonly #warned = new Set<string>();
	#lookedAt = Number.NEGATIVE_INFINITY;
	#readAt = Number.NEGATIVE_INFINITY;
	#look: Promise<void> | undefined;
	/** Whether requests wait for the look that is under way. */
	#isWaitedFor = false;
	/** Whether there was a first look: only one behind http(s) is still under way when the server starts. */
	#hasLooked = true;

	/** @internal */
	constructor(options: NormalizedAssetsOptions) {
		this.#options = options;
		const {manifest} = options;
		this.#source = createSource(manifest);
		this.#devServer = new DevServer(options.hotFiles);
		if (manifest.kind === 'object') {
			this.#takeOver(checkManifest(manifest.manifest, 'options.manifest'));
		} else if (this.#source instanceof ManifestFile) {
			this.#readAtStart(this.#source);
		} else {
			this.#error = new ManifestUnreadableError(
				`The Vite manifest \`${this.#source?.location}\` was not fetched yet. Wait for \`assets.ready()\` before you listen.`,
			);
			this.#hasLooked = false;
			this.#startLook(process.env.NODE_ENV);
		}
	}

	/**
	 * The version at this moment. During a request use `ctx.inertia.version`, which doesn't change half-way.
	 *
	 * With a version function, which needs a request, it is the manifest's.
	 *
	 * @throws {ManifestError} when there is neither a build nor a dev server, and no version of the application's own.
	 */
	get version(): string {
		const snapshot = this.current();
		if (snapshot.kind === 'empty' && snapshot.failure) throw snapshot.failure;
		return snapshot.version;
	}

	/** The manifest at this moment; `undefined` while the dev server runs. */
	get manifest(): Manifest | undefined {
		const snapshot = this.current();
		return snapshot.kind === 'built' ? snapshot.manifest : undefined;
	}

	/**
	 * The tags of entries as HTML: stylesheets, `modulepreload` for imports, scripts. Without names: of every entry. The
	 * last argument may be options, as `vite()` has them in a template.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry.
	 */
	tags(...given: TagArguments): string {
		return this.current().listTags(parseTagArguments(given)).render();
	}

	/**
	 * The public URL of one source file of the build.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	url(path: string): string {
		return this.current().url(path);
	}

	/**
	 * The state of the assets, to be taken once per request and used for everything in it.
	 *
	 * The dev server counts in every environment but `production`.
	 */
	current(environment = process.env.NODE_ENV): Snapshot {
		this.#startLook(environment);
		const snapshot = (environment === 'production' ? undefined : this.#development) ?? this.#built;
		if (snapshot) return snapshot;
		// Without a build there is always the reason why.
		return new EmptySnapshot(
			this.#error as ManifestError,
			this.#options.version ?? '',
			this.#options.isManifestRequired,
		);
	}

	/**
	 * Something to wait for before `current()`, or `undefined`, as nearly always.
	 *
	 * After some idle seconds the first request waits for one look: a deploy may have come meanwhile, and the
	 * snapshot may name files that are gone. Waiting for every look instead would cost each of them a request.
	 */
	prepare(environment = process.env.NODE_ENV): Promise<void> | undefined {
		const idle = this.#startLook(environment);
		if (!this.#look) return undefined;
		if (!this.#hasLooked) return this.#look;
		this.#isWaitedFor ||= idle >= idleLimit || this.#development !== undefined;
		return this.#isWaitedFor ? this.#waitFor(this.#look) : undefined;
	}

	/**
	 * Resolves once there is something to serve: at once for a file, after the first answer for http(s).
	 *
	 * @throws {ManifestError} when the first look found no usable manifest.
	 */
	async ready(): Promise<void> {
		await this.prepare();
		const snapshot = this.current();
		if (snapshot.kind === 'empty' && snapshot.failure) throw snapshot.failure;
	}

	#readAtStart(source: ManifestFile): void {
		try {
			this.#takeOver(source.readNow());
		} catch (error) {
			this.#error = error as ManifestError;
		}

		this.#readHotFile(process.env.NODE_ENV);
		if (this.#error && this.#options.isManifestRequired && !this.#development) throw this.#error;
		this.#lookedAt = performance.now();
	}

	/** Starts a look when one is due. Gives the milliseconds since the last one. */
	#startLook(environment: string | undefined): number {
		const now = performance.now();
		const idle = now - this.#lookedAt;
		const isDue = idle >= lookInterval;
		if (isDue || (this.#development && now - this.#readAt >= developmentInterval)) this.#readHotFile(environment);
		if (!isDue) return idle;
		this.#lookedAt = now;
		if (!this.#source && !this.#development) return idle;
		this.#look ??= Promise.all([this.#lookForBuild(), this.#lookForDevServer(environment)]).then(() => {
			this.#look = undefined;
			this.#isWaitedFor = false;
			this.#hasLooked = true;
		});
		return idle;
	}

	/** A look that hangs holds up the requests of one `waitLimit`, and not every one that comes until it ends. */
	async #waitFor(look: Promise<void>): Promise<void> {
		await limitTime(look, waitLimit);
		this.#isWaitedFor = false;
	}

	#readHotFile(environment: string | undefined): void {
		this.#readAt = performance.now();
		if (environment !== 'production' && this.#devServer.read()) this.#renewDevelopment();
	}

	/** Never rejects, and takes no time without a dev server. */
	async #lookForDevServer(environment: string | undefined): Promise<void> {
		if (environment === 'production' || !this.#development) return;
		if (await this.#devServer.probe()) this.#renewDevelopment();
	}

	#renewDevelopment(): void {
		const {hot, failure} = this.#devServer;
		const {version} = this.#options;
		if (failure && failure !== this.#development?.failure) warn(failure, failure.message);
		this.#development = hot && new DevelopmentSnapshot(hot, {version, built: this.#built, failure});
	}

	/** Never rejects: it runs beside the requests, where nobody waits for it. */
	async #lookForBuild(): Promise<void> {
		try {
			const manifest = await this.#source?.readIfChanged();
			if (manifest) this.#takeOver(manifest);
			this.#warned.clear();
		} catch (error) {
			this.#reject(error as ManifestError);
		}
	}

	#takeOver(manifest: Manifest): void {
		const {base, version} = this.#options;
		try {
			// A copy of an object, since its owner may change it: the tags of a build would, and its version not.
			const own = this.#source ? manifest : structuredClone(manifest);
			this.#built = new BuiltSnapshot(own, base ?? findBase(own) ?? getDefaultBase(this.#source), version);
			this.#error = undefined;
			if (this.#development) this.#renewDevelopment();
		} catch (cause) {
			const found = cause instanceof RangeError ? 'more levels than the stack can take' : String(cause);
			throw createShapeError(this.#source?.location ?? 'options.manifest', found, {cause});
		}
	}

	#reject(error: ManifestError): void {
		if (!this.#built) {
			this.#error = error;
		} else if (!this.#warned.has(error.code)) {
			this.#warned.add(error.code);
			warn(error, `The build \`${this.#built.version}\` stays in service. ${error.message}`);
		}
	}
}

function warn({code}: InertiaError, message: string): void {
	process.emitWarning(message, {type: 'InertiaWarning', code});
}

function createSource(location: ManifestLocation): ManifestSource | undefined {
	if (location.kind === 'file') return new ManifestFile(location.candidates);
	return location.kind === 'url' ? new RemoteManifest(location.url) : undefined;
}

/** What the plugin wrote into the build. A relative `base` says where files are from each other, not where a page finds them. */
function findBase(manifest: Manifest): string | undefined {
	const base = Object.values(manifest).find(chunk => chunk.base !== undefined)?.base;
	return base !== undefined && /^(?:\/|[a-z][a-z\d+.-]*:\/\/)/i.test(base) ? base.replace(/\/*$/, '/') : undefined;
}

function getDefaultBase(source: ManifestSource | undefined): string {
	const isInPublicBuild = /[\\/]public[\\/]build(?:[\\/]\.vite)?[\\/][^\\/]+$/.test(source?.location ?? '');
	return source instanceof ManifestFile && isInPublicBuild ? '/build/' : '/';
}
