import {existsSync, readFileSync, type Stats, statSync} from 'node:fs';
import {access, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {ManifestError, ManifestIncompleteError} from '../../errors/assets.ts';
import {
	createGoneError,
	createMissingError,
	createReadError,
	listFiles,
	type Manifest,
	parseManifest,
} from './manifest.ts';
import type {ManifestSource} from './manifest-source.ts';

/** How many files are looked for at once: enough to be quick, few enough to leave the thread pool to the requests. */
const lookUpBatch = 16;

/** What was read from the file in one state: a manifest, taken over or not yet, or the reason why it is none. */
type Reading = {readonly identity: string} & (
	| {readonly manifest: Manifest; taken: boolean}
	| {readonly mistake: ManifestError}
);

/**
 * A manifest in the file system, which a deploy may replace at any time.
 *
 * It is looked at by `stat` and not by `fs.watch`, which misses a switched symlink and any network file system.
 */
export class ManifestFile implements ManifestSource {
	readonly #candidates: readonly string[];
	/** The candidate that was found; from then on the others don't count. */
	#path: string | undefined;
	#reading: Reading | undefined;
	/** Whether a build was ever seen beside its manifest. It isn't where the assets are on a CDN only. */
	#hasLocalFiles = false;

	constructor(candidates: readonly string[]) {
		this.#candidates = candidates.map(candidate => path.resolve(candidate));
	}

	get location(): string {
		return this.#path ?? this.#candidates[0]!;
	}

	/** Reads the first candidate that exists. At start only, so that a wrong path ends the start and not a request. */
	readNow(): Manifest {
		for (const candidate of this.#candidates) {
			try {
				const identity = identify(statSync(candidate));
				const text = readFileSync(candidate, 'utf8');
				this.#path = candidate;
				const manifest = parseManifest(text, candidate);
				this.#hasLocalFiles = existsSync(this.#locateFirstFile(manifest));
				return this.#takeOver({identity, manifest, taken: false});
			} catch (error) {
				if (error instanceof ManifestError) throw error;
				if (!isMissing(error)) throw createReadError(candidate, error);
			}
		}

		throw createMissingError(this.#candidates);
	}

	async readIfChanged(): Promise<Manifest | undefined> {
		const {file, identity} = await this.#find();
		if (this.#reading?.identity !== identity) this.#reading = await readManifest(file, identity);
		if ('mistake' in this.#reading) throw this.#reading.mistake;
		if (!this.#reading.taken) {
			if (this.#hasLocalFiles) await this.#checkFiles(this.#reading.manifest);
			return this.#takeOver(this.#reading);
		}

		// The files may come after the start, and the next build is to wait for its own.
		this.#hasLocalFiles ||= await exists(this.#locateFirstFile(this.#reading.manifest));
		return undefined;
	}

	#takeOver(reading: Extract<Reading, {manifest: Manifest}>): Manifest {
		this.#reading = reading;
		reading.taken = true;
		return reading.manifest;
	}

	#locateFirstFile(manifest: Manifest): string {
		const [first] = Object.values(manifest);
		// A manifest without entries names none, and the directory alone is no sign of a build.
		return path.join(this.#outputDirectory(), first?.file ?? 'no file');
	}

	async #find(): Promise<{file: string; identity: string}> {
		for (const file of this.#path ? [this.#path] : this.#candidates) {
			try {
				const identity = identify(await stat(file));
				this.#path = file;
				return {file, identity};
			} catch (error) {
				if (!isMissing(error)) throw createReadError(file, error);
			}
		}

		throw this.#path ? createGoneError(this.#path) : createMissingError(this.#candidates);
	}

	/** @throws {ManifestIncompleteError} while a file of the new build isn't there. */
	async #checkFiles(manifest: Manifest): Promise<void> {
		const directory = this.#outputDirectory();
		const files = [...listFiles(manifest)];
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

	/** Vite writes the manifest into `.vite` of the output directory, older versions into the directory itself. */
	#outputDirectory(): string {
		const directory = path.dirname(this.location);
		return path.basename(directory) === '.vite' ? path.dirname(directory) : directory;
	}
}

/** @throws {ManifestUnreadableError} when it can't be read, which the next look tries again, unlike a mistake in it. */
async function readManifest(file: string, identity: string): Promise<Reading> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw createReadError(file, error);
	}

	try {
		return {identity, manifest: parseManifest(text, file), taken: false};
	} catch (error) {
		return {identity, mistake: error as ManifestError};
	}
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
