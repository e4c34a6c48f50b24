import {existsSync, readFileSync, type Stats, statSync} from 'node:fs';
import {access, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {ManifestError, ManifestIncompleteError} from '../../errors/assets.ts';
import {
	createGoneError,
	createMissingError,
	createReadError,
	listBuildFiles,
	type Manifest,
	manifestLimit,
	parseManifest,
} from './manifest.ts';
import type {ManifestSource} from './manifest-source.ts';
import type {BuildPlace} from './place.ts';

/** How many files are looked for at once: enough to be quick, few enough to leave the thread pool to the requests. */
const lookUpBatch = 16;

/**
 * Milliseconds since the last write after which a manifest counts as finished. One that is overwritten in place may be
 * a mixture of two builds until then, and valid JSON all the same.
 */
const settleTime = 300;

/** What one state of the file holds: a manifest, given to the server or not yet, or the reason why it is none. */
type Reading = {readonly identity: string} & (
	| {readonly manifest: Manifest; isAccepted: boolean}
	| {readonly mistake: ManifestError}
);

/**
 * A manifest in the file system, which a deploy may replace at any time.
 *
 * We look at it with `stat`. We don't use `fs.watch`, because it misses a switched symlink and any network file system.
 */
export class ManifestFile implements ManifestSource {
	readonly #places: readonly BuildPlace[];
	/** The place where a manifest was found. From then on the others don't count. */
	#found: BuildPlace | undefined;
	#reading: Reading | undefined;
	/** The state of the file that the last look found too new to read. The next look reads it, whatever its date is. */
	#unsettled: string | undefined;
	/** Whether the files of a build were ever seen beside its manifest. They are not where the assets are on a CDN only. */
	#hasLocalFiles = false;

	/** `places` has at least one place. */
	constructor(places: readonly BuildPlace[]) {
		this.#places = places;
	}

	get location(): string {
		return this.#place.manifest;
	}

	get defaultBase(): string {
		return this.#place.defaultBase;
	}

	get #place(): BuildPlace {
		return this.#found ?? this.#places[0]!;
	}

	/** Reads the first manifest that exists. At start only, so that a wrong path ends the start and not a request. */
	readNow(): Manifest {
		for (const place of this.#places) {
			const file = place.manifest;
			try {
				const stats = statSync(file);
				const identity = identify(stats);
				checkReadable(stats);
				const text = readFileSync(file, 'utf8');
				this.#found = place;
				const manifest = parseManifest(text, file);
				this.#hasLocalFiles = existsSync(this.#locateFirstFile(manifest));
				return this.#accept({identity, manifest, isAccepted: false});
			} catch (error) {
				if (error instanceof ManifestError) throw error;
				if (!isMissing(error)) throw createReadError(file, error);
			}
		}

		throw createMissingError(this.#places.map(({manifest}) => manifest));
	}

	async readIfChanged(): Promise<Manifest | 'unchanged' | 'unsettled'> {
		const {file, stats} = await this.#find();
		const identity = identify(stats);
		if (this.#reading?.identity !== identity) {
			const isTooNew = Date.now() - stats.mtimeMs < settleTime && this.#unsettled !== identity;
			this.#unsettled = identity;
			if (isTooNew) return 'unsettled';
			const reading = await readManifest(file, stats);
			// While it was read, somebody may have written more of it.
			if (identify(await stat(file)) !== identity) return 'unsettled';
			this.#reading = reading;
		}

		if ('mistake' in this.#reading) throw this.#reading.mistake;
		if (!this.#reading.isAccepted) {
			if (this.#hasLocalFiles) await this.#checkFiles(this.#reading.manifest);
			return this.#accept(this.#reading);
		}

		// The files may come after the start. Then the next build waits for its own.
		this.#hasLocalFiles ||= await exists(this.#locateFirstFile(this.#reading.manifest));
		return 'unchanged';
	}

	#accept(reading: Extract<Reading, {manifest: Manifest}>): Manifest {
		this.#reading = reading;
		reading.isAccepted = true;
		return reading.manifest;
	}

	#locateFirstFile(manifest: Manifest): string {
		const [first] = Object.values(manifest);
		// A manifest without entries names no file, and the directory alone is no sign of a build.
		return path.join(this.#place.outputDirectory, first?.file ?? 'no file');
	}

	async #find(): Promise<{file: string; stats: Stats}> {
		for (const place of this.#found ? [this.#found] : this.#places) {
			const file = place.manifest;
			try {
				const stats = await stat(file);
				this.#found = place;
				return {file, stats};
			} catch (error) {
				if (!isMissing(error)) throw createReadError(file, error);
			}
		}

		throw this.#found
			? createGoneError(this.#found.manifest)
			: createMissingError(this.#places.map(({manifest}) => manifest));
	}

	/** @throws {ManifestIncompleteError} while a file of the new build isn't there. */
	async #checkFiles(manifest: Manifest): Promise<void> {
		const directory = this.#place.outputDirectory;
		const files = [...listBuildFiles(manifest)];
		for (let start = 0; start < files.length; start += lookUpBatch) {
			const batch = files.slice(start, start + lookUpBatch);
			const found = await Promise.all(batch.map(file => exists(path.join(directory, file))));
			const missing = batch.find((_, index) => !found[index]);
			if (missing !== undefined) {
				throw new ManifestIncompleteError(
					`The new Vite manifest \`${this.location}\` names \`${missing}\`, which is not in \`${directory}\` yet. Copy the assets before the manifest.`,
				);
			}
		}
	}
}

/** @throws {ManifestUnreadableError} when the file can't be read. The next look tries again, unlike with a wrong manifest. */
async function readManifest(file: string, stats: Stats): Promise<Reading> {
	const identity = identify(stats);
	let text: string;
	try {
		checkReadable(stats);
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw createReadError(file, error);
	}

	try {
		return {identity, manifest: parseManifest(text, file), isAccepted: false};
	} catch (error) {
		if (!(error instanceof ManifestError)) throw error;
		return {identity, mistake: error};
	}
}

/** A pipe gives no end to read, and holds up one of the few threads that read files. @throws for any but a regular file. */
function checkReadable(stats: Stats): void {
	if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is not a regular file');
	if (stats.size > manifestLimit)
		throw new Error(`it has ${stats.size} bytes, more than a manifest of ${manifestLimit}`);
}

function identify({dev, ino, size, mtimeMs, ctimeMs}: Stats): string {
	return `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
