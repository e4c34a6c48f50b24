import type {Context} from 'koa';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {responseHeaders} from './headers.ts';
import {sendConflict, sendRedirect} from './redirect.ts';
import {resolveReference, toLocation} from './site-url.ts';
import type {Visit} from './visit.ts';

/** The client sets `window.location` to the URL that it gets. URLs with these schemes run as code of the page. */
const codeSchemes: ReadonlySet<string> = new Set(['javascript:', 'data:', 'vbscript:']);

/**
 * Sends the browser out of the application: by a location response for a visit, by a redirect for any other request.
 *
 * @throws {OptionError} when `url` is not a URL, or runs code.
 */
export function sendLocation(ctx: Context, {isInertia}: Visit, url: string | URL): void {
	const reference = typeof url === 'string' || url instanceof URL ? String(url) : '';
	const target = reference === '' ? undefined : resolveReference(ctx, reference);
	if (!target || codeSchemes.has(target.url.protocol)) {
		throw new OptionError(
			`\`ctx.inertia.location\` takes a URL that a browser can load, received ${describeValue(url)}.`,
		);
	}

	const location = toLocation(reference, target);
	if (isInertia) sendConflict(ctx, responseHeaders.location, location);
	else sendRedirect(ctx, location);
}
