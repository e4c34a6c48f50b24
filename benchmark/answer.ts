import {requestPath} from './scenarios.ts';

export type Answer = {status: number; headers: Headers; text: string};

/** Asks a server once, as the load generator will. */
export const fetchAnswer = async (port: number, headers: Record<string, string> = {}): Promise<Answer> => {
	const response = await fetch(`http://127.0.0.1:${port}${requestPath}`, {headers});
	return {status: response.status, headers: response.headers, text: await response.text()};
};

/** The version that a server of the package sends. */
export const readVersion = async (port: number): Promise<string> => {
	const {headers} = await fetchAnswer(port);
	const version = headers.get('x-inertia-version');
	if (version === null || version === '') {
		throw new Error('The server sends no version.');
	}

	return version;
};
