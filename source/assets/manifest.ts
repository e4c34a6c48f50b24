import {
	describeValue,
	ManifestMissingError,
	ManifestShapeError,
	ManifestSyntaxError,
	ManifestUnreadableError,
} from '../errors.ts';
import {findJsonMistake} from './json-position.ts';

/** One entry of a Vite manifest. Paths are relative to the build's output directory. */
export interface ManifestChunk {
	readonly file: string;
	readonly src?: string;
	readonly isEntry?: boolean;
	/** Keys of other entries that this one imports at once. */
	readonly imports?: readonly string[];
	readonly css?: readonly string[];
	readonly assets?: readonly string[];
}

/**
 * A Vite manifest: source path or chunk name → what was built from it.
 *
 * @see https://vite.dev/guide/backend-integration
 */
export type Manifest = Readonly<Record<string, ManifestChunk>>;

/** Where a manifest is looked for, in this order, when the option names none. Relative to the working directory. */
export const defaultManifestPaths: readonly string[] = [
	'public/build/.vite/manifest.json',
	'public/build/manifest.json',
	'dist/.vite/manifest.json',
	'dist/manifest.json',
];

const buildHint = 'Build the assets with `npx vite build`, and set `build.manifest: true` in the Vite config';

/**
 * Turns the text of a manifest file into a manifest.
 *
 * @throws {ManifestSyntaxError} with line and column, {ManifestShapeError} with what was found.
 */
export function parseManifest(text: string, location: string): Manifest {
	// A byte order mark is no JSON, but some editors write one, and a manifest behind http arrives without it.
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

/** What is wrong with an entry, as a text around its name; `undefined` for a good one. */
function findMistake(
	chunk: unknown,
	entries: Readonly<Record<string, unknown>>,
): ((name: string) => string) | undefined {
	if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk)) {
		return name => `${describeValue(chunk)} for ${name}`;
	}

	const {file, imports, css, assets} = chunk as Readonly<Record<string, unknown>>;
	if (typeof file !== 'string' || file === '') return name => `${name} without a \`file\``;
	for (const [list, paths] of [['imports', imports] as const, ['css', css] as const, ['assets', assets] as const]) {
		if (paths !== undefined && !isTextList(paths)) return name => `${name} with ${describeValue(paths)} as \`${list}\``;
	}

	const missing = (imports as readonly string[] | undefined)?.find(key => !Object.hasOwn(entries, key));
	return missing === undefined ? undefined : name => `${name} that imports the missing ${JSON.stringify(missing)}`;
}

function isTextList(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(item => typeof item === 'string');
}

export function createShapeError(location: string, found: string, options?: ErrorOptions): ManifestShapeError {
	return new ManifestShapeError(
		`\`${location}\` is not a Vite manifest: found ${found}, expected an object of entries that each have a \`file\`. Name the manifest that \`build.manifest: true\` of Vite writes.`,
		options,
	);
}

/** The error for a manifest that is at none of the paths. */
export function createMissingError(tried: readonly string[]): ManifestMissingError {
	return new ManifestMissingError(
		`There is no Vite manifest at ${tried.map(path => `\`${path}\``).join(', ')}, and no dev server runs. ${buildHint}, start the dev server, or name the file by the option \`manifest\`.`,
	);
}

/** The error for a manifest that was there, and isn't any more: a build empties its directory first. */
export function createGoneError(location: string): ManifestMissingError {
	return new ManifestMissingError(
		`The Vite manifest \`${location}\` is gone. The next build brings it back; one that is made elsewhere and moved in, its manifest last, leaves no such gap.`,
	);
}

/** The error for a manifest that is there, but can't be read. */
export function createReadError(location: string, cause: unknown): ManifestUnreadableError {
	return new ManifestUnreadableError(
		`The Vite manifest \`${location}\` can't be read: ${describeFailure(cause)}. Check the address and its permissions.`,
		{cause},
	);
}

/** The message of an error and of what lies behind it: `fetch` says no more than that it failed. */
function describeFailure(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {cause} = error;
	const reason = cause instanceof Error ? cause.message || ('code' in cause && String(cause.code)) : undefined;
	return reason ? `${error.message} (${reason})` : error.message;
}

/** Every file of a build that a manifest names, once each, relative to the output directory. */
export function listFiles(manifest: Manifest): Set<string> {
	const files = new Set<string>();
	for (const chunk of Object.values(manifest)) {
		files.add(chunk.file);
		for (const file of chunk.css ?? []) files.add(file);
		for (const file of chunk.assets ?? []) files.add(file);
	}

	return files;
}
