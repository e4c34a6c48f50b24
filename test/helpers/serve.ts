import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ExecutionContext} from 'ava';

/** Serves on a port of its own until the test ends. Gives the base URL, without a slash at its end. */
export async function serve(t: ExecutionContext, listener: RequestListener): Promise<string> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(async () => {
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
