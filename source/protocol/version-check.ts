import {toEcho} from '../assets/version.ts';
import type {RequestVersion} from './request-version.ts';
import type {Visit} from './visit.ts';

/**
 * Whether a visit comes from a client that must load the new assets before it sees another page.
 *
 * Only a GET is refused: the body of any other request would be lost. A missing version counts as an empty one.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#asset-versioning
 */
export function isStale(visit: Visit, version: RequestVersion): boolean {
	const isRefusable = visit.isInertia && visit.method === 'GET';
	return isRefusable && version.mode === 'strict' && visit.version !== version.value && !visit.isPrecognition;
}

/**
 * The version that a page tells the client.
 *
 * The client takes on what it is told. So a stale one that posted gets its own version back: told the new one, it
 * would from then on claim to run code that it never loaded, and no mismatch would ever be seen.
 */
export function choosePageVersion(visit: Visit, {value, mode}: RequestVersion): string {
	if (!visit.isInertia || mode === 'off' || visit.version === value) return value;
	const isSafeMethod = visit.method === 'GET' || visit.method === 'HEAD';
	return mode === 'strict' && isSafeMethod ? value : toEcho(visit.version);
}
