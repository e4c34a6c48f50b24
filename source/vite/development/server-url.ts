import type {AddressInfo} from 'node:net';
import type {ResolvedConfig} from 'vite';

/**
 * The origin at which a browser on this machine reaches a dev server.
 *
 * A server that listens on every address is reached at `localhost`. We don't use an address such as `[::]`, because a
 * browser can't connect to it, nor the address in the network, because it may be that of a container which nobody else
 * reaches. Other devices need Vite's option `server.origin`.
 */
export function resolveServerOrigin({port}: AddressInfo, {server: {host, https}}: ResolvedConfig): string {
	const isNamed = typeof host === 'string' && !['', '0.0.0.0', '::', '[::]'].includes(host);
	const name = isNamed ? host.replace(/^\[|\]$/g, '') : 'localhost';
	return `${https ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** The start of the URL of a source file: the origin, which may be empty, and Vite's `base`. */
export function joinBase(origin: string, base: string): string {
	return origin.replace(/\/+$/, '') + base.replace(/\/+$/, '');
}
