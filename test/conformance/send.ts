import {once} from 'node:events';
import {request as httpRequest, type IncomingMessage} from 'node:http';
import {text} from 'node:stream/consumers';
import type {Answer} from './answer.ts';
import {exchangeHeader} from './call-log.ts';
import type {CaseRequest} from './case-format.ts';
import {sendRaw} from './raw-request.ts';

const readHeaders = (written: CaseRequest['headers'], origin: string): Record<string, string> =>
	Object.fromEntries(
		Object.entries(written).map(([name, value]) => {
			if (typeof value === 'string') {
				return [name, value];
			}

			const {$own: path} = value;
			return [name, `${origin}${path}`];
		}),
	);

const joinHeaders = ({headersDistinct}: IncomingMessage): Map<string, string> =>
	new Map(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(', ')]));

const sendHttp = async (
	port: number,
	method: string,
	path: string,
	headers: Record<string, string>,
): Promise<Answer> => {
	const outgoing = httpRequest({host: '127.0.0.1', port, method, path, headers, agent: false});
	outgoing.end();
	const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
	return {status: incoming.statusCode ?? 0, headers: joinHeaders(incoming), body: await text(incoming)};
};

/** Sends the request of an exchange; `exchange` names the call log that it writes to. */
export const send = async (port: number, written: CaseRequest, exchange: string): Promise<Answer> => {
	const {method, path, raw = false} = written;
	const headers = {...readHeaders(written.headers, `http://127.0.0.1:${port}`), [exchangeHeader]: exchange};
	return raw ? sendRaw(port, method, path, headers) : sendHttp(port, method, path, headers);
};
