import {type ManifestError, OptionError} from '../errors.ts';
import type {Manifest} from './manifest.ts';
import {createBuiltTags, createDevelopmentTags, findChunk, listEntries, renderTags, type Tag} from './tags.ts';
import {hashDevelopmentUrl, hashManifest} from './version.ts';

interface SnapshotMethods {
	/**
	 * The tags of entries, as HTML. Without entries: of every entry of the build.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks an entry.
	 */
	tags(entries: readonly string[], nonce?: string): string;
	/**
	 * The public URL of one source file.
	 *
	 * @throws {ManifestEntryError} when the manifest lacks the file.
	 */
	url(path: string): string;
}

/**
 * What the server knows of its assets at one moment. It never changes: a request takes one and uses it for the
 * version check, the page and the template, so that the three agree even while a new build is put in place.
 */
export type Snapshot = BuiltSnapshot | DevelopmentSnapshot | EmptySnapshot;

/** A build made by `vite build`. */
export class BuiltSnapshot implements SnapshotMethods {
	readonly kind = 'built';
	readonly version: string;
	readonly manifest: Manifest;
	readonly #base: string;
	readonly #tags = new Map<string, readonly Tag[]>();

	constructor(manifest: Manifest, base: string, version = hashManifest(manifest)) {
		this.manifest = manifest;
		this.version = version;
		this.#base = base;
	}

	tags(entries: readonly string[], nonce?: string): string {
		// Once per build: entries come from templates, so there are few different lists.
		const key = entries.join('\n');
		let tags = this.#tags.get(key);
		if (!tags) {
			tags = createBuiltTags(this.manifest, this.#base, entries.length > 0 ? entries : listEntries(this.manifest));
			this.#tags.set(key, tags);
		}

		return renderTags(tags, nonce);
	}

	url(path: string): string {
		return this.#base + findChunk(this.manifest, path).file;
	}
}

/** A running dev server, whose URL the hot file names. */
export class DevelopmentSnapshot implements SnapshotMethods {
	readonly kind = 'development';
	readonly version: string;
	readonly origin: string;

	constructor(origin: string, version = hashDevelopmentUrl(origin)) {
		this.origin = origin;
		this.version = version;
	}

	tags(entries: readonly string[], nonce?: string): string {
		if (entries.length === 0) {
			throw new OptionError(
				'`vite()` needs the name of an entry while the dev server runs, since there is no manifest to take it from. Write for example `vite("source/main.tsx")`.',
			);
		}

		return renderTags(createDevelopmentTags(this.origin, entries), nonce);
	}

	url(path: string): string {
		return `${this.origin}/${path}`;
	}
}

/** No build and no dev server. Its tags throw the reason. */
export class EmptySnapshot implements SnapshotMethods {
	readonly kind = 'empty';
	readonly version: string;
	/** Why there is no build. */
	readonly error: ManifestError;
	/** Whether the application can't do without one: it has no version of its own, or it names a manifest. */
	readonly isMistake: boolean;

	constructor(error: ManifestError, version: string, isMistake: boolean) {
		this.error = error;
		this.version = version;
		this.isMistake = isMistake;
	}

	tags(): string {
		throw this.error;
	}

	url(): string {
		throw this.error;
	}
}
