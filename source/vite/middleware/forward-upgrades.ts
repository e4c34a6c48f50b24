import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import type {RequestFilter} from './request-filter.ts';

/**
 * Hands the requests for Vite's WebSocket to Vite, and returns a function that ends this.
 *
 * Vite wants a server when it starts, but we know the server of the application only from the first request. So Vite
 * gets a server that doesn't listen, and we emit the upgrades on it.
 */
export function forwardUpgrades(own: Server, upgrades: Server, isForVite: RequestFilter): () => void {
	const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		const isVites = /^vite-(?:hmr|ping)$/.test(request.headers['sec-websocket-protocol'] ?? '');
		if (isVites && isForVite(request, request.url ?? '')) upgrades.emit('upgrade', request, socket, head);
		else if (own.listenerCount('upgrade') === 1) startAgain(own, request, socket, head);
	};
	own.on('upgrade', listener);
	return () => void own.off('upgrade', listener);
}

/**
 * Gives the connection back to the server, with the request as it was but without its header `Upgrade`.
 *
 * Without our listener Node would ignore the header, for example the `h2c` that Java's client sends. With the listener,
 * Node reads neither the body nor the next request. We don't answer with a 426, because such a client takes it for the
 * answer of the application. We don't emit `request` on the server, because the request would have no body.
 */
function startAgain(own: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
	const {upgrade, ...headers} = request.headers;
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.unshift(head);
	socket.unshift(`${request.method} ${request.url} HTTP/${request.httpVersion}\r\n${lines.join('')}\r\n`, 'latin1');
	own.emit('encrypted' in socket ? 'secureConnection' : 'connection', socket);
}
