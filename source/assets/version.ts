import {createHash} from 'node:crypto';
import {VersionError} from '../errors/assets.ts';
import {describeValue} from '../errors/describe.ts';

/**
 * What the server does to a client with another version: `strict` refuses its next visit, `echo` leaves it alone and
 * sends its own version back, `off` knows no versions.
 */
export type VersionMode = 'strict' | 'echo' | 'off';

/** The version of the assets that the server has, and what follows from it. */
export interface ServerVersion {
	readonly version: string;
	readonly mode: VersionMode;
}

/** The mode of a version: `''` switches versioning off, and a build that isn't known sends nobody away. */
export function chooseMode(version: string, assetsMode: VersionMode): VersionMode {
	if (assetsMode === 'echo') return 'echo';
	return version === '' ? 'off' : 'strict';
}

const versionLength = 16;

/** Number of characters that are gathered before they are hashed. A call for each entry takes as long as the hash itself. */
const batchLength = 65_536;

/**
 * Gives the version of a build: 16 hex digits of SHA-256 over the manifest's canonical JSON.
 *
 * The JSON is canonical because two builds of the same code may differ in the order of keys, white space and line ends.
 * We don't hash the bytes of the file, because two servers with the same build would then refuse each other's clients.
 *
 * `newBase` is the option `base` where it names another URL than the one that the build was made for, such as that of a
 * new CDN: an open tab has to learn of it too.
 */
export function hashManifest(manifest: Readonly<Record<string, unknown>>, newBase?: string): string {
	const hash = createHash('sha256');
	let batch = '{';
	let comma = '';
	for (const key of Object.keys(manifest).sort()) {
		batch += `${comma}${JSON.stringify(key)}:${JSON.stringify(sortMembers(manifest[key]))}`;
		comma = ',';
		if (batch.length > batchLength) {
			hash.update(batch);
			batch = '';
		}
	}

	if (newBase !== undefined) batch += `}base:${newBase}`;
	return hash.update(`${batch}}`).digest('hex').slice(0, versionLength);
}

/** Gives the version of a dev server. It changes only with the URL, since hot updates bring code changes to the page. */
export function hashDevelopmentUrl(url: string): string {
	return createHash('sha256').update(`dev:${url}`).digest('hex').slice(0, versionLength);
}

/** Copies a value with the members of every object in the order of their keys, which `JSON.stringify` follows. */
function sortMembers(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(sortMembers);
	const sorted: Record<string, unknown> = {};
	for (const key of Object.keys(value).sort()) {
		const member = sortMembers((value as Record<string, unknown>)[key]);
		// An assignment to this key would change the prototype.
		if (key === '__proto__') Object.defineProperty(sorted, key, {value: member, enumerable: true});
		else sorted[key] = member;
	}

	return sorted;
}

/**
 * Turns a version of the application's own into the text that goes over the wire.
 *
 * A number becomes text, since the client sends text back and `1 !== '1'` would be a mismatch for ever. White space at
 * either end is refused for the same reason: HTTP drops it.
 *
 * @throws {VersionError} when it is not a string or number that a header can carry.
 */
export function normalizeVersion(version: unknown): string {
	if (version === null || version === undefined) return '';
	const text = typeof version === 'number' && Number.isFinite(version) ? String(version) : version;
	if (typeof text !== 'string' || !isHeaderSafe(text)) {
		throw new VersionError(
			`\`version\` must be a string of printable ASCII characters without a space at either end, a finite number or null, received ${describeValue(version)}. Use for example the id of the release.`,
		);
	}

	return text;
}

const longestEcho = 64;

/** Gives the version of a client to send back: `''` when it is too long, or no header can carry it. */
export function toEcho(clientVersion: string): string {
	return clientVersion.length <= longestEcho && isHeaderSafe(clientVersion) ? clientVersion : '';
}

function isHeaderSafe(text: string): boolean {
	return /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text);
}
