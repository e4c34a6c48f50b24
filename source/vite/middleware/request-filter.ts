import type {IncomingMessage} from 'node:http';
import type {ViteDevServer} from 'vite';

/** Whether a request asks for a file of Vite's, and comes from where it may. `url` is what the browser has asked for. */
export type RequestFilter = (request: IncomingMessage, url: string) => boolean;

/**
 * An application listens on every address, and Vite by itself on this machine's own: in its root are the sources. So those
 * who may ask are those whom Vite by itself would hear. The first other one is reported, since nothing else says why it
 * has no scripts.
 */
export function createRequestFilter(vite: ViteDevServer): RequestFilter {
	let hasWarned = false;
	return ({method = 'GET', socket: {remoteAddress}}, url) => {
		// Of now: Vite has another config after a restart.
		const {base, server, logger} = vite.config;
		if (!url.startsWith(base) || !/^(?:GET|HEAD)$/.test(method)) return false;
		if (isForOthers(server.host) || remoteAddress === undefined || isLoopback(remoteAddress)) return true;
		if (!hasWarned) {
			logger.warn(
				`A request of ${remoteAddress} got nothing from Vite, which serves source files to this machine alone. For other devices and containers, set \`server.host: true\` in the Vite config.`,
			);
		}

		hasWarned = true;
		return false;
	};
}

function isForOthers(host: string | boolean | undefined): boolean {
	return host === true || (typeof host === 'string' && host !== '' && host !== 'localhost' && !isLoopback(host));
}

function isLoopback(address: string): boolean {
	return /^(?:\[?::1\]?|(?:::ffff:)?127\.[\d.]+)$/.test(address);
}
