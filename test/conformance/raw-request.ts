import {once} from 'node:events';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import type {Answer} from './answer.ts';

const readHeaders = (lines: string[]): Map<string, string> => {
	const headers = new Map<string, string>();
	for (const line of lines) {
		const colon = line.indexOf(':');
		const name = line.slice(0, colon).toLowerCase();
		const value = line.slice(colon + 1).trim();
		const before = headers.get(name);
		headers.set(name, before === undefined ? value : `${before}, ${value}`);
	}

	return headers;
};

const readAnswer = (received: string): Answer => {
	const end = received.indexOf('\r\n\r\n');
	const [statusLine = '', ...lines] = received.slice(0, end).split('\r\n');
	const headers = readHeaders(lines);
	if (headers.has('transfer-encoding')) {
		throw new Error('A raw request was answered in chunks, which the runner doesn’t read.');
	}

	return {status: Number(statusLine.split(' ')[1]), headers, body: received.slice(end + 4)};
};

/** Writes the request target verbatim on a socket: HTTP clients normalise or refuse it. */
export const sendRaw = async (
	port: number,
	method: string,
	target: string,
	headers: Record<string, string>,
): Promise<Answer> => {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	const lines = Object.entries({host: `127.0.0.1:${port}`, connection: 'close', ...headers});
	socket.write(`${method} ${target} HTTP/1.1\r\n${lines.map(line => line.join(': ')).join('\r\n')}\r\n\r\n`);
	return readAnswer(await text(socket));
};
