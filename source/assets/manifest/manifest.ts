import {
	ManifestMissingError,
	ManifestShapeError,
	ManifestSyntaxError,
	ManifestUnreadableError,
} from '../../errors/assets.ts';
import {describeValue} from '../../errors/describe.ts';
import {isRecord} from '../../support/check-options.ts';
import {findJsonMistake} from './json-position.ts';

/** One entry of a Vite manifest. Paths are relative to the build's output directory. */
export interface ManifestChunk {
	readonly file: string;
	readonly src?: string;
	/** The name of the entry or chunk, without a directory. */
	readonly name?: string;
	readonly isEntry?: boolean;
	/** Keys of other entries that this one imports at once. */
	readonly imports?: readonly string[];
	/** Keys of other entries that this one imports later. */
	readonly dynamicImports?: readonly string[];
	readonly css?: readonly string[];
	readonly assets?: readonly string[];
	/** Hash of the content of `file`, as the attribute `integrity` has it. `koa-inertia/vite` writes it, not Vite. */
	readonly integrity?: string;
	/** The same for the files in `css`, in their order. */
	readonly cssIntegrity?: readonly string[];
	/** The names under which handlers render the page components in this chunk. `koa-inertia/vite` writes them. */
	readonly pages?: readonly string[];
	/** The `base` that the build was made for, on the first entry only. `koa-inertia/vite` writes it. */
	readonly base?: string;
	/**
	 * The names by which chunks import each other with `build.chunkImportMap`, on the first entry only. `koa-inertia/vite`
	 * writes them.
	 */
	readonly importMap?: Readonly<Record<string, string>>;
}

/**
 * A Vite manifest: source path or chunk name → what was built from it.
 *
 * @see https://vite.dev/guide/backend-integration
 */
export type Manifest = Readonly<Record<string, ManifestChunk>>;

/** Bytes that a manifest may have. One with 10,000 chunks has about 3 MB. */
export const manifestLimit = 33_554_432;

const buildHint = 'Build the assets with `npx vite build`, and set `build.manifest: true` in the Vite config';

/**
 * Turns the text of a manifest file into a manifest.
 *
 * @throws {ManifestSyntaxError} with line and column, {ManifestShapeError} with what was found.
 */
export function parseManifest(text: string, location: string): Manifest {
	// Some editors write a byte order mark, which is no JSON.
	const json = text.replace(/^\uFEFF/, '');
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		const {line, column} = findJsonMistake(json);
		throw new ManifestSyntaxError(
			`The Vite manifest \`${location}\` is not JSON: ${json.trim() === '' ? 'it is empty' : `it breaks off or is wrong at line ${line}, column ${column}`}. ${buildHint}.`,
			{cause: error},
		);
	}

	return checkManifest(value, location);
}

/** @throws {ManifestShapeError} when the value is not a Vite manifest. */
export function checkManifest(value: unknown, location: string): Manifest {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw createShapeError(location, describeValue(value));
	}

	const entries = value as Readonly<Record<string, unknown>>;
	for (const key of Object.keys(entries)) {
		const mistake = findMistake(entries[key], entries);
		if (mistake) throw createShapeError(location, mistake(JSON.stringify(key)));
	}

	return value as Manifest;
}

/** Finds what is wrong with an entry, as a function that puts the entry's name into the text. */
function findMistake(
	chunk: unknown,
	entries: Readonly<Record<string, unknown>>,
): ((name: string) => string) | undefined {
	if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk)) {
		return name => `${describeValue(chunk)} for ${name}`;
	}

	const members = chunk as Readonly<Record<string, unknown>>;
	const {file, imports} = members;
	if (typeof file !== 'string' || file === '') return name => `${name} without a \`file\``;
	for (const [member, fits] of memberChecks) {
		const value = members[member];
		if (value !== undefined && !fits(value)) return name => `${name} with ${describeValue(value)} as \`${member}\``;
	}

	const missing = (imports as readonly string[] | undefined)?.find(key => !Object.hasOwn(entries, key));
	return missing === undefined ? undefined : name => `${name} that imports the missing ${JSON.stringify(missing)}`;
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** The optional members that this package reads, and how each has to be. */
const memberChecks: ReadonlyArray<readonly [member: keyof ManifestChunk, fits: (value: unknown) => boolean]> = [
	['name', isText],
	['imports', isTextList],
	['dynamicImports', isTextList],
	['css', isTextList],
	['assets', isTextList],
	['integrity', isText],
	['cssIntegrity', isTextList],
	['pages', isTextList],
	['base', isText],
	['importMap', value => isRecord(value) && Object.values(value).every(isText)],
];

function isTextList(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(item => typeof item === 'string');
}

export function createShapeError(location: string, found: string, options?: ErrorOptions): ManifestShapeError {
	return new ManifestShapeError(
		`\`${location}\` is not a Vite manifest: found ${found}, expected an object of entries that each have a \`file\`. Name the manifest that \`build.manifest: true\` of Vite writes.`,
		options,
	);
}

/** Makes the error for a manifest that is at none of the paths. */
export function createMissingError(tried: readonly string[]): ManifestMissingError {
	return new ManifestMissingError(
		`There is no Vite manifest at ${tried.map(path => `\`${path}\``).join(', ')}, and no dev server runs. ${buildHint}, start the dev server, or name the file by the option \`manifest\`.`,
	);
}

/** Makes the error for a manifest that was there and is gone, since a build may empty its directory first. */
export function createGoneError(location: string): ManifestMissingError {
	return new ManifestMissingError(
		`The Vite manifest \`${location}\` is gone. The next build brings it back; one that is made elsewhere and moved in, its manifest last, leaves no such gap.`,
	);
}

/** Makes the error for a manifest that is there, but can't be read. */
export function createReadError(location: string, cause: unknown): ManifestUnreadableError {
	return new ManifestUnreadableError(
		`The Vite manifest \`${location}\` can't be read: ${describeFailure(cause)}. Check the address and its permissions.`,
		{cause},
	);
}

/** Gives the message of an error and of its cause: `fetch` itself says no more than that it failed. */
function describeFailure(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {cause} = error;
	const reason = cause instanceof Error ? cause.message || ('code' in cause && String(cause.code)) : undefined;
	return reason ? `${error.message} (${reason})` : error.message;
}

/** Lists every file of a build that a manifest names, once each, relative to the output directory. */
export function listBuildFiles(manifest: Manifest): Set<string> {
	const files = new Set<string>();
	for (const chunk of Object.values(manifest)) {
		files.add(chunk.file);
		for (const file of chunk.css ?? []) files.add(file);
		for (const file of chunk.assets ?? []) files.add(file);
	}

	return files;
}
