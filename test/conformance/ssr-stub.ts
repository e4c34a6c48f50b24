import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import type {SsrStubDefinition} from './case-format.ts';

export type SsrStub = {url: string; pages: unknown[]; close(): void};

const listen = async (server: Server): Promise<string> => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return `http://127.0.0.1:${port}`;
};

/** Stands in for the render server that `@inertiajs/*` builds, and records the pages it was sent. */
export const startSsrStub = async ({result, status = 200, json, down}: SsrStubDefinition): Promise<SsrStub> => {
	const pages: unknown[] = [];
	const server = createServer(async (request, response) => {
		const body = await text(request);
		if (request.url === '/render') {
			pages.push(JSON.parse(body));
		}

		response.writeHead(status, {'content-type': 'application/json'});
		response.end(JSON.stringify(result ?? json ?? null));
	});
	const close = (): void => {
		server.close();
		server.closeAllConnections();
	};

	const url = await listen(server);
	if (down) {
		close();
	}

	return {url, pages, close};
};
