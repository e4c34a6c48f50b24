import {createReadError, type Manifest, parseManifest} from './manifest.ts';
import type {ManifestSource} from './manifest-source.ts';

/** Milliseconds that the server of the manifest has for an answer. */
const fetchLimit = 5000;

/** A manifest behind http(s), for example beside the assets on a CDN, re-validated with its ETag. */
export class RemoteManifest implements ManifestSource {
	readonly location: string;
	readonly #headers: Readonly<Record<string, string>>;
	#etag: string | undefined;

	constructor({href, username, password}: URL) {
		// `fetch` refuses an address with a password, and messages must not show it.
		const location = new URL(href);
		location.username = '';
		location.password = '';
		this.location = location.href;
		// `no-cache` lets a proxy on the way answer only after it asked the server itself.
		this.#headers = {
			Accept: 'application/json',
			'Cache-Control': 'no-cache',
			...(username && {Authorization: createBasicCredentials(username, password)}),
		};
	}

	async readIfChanged(): Promise<Manifest | undefined> {
		let text: string;
		let etag: string | null;
		try {
			const response = await fetch(this.location, {
				headers: {...this.#headers, ...(this.#etag && {'If-None-Match': this.#etag})},
				signal: AbortSignal.timeout(fetchLimit),
			});
			if (response.status === 304) return undefined;
			if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
			etag = response.headers.get('etag');
			text = await response.text();
		} catch (error) {
			throw createReadError(this.location, error);
		}

		const manifest = parseManifest(text, this.location);
		// Only now: the ETag of a broken manifest would make the next answer a 304, and hide it.
		this.#etag = etag ?? undefined;
		return manifest;
	}
}

function createBasicCredentials(username: string, password: string): string {
	const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
