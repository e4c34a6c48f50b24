import type {AddressInfo} from 'node:net';
import type {ResolvedConfig} from 'vite';

/**
 * The origin at which a browser on this machine reaches a dev server.
 *
 * A server that listens on every address is at `localhost`: an address such as `[::]` is none to connect to, and that of
 * the network may be one of a container which nobody else reaches. Other devices need the option `server.origin` of Vite.
 */
export function resolveServerOrigin({port}: AddressInfo, {server: {host, https}}: ResolvedConfig): string {
	const isNamed = typeof host === 'string' && !['', '0.0.0.0', '::', '[::]'].includes(host);
	const name = isNamed ? host.replace(/^\[|\]$/g, '') : 'localhost';
	return `${https ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** What stands in front of the path of a source file: the origin, or none, and the `base` of Vite. */
export function joinBase(origin: string, base: string): string {
	return origin.replace(/\/+$/, '') + base.replace(/\/+$/, '');
}
