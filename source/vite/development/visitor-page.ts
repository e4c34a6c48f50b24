import type {IncomingMessage, ServerResponse} from 'node:http';

/** Answers a person who opens the address that Vite prints. It has the assets, but the application has another one. */
export function answerVisitors(request: IncomingMessage, response: ServerResponse, next: () => void): void {
	if (request.method !== 'GET' || !/\btext\/html\b/.test(request.headers.accept ?? '')) {
		next();
		return;
	}

	response.statusCode = 404;
	response.setHeader('Content-Type', 'text/html; charset=utf-8');
	response.end(
		'<!doctype html><html lang="en"><meta charset="utf-8"><title>Vite</title><p style="font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem">This is the dev server of Vite, which serves the scripts and styles of your application. The application itself is a server of its own: open its address instead.</p></html>',
	);
}
