import {describeValue, ManifestEntryError, type ManifestError, OptionError} from '../errors.ts';
import type {Manifest} from './manifest.ts';
import {createBuiltTags, createDevelopmentTags, findChunk, listEntries, renderTags, type Tag} from './tags.ts';
import {hashDevelopmentUrl, hashManifest} from './version.ts';

interface SnapshotMembers {
	/** Why there are no assets, in an application that can't do without them: with no version of its own, or a named manifest. */
	readonly failure: ManifestError | undefined;
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
export class BuiltSnapshot implements SnapshotMembers {
	readonly kind = 'built';
	readonly failure = undefined;
	readonly version: string;
	readonly manifest: Manifest;
	readonly #base: string;
	readonly #tags = new Map<string, {readonly tags: readonly Tag[]; readonly html: string}>();

	constructor(manifest: Manifest, base: string, version = hashManifest(manifest)) {
		this.manifest = manifest;
		this.version = version;
		this.#base = base;
	}

	tags(entries: readonly string[], nonce?: string): string {
		checkNames(entries);
		// Once per build: entries come from templates, so there are few different lists.
		const key = JSON.stringify(entries);
		let known = this.#tags.get(key);
		if (!known) {
			const tags = createBuiltTags(this.manifest, this.#base, entries.length > 0 ? entries : this.#listEntries());
			known = {tags, html: renderTags(tags)};
			this.#tags.set(key, known);
		}

		return nonce ? renderTags(known.tags, nonce) : known.html;
	}

	url(path: string): string {
		checkNames([path]);
		return this.#base + findChunk(this.manifest, path).file;
	}

	#listEntries(): string[] {
		const entries = listEntries(this.manifest);
		if (entries.length > 0) return entries;
		throw new ManifestEntryError(
			'The Vite manifest has no entry to load. Name one by `build.rollupOptions.input` in the Vite config, and build again.',
		);
	}
}

/** A running dev server, whose URL the hot file names. */
export class DevelopmentSnapshot implements SnapshotMembers {
	readonly kind = 'development';
	readonly failure = undefined;
	readonly version: string;
	readonly origin: string;
	readonly #defaultEntries: readonly string[];

	constructor(origin: string, version = hashDevelopmentUrl(origin), built?: BuiltSnapshot) {
		this.origin = origin;
		this.version = version;
		// A dev server doesn't say what its entries are; the last build does.
		this.#defaultEntries = built ? listEntries(built.manifest) : [];
	}

	tags(names: readonly string[], nonce?: string): string {
		checkNames(names);
		const entries = names.length > 0 ? names : this.#defaultEntries;
		if (entries.length === 0) {
			throw new OptionError(
				'`vite()` needs the name of an entry while the dev server runs, since there is no build to take it from. Write for example `vite("source/main.tsx")`.',
			);
		}

		return renderTags(createDevelopmentTags(this.origin, entries), nonce);
	}

	url(path: string): string {
		checkNames([path]);
		return `${this.origin}/${path}`;
	}
}

/** No build and no dev server. Its tags throw the reason. */
export class EmptySnapshot implements SnapshotMembers {
	readonly kind = 'empty';
	readonly failure: ManifestError | undefined;
	readonly version: string;
	readonly #reason: ManifestError;

	constructor(reason: ManifestError, version: string, isFailure: boolean) {
		this.failure = isFailure ? reason : undefined;
		this.version = version;
		this.#reason = reason;
	}

	tags(): string {
		throw this.#reason;
	}

	url(): string {
		throw this.#reason;
	}
}

/** A template hands over whatever a variable holds, and `undefined` where its name is misspelt. */
function checkNames(names: readonly unknown[]): void {
	const wrong = names.findIndex(name => typeof name !== 'string');
	if (wrong === -1) return;
	throw new OptionError(
		`\`vite()\` and \`viteAsset()\` take paths as the manifest has them, received ${describeValue(names[wrong])}. Write for example \`vite("source/main.tsx")\`.`,
	);
}
