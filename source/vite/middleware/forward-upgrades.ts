import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import type {RequestFilter} from './request-filter.ts';

/**
 * Hands on what asks for Vite's WebSocket. The server that the application listens with is known with its first request
 * only, and Vite wants one at its start; so Vite has one that listens nowhere.
 *
 * Gives what ends it.
 */
export function forwardUpgrades(own: Server, upgrades: Server, isForVite: RequestFilter): () => void {
	const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		const isVites = /^vite-(?:hmr|ping)$/.test(request.headers['sec-websocket-protocol'] ?? '');
		if (isVites && isForVite(request, request.url ?? '')) upgrades.emit('upgrade', request, socket, head);
		else if (own.listenerCount('upgrade') === 1) readWithoutUpgrade(own, request, socket, head);
	};
	own.on('upgrade', listener);
	return () => void own.off('upgrade', listener);
}

/**
 * Where nothing listens for upgrades, Node answers as if the request hadn't asked for one. Where something does, it reads
 * no further, neither a body nor the next request. So the connection begins again, with the request as it was but for
 * the header that asked: a response for it alone would be one to a request without its body.
 */
function readWithoutUpgrade(own: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
	const {method, url, httpVersion, rawHeaders} = request;
	const lines = [`${method} ${url} HTTP/${httpVersion}`];
	for (let index = 0; index < rawHeaders.length; index += 2) {
		if (!/^upgrade$/i.test(rawHeaders[index]!)) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
	}

	socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
	own.emit('encrypted' in socket ? 'secureConnection' : 'connection', socket);
}
