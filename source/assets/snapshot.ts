import type {ManifestError} from '../errors/assets.ts';
import type {InertiaError} from '../errors/inertia-error.ts';
import {OptionError} from '../errors/option-error.ts';
import type {HotFile} from './development/hot-file.ts';
import {findServedPages, type ServedPages} from './development/served-pages.ts';
import {findChunk} from './manifest/chunk-graph.ts';
import {listOwnEntries} from './manifest/entries.ts';
import type {Manifest} from './manifest/manifest.ts';
import {ManifestIndex} from './manifest/manifest-index.ts';
import {createPageError} from './page-error.ts';
import {BuildTags} from './tags/build-tags.ts';
import {createDevelopmentTags, createReactRefreshTag, locate} from './tags/development-tags.ts';
import {TagBlock, TagList} from './tags/tag-list.ts';
import {checkNames, type TagRequest} from './tags/tag-request.ts';
import {chooseMode, hashDevelopmentUrl, type ServerVersion, type VersionMode} from './version.ts';

interface SnapshotMembers extends ServerVersion {
	/** Why there are no assets, in an application that needs some. */
	readonly failure: InertiaError | undefined;
	/**
	 * Lists the tags of entries; of every entry of the build when the request names none.
	 *
	 * @internal
	 * @throws {ManifestEntryError} when the manifest lacks an entry.
	 */
	listTags(request: TagRequest): TagList;
	/**
	 * Lists the tags that React's fast refresh needs before the first component; none in a build.
	 *
	 * @internal
	 */
	listReactRefreshTags(): TagList;
	/**
	 * The public URL of one source file.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	url(path: string): string;
	/**
	 * Checks that a component is one of the pages, where the plugin has told them. It costs some file access while a dev
	 * server runs, so it is for development and tests.
	 *
	 * @internal
	 * @throws {OptionError} with the nearest name.
	 */
	checkPage(component: string): void;
}

/**
 * The assets at one moment. A snapshot never changes. A request takes one and uses it for the version check, the page and
 * the template, so that the three agree even while a new build is put in place.
 */
export type Snapshot = BuiltSnapshot | DevelopmentSnapshot | EmptySnapshot;

const noTags = new TagList(new TagBlock([]), new TagBlock([]));

/** A build made by `vite build`. */
export class BuiltSnapshot implements SnapshotMembers {
	readonly kind = 'built';
	readonly failure = undefined;
	readonly version: string;
	readonly mode: VersionMode;
	readonly manifest: Manifest;
	readonly #index: ManifestIndex;
	readonly #tags: BuildTags;

	/** @internal */
	constructor(manifest: Manifest, base: string, version: string) {
		this.manifest = manifest;
		this.version = version;
		this.mode = chooseMode(version, 'strict');
		this.#index = new ManifestIndex(manifest, base);
		this.#tags = new BuildTags(this.#index);
	}

	/** @internal */
	listTags(request: TagRequest): TagList {
		return this.#tags.list(request);
	}

	/** @internal */
	listReactRefreshTags(): TagList {
		return noTags;
	}

	url(path: string): string {
		checkNames([path]);
		return this.#index.base + findChunk(this.manifest, path).file;
	}

	/** @internal */
	checkPage(component: string): void {
		const {namedPages} = this.#index;
		if (namedPages.size === 0 || namedPages.has(component)) return;
		throw createPageError(component, namedPages.keys(), {
			place: 'the build',
			cure: 'build again with `npx vite build` if the page is new',
		});
	}

	/**
	 * Whether a path, as a request has it, is the URL of a file of this build.
	 *
	 * @internal
	 */
	isFileUrl(path: string): boolean {
		return this.#index.isFileUrl(path);
	}
}

/** A dev server, whose URL the hot file names. With a `failure` it is gone. */
export class DevelopmentSnapshot implements SnapshotMembers {
	readonly kind = 'development';
	readonly failure: InertiaError | undefined;
	readonly version: string;
	readonly mode = 'echo';
	readonly #hot: HotFile;
	readonly #pages: ServedPages | undefined;
	readonly #built: BuiltSnapshot | undefined;

	/** @internal */
	constructor(
		hot: HotFile,
		{
			version,
			built,
			failure,
		}: {version?: string | undefined; built?: BuiltSnapshot | undefined; failure?: InertiaError | undefined} = {},
	) {
		this.#hot = hot;
		this.#pages = findServedPages(hot);
		this.failure = failure;
		this.version = version ?? hashDevelopmentUrl(hot.url);
		this.#built = built;
	}

	/** @internal */
	listTags(request: TagRequest): TagList {
		const entries = request.entries.length > 0 ? request.entries : this.#listDefaultEntries();
		if (entries.length === 0) {
			throw new OptionError(
				'`vite()` needs the name of an entry while the dev server runs, since there is no build to take it from. Write for example `vite("source/main.tsx")`.',
			);
		}

		return createDevelopmentTags(this.#hot, {...request, entries});
	}

	/** @internal */
	listReactRefreshTags(): TagList {
		return new TagList(new TagBlock([]), new TagBlock([createReactRefreshTag(this.#hot.url)]));
	}

	url(path: string): string {
		checkNames([path]);
		return locate(this.#hot, path);
	}

	/** @internal */
	checkPage(component: string): void {
		this.#pages?.check(component);
	}

	/** Lists the entries that the hot file names. That of another tool names none: then they come from the last build. */
	#listDefaultEntries(): readonly string[] {
		return this.#hot.details?.input ?? (this.#built ? listOwnEntries(this.#built.manifest) : []);
	}
}

/** There is neither a build nor a dev server. The tags throw the reason. */
export class EmptySnapshot implements SnapshotMembers {
	readonly kind = 'empty';
	readonly failure: ManifestError | undefined;
	readonly version: string;
	readonly mode: VersionMode;
	readonly #reason: ManifestError;

	/** @internal */
	constructor(reason: ManifestError, version: string, isFailure: boolean) {
		this.failure = isFailure ? reason : undefined;
		this.version = version;
		this.mode = chooseMode(version, isFailure ? 'echo' : 'strict');
		this.#reason = reason;
	}

	/** @internal */
	listTags(): TagList {
		throw this.#reason;
	}

	/** @internal */
	listReactRefreshTags(): TagList {
		return noTags;
	}

	url(): string {
		throw this.#reason;
	}

	/** @internal */
	checkPage(): void {
		// Nothing is known of the pages.
	}
}
