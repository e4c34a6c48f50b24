import {createReadError, type Manifest, manifestLimit, parseManifest} from './manifest.ts';
import type {ManifestSource} from './manifest-source.ts';

/** Milliseconds that the server of the manifest has for an answer. */
const fetchLimit = 5000;

/** A manifest behind http(s), for example beside the assets on a CDN, re-validated with its ETag. */
export class RemoteManifest implements ManifestSource {
	/** The address without a password or a query, which may be secret. */
	readonly location: string;
	readonly defaultBase = '/';
	readonly #address: URL;
	readonly #headers: Readonly<Record<string, string>>;
	#etag: string | undefined;
	/** The text of the last good manifest, for a server that sends no ETag. */
	#text: string | undefined;

	constructor(url: URL) {
		this.location = url.origin + url.pathname;
		// `fetch` refuses an address with a password.
		this.#address = Object.assign(new URL(url), {username: '', password: ''});
		const {username, password} = url;
		this.#headers = {
			Accept: 'application/json',
			// Lets a proxy on the way answer only after it asked the server itself.
			'Cache-Control': 'no-cache',
			...((username || password) && {Authorization: createBasicCredentials(username, password)}),
		};
	}

	async readIfChanged(): Promise<Manifest | 'unchanged'> {
		let text: string;
		let etag: string | null;
		try {
			const response = await fetch(this.#address, {
				headers: {...this.#headers, ...(this.#etag && {'If-None-Match': this.#etag})},
				signal: AbortSignal.timeout(fetchLimit),
			});
			// A body that nobody reads would hold the connection, and may have no end.
			if (response.status === 304 || !response.ok) await response.body?.cancel();
			if (response.status === 304) return 'unchanged';
			if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
			etag = response.headers.get('etag');
			text = await readManifestText(response);
		} catch (error) {
			throw createReadError(this.location, error);
		}

		if (text === this.#text) return 'unchanged';
		const manifest = parseManifest(text, this.location);
		// The ETag is kept only now: that of a broken manifest would make the next answer a 304, and hide it.
		this.#etag = etag ?? undefined;
		this.#text = text;
		return manifest;
	}
}

/** Reads a body as far as a manifest may go. We don't use `response.text()`, because a body without end fills the memory. */
async function readManifestText({body}: Response): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	let length = 0;
	for await (const chunk of body ?? []) {
		length += chunk.length;
		if (length > manifestLimit) throw new Error(`it has more than ${manifestLimit} bytes`);
		text += decoder.decode(chunk, {stream: true});
	}

	return text + decoder.decode();
}

function createBasicCredentials(username: string, password: string): string {
	const credentials = `${decodePart(username)}:${decodePart(password)}`;
	return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

/** A password may have a bare percent sign, which a URL keeps as it is. */
function decodePart(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
