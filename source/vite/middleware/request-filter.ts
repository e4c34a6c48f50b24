import type {IncomingMessage} from 'node:http';
import type {ViteDevServer} from 'vite';

/** Whether a request is for Vite, and from a machine that Vite serves. `url` is the one that the browser asked for. */
export type RequestFilter = (request: IncomingMessage, url: string) => boolean;

/**
 * Creates the filter of the requests that go to Vite.
 *
 * An application listens on every address, but Vite itself listens only on this machine's own, because its root has the
 * source files. So the filter allows only machines that would reach Vite itself. It reports the first refused request,
 * because nothing else explains why a page has no scripts.
 */
export function createRequestFilter(vite: ViteDevServer): RequestFilter {
	let hasWarned = false;
	return ({method = 'GET', socket: {remoteAddress}}, url) => {
		// Read it on each request: Vite has a new config after a restart.
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

/** Whether the option `server.host` lets other machines reach Vite. */
function isForOthers(host: string | boolean | undefined): boolean {
	return host === true || (typeof host === 'string' && host !== '' && host !== 'localhost' && !isLoopback(host));
}

function isLoopback(address: string): boolean {
	return /^(?:\[?::1\]?|(?:::ffff:)?127\.[\d.]+)$/.test(address);
}
