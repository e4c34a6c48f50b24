import {ManifestError, ManifestUnreadableError} from '../errors/assets.ts';
import type {InertiaError} from '../errors/inertia-error.ts';
import {limitTime, timedOut} from '../support/time-limit.ts';
import {HotDevServer} from './development/hot-dev-server.ts';
import type {Lookable} from './lookout.ts';
import {checkManifest, createReadError, createShapeError, type Manifest} from './manifest/manifest.ts';
import {ManifestFile} from './manifest/manifest-file.ts';
import type {ManifestSource} from './manifest/manifest-source.ts';
import {RemoteManifest} from './manifest/remote-manifest.ts';
import type {NormalizedAssetsOptions} from './normalize-options.ts';
import {BuiltSnapshot, DevelopmentSnapshot, EmptySnapshot, type Snapshot} from './snapshot.ts';
import {hashManifest} from './version.ts';

/**
 * Milliseconds after which a look that hangs, for example on a network file system, is given up for the next one. The
 * limit is long, since each look that hangs holds one of the few threads that read files.
 */
const lookLimit = 60_000;

/** What is known of the assets: the last good build, the dev server, and why there is none of them. */
export class KnownAssets implements Lookable {
	readonly #options: NormalizedAssetsOptions;
	readonly #source: ManifestSource | undefined;
	readonly #devServer: HotDevServer;
	#build: BuiltSnapshot | EmptySnapshot;
	#development: DevelopmentSnapshot | undefined;
	/** The codes of the warnings since the last good look. A deploy of some seconds gives each reason once. */
	readonly #warned = new Set<string>();

	/** @throws {ManifestError} when an application that needs a build has neither a usable manifest nor a dev server. */
	constructor(options: NormalizedAssetsOptions) {
		this.#options = options;
		this.#devServer = new HotDevServer(options.hotFiles);
		const {manifest: location} = options;
		if (location.kind === 'object') {
			this.#build = this.#createBuild(checkManifest(location.manifest, 'options.manifest'));
		} else if (location.kind === 'file') {
			const file = new ManifestFile(location.places);
			this.#source = file;
			this.#build = this.#readAtStart(file);
			this.readHotFile(process.env.NODE_ENV);
			if (!this.#development && this.#build.kind === 'empty' && this.#build.failure) throw this.#build.failure;
		} else {
			this.#source = new RemoteManifest(location.url);
			this.#build = this.#createEmpty(
				new ManifestUnreadableError(
					`The Vite manifest \`${this.#source.location}\` was not fetched yet. Wait for \`assets.ready()\` before you listen.`,
				),
			);
		}
	}

	get hasDevServer(): boolean {
		return this.#development !== undefined;
	}

	get hasSource(): boolean {
		return this.#source !== undefined;
	}

	/** Gives the snapshot for an environment. The dev server counts in every one but `production`. */
	getSnapshot(environment: string | undefined): Snapshot {
		return (environment === 'production' ? undefined : this.#development) ?? this.#build;
	}

	readHotFile(environment: string | undefined): void {
		if (environment !== 'production' && this.#devServer.read()) this.#renewDevelopment();
	}

	async look(environment: string | undefined): Promise<void> {
		const looking = Promise.all([this.#lookForBuild(), this.#lookForDevServer(environment)]);
		if ((await limitTime(looking, lookLimit)) !== timedOut) return;
		const cause = new Error(`the look took longer than ${lookLimit} ms`);
		this.#reject(createReadError(this.#source?.location ?? 'options.manifest', cause));
	}

	#readAtStart(file: ManifestFile): BuiltSnapshot | EmptySnapshot {
		try {
			return this.#createBuild(file.readNow());
		} catch (error) {
			if (!(error instanceof ManifestError)) throw error;
			return this.#createEmpty(error);
		}
	}

	/** A mistake of ours is no reason to end the process: the last good build stays in service, and a warning says it. */
	async #lookForBuild(): Promise<void> {
		try {
			const found = await this.#source?.readIfChanged();
			if (found === undefined || found === 'unsettled') return;
			if (found !== 'unchanged') {
				this.#build = this.#createBuild(found);
				if (this.#development) this.#renewDevelopment();
			}

			this.#warned.clear();
		} catch (error) {
			if (error instanceof ManifestError) this.#reject(error);
			else process.emitWarning(error instanceof Error ? error : String(error));
		}
	}

	/** Without a dev server this takes no time. */
	async #lookForDevServer(environment: string | undefined): Promise<void> {
		if (environment === 'production' || !this.#development) return;
		if (await this.#devServer.probe()) this.#renewDevelopment();
	}

	#createBuild(manifest: Manifest): BuiltSnapshot {
		const {base, version} = this.#options;
		try {
			// We copy an object, because its owner may change it: then the tags would change, and the version not.
			const own = this.#source ? manifest : structuredClone(manifest);
			const builtBase = findBase(own) ?? this.#source?.defaultBase ?? '/';
			const newBase = base === builtBase ? undefined : base;
			return new BuiltSnapshot(own, newBase ?? builtBase, version ?? hashManifest(own, newBase));
		} catch (cause) {
			const found = cause instanceof RangeError ? 'more levels than the stack can take' : String(cause);
			throw createShapeError(this.#source?.location ?? 'options.manifest', found, {cause});
		}
	}

	#createEmpty(reason: ManifestError): EmptySnapshot {
		const {version, isManifestRequired} = this.#options;
		return new EmptySnapshot(reason, version ?? '', isManifestRequired);
	}

	#renewDevelopment(): void {
		const {hot, failure} = this.#devServer;
		const {version} = this.#options;
		if (failure && failure !== this.#development?.failure) warn(failure, failure.message);
		const built = this.#build.kind === 'built' ? this.#build : undefined;
		this.#development = hot && new DevelopmentSnapshot(hot, {version, built, failure});
	}

	#reject(error: ManifestError): void {
		if (this.#build.kind === 'empty') {
			this.#build = this.#createEmpty(error);
		} else if (!this.#warned.has(error.code)) {
			this.#warned.add(error.code);
			warn(error, `The build \`${this.#build.version}\` stays in service. ${error.message}`);
		}
	}
}

function warn({code}: InertiaError, message: string): void {
	process.emitWarning(message, {type: 'InertiaWarning', code});
}

/** Finds the `base` that the plugin wrote into the build. A relative one doesn't say where a page finds the files. */
function findBase(manifest: Manifest): string | undefined {
	const base = Object.values(manifest).find(chunk => chunk.base !== undefined)?.base;
	return base !== undefined && /^(?:\/|[a-z][a-z\d+.-]*:\/\/)/i.test(base) ? base.replace(/\/*$/, '/') : undefined;
}
