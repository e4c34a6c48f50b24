import {type ServerVersion, toEcho} from '../assets/version.ts';
import type {Visit} from './visit.ts';

/**
 * What the server does with a request as far as the version of the assets goes. It is made once, before any handler
 * runs; the 409, the page and its header read it.
 */
export interface VersionDecision {
	/** `refuse` sends a 409 in place of running the handlers, and the client loads the page anew. */
	readonly action: 'serve' | 'refuse';
	readonly reason: VersionReason;
	/** The version of the assets that the server has; `''` when it has none. */
	readonly serverVersion: string;
	/**
	 * The version that a page and its header tell the client, which takes it on as its own.
	 *
	 * A client that runs other code than the server's gets its own version back where it is served: told the server's, it
	 * would from then on claim to run code that it never loaded, and no mismatch would ever be seen.
	 */
	readonly pageVersion: string;
}

/**
 * Why a request is served or refused.
 *
 * - `plain-request`: it doesn't come from the client, which gets its code with the document.
 * - `versioning-off`: the application has switched the version off.
 * - `same-version`: client and server have the same build.
 * - `build-unknown`: the server has a dev server or no usable build, which is no reason to send anyone away.
 * - `submission`: neither GET nor HEAD. A 409 would lose the body, which the client doesn't send again.
 * - `no-page-shown`: a HEAD, or a validation while the user types. Nothing of the answer is shown.
 * - `stale-client`: the client has other assets than the server.
 */
export type VersionReason =
	| 'plain-request'
	| 'versioning-off'
	| 'same-version'
	| 'build-unknown'
	| 'submission'
	| 'no-page-shown'
	| 'stale-client';

/** Decides about a GET visit whose client has another build than the server; both builds are known to differ. */
export type StaleVisitPolicy = (visit: Visit, serverVersion: string) => VersionDecision;

/** The protocol's own policy: a client with other assets loads the page anew. */
export const refuseStaleVisit: StaleVisitPolicy = (_visit, serverVersion) => ({
	action: 'refuse',
	reason: 'stale-client',
	serverVersion,
	pageVersion: serverVersion,
});

/**
 * Decides whether a request is served, and which version its page tells the client. A client that sends no version
 * counts as one with the version `''`.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#asset-versioning
 */
export function decideVersion(visit: Visit, server: ServerVersion, policy: StaleVisitPolicy): VersionDecision {
	const {version, mode} = server;
	if (!visit.isInertia) return serve('plain-request', version, version);
	if (mode === 'off') return serve('versioning-off', version, version);
	if (visit.version === version) return serve('same-version', version, version);
	if (mode === 'echo') return serve('build-unknown', version, toEcho(visit.version));
	if (visit.method === 'HEAD') return serve('no-page-shown', version, version);
	if (visit.method !== 'GET') return serve('submission', version, toEcho(visit.version));
	if (visit.isPrecognition) return serve('no-page-shown', version, version);
	return policy(visit, version);
}

function serve(reason: VersionReason, serverVersion: string, pageVersion: string): VersionDecision {
	return {action: 'serve', reason, serverVersion, pageVersion};
}
