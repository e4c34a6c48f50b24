import {requestHeaders, responseHeaders} from '../protocol/headers.ts';
import {getFragmentRedirect, getHeader, getRedirect, type TestResponse} from './response.ts';

export const documentAdvice =
	'A document has its page in `<script data-page type="application/json">`: has the root template `{{ inertia() }}`?';

/** Describes what a response without a page is instead, and what to do about it. */
export function describeResponse(response: TestResponse): string {
	const {status} = response;
	const fragmentRedirect = getFragmentRedirect(response);
	if (fragmentRedirect !== undefined) {
		return `received 409 with \`${responseHeaders.redirect}: ${fragmentRedirect}\`: the client would visit it, since it has a fragment. \`client.visit\` follows it on the same host.`;
	}

	const location = getHeader(response, responseHeaders.location);
	if (status === 409 && location !== undefined) return describeLocation(response, location);
	const redirect = getRedirect(response);
	if (redirect !== undefined) {
		return `received a redirect, ${status} to \`${redirect}\`. \`client.visit\` follows redirects to the same host.`;
	}

	return `${describeBody(response)} ${adviseOn(response)}`;
}

/** Describes a response in one sentence: its status, its type and the beginning of its body. */
export function describeBody(response: TestResponse): string {
	const {status, text = ''} = response;
	return `received ${status}, ${getType(response)}: ${text === '' ? 'an empty body' : quoteStart(text)}.`;
}

/** Quotes the beginning of a text for a message. */
export function quoteStart(text: string): string {
	const start = text.trim().slice(0, 200);
	return `\`${start}${start.length < text.trim().length ? '…' : ''}\``;
}

/** Describes a 409 with a location. With a version it refuses a stale client; without one it leaves the application. */
function describeLocation(response: TestResponse, location: string): string {
	const received = `received 409 with \`${responseHeaders.location}: ${location}\``;
	const version = getHeader(response, responseHeaders.version);
	if (version === undefined) {
		return `${received}: the client would leave for it with a full load. Check \`response.headers\`.`;
	}

	return `${received}: the client ${describeSentVersion(response)}, the server has version \`${version}\`. To load the page anew, as a stale client does: \`await client.open('${location}')\`.`;
}

function describeSentVersion({request}: TestResponse): string {
	if (request === undefined) return 'has another version';
	const version = request.getHeader(requestHeaders.version);
	return version ? `has version \`${version}\`` : 'sent no version, since it has no page yet';
}

function getType(response: TestResponse): string {
	return getHeader(response, 'content-type') ?? 'no content type';
}

function adviseOn(response: TestResponse): string {
	const {status} = response;
	const type = getType(response);
	if (status >= 500) return "The error itself goes to `app.on('error')`.";
	if (status === 404) return 'Is the route there, and did its handler answer?';
	if (type.startsWith('application/json')) {
		return `A page has the header \`${responseHeaders.inertia}\`: send the visit by \`client.visit\`, and answer with \`ctx.inertia.render\`.`;
	}

	if (type.startsWith('text/html')) return documentAdvice;
	return 'Pages come from `ctx.inertia.render`.';
}
