import type {Context} from 'koa';
import type {Snapshot} from '../assets/snapshot.ts';
import {normalizeVersion} from '../assets/version.ts';
import {VersionError} from '../errors/assets.ts';
import {getReason} from '../errors/describe.ts';
import type {VersionFunction} from '../options.ts';
import {isThenable} from '../support/thenable.ts';
import {limitTime, timedOut} from '../support/time-limit.ts';

/**
 * The version of the server for one request, and what it does to a client with another one:
 * `strict` refuses its next visit, `echo` leaves it alone and sends its own version back, `off` has no version.
 */
export interface RequestVersion {
	readonly value: string;
	readonly mode: 'strict' | 'echo' | 'off';
}

/** Gives the version of a request; a promise only where the application's version function is async. */
export type ResolveVersion = (ctx: Context, snapshot: Snapshot) => RequestVersion | Promise<RequestVersion>;

/** The version is the snapshot's: the manifest's hash, the dev server's, or the application's own constant. */
export function createSnapshotVersion(): ResolveVersion {
	let of: Snapshot | undefined;
	let version: RequestVersion = {value: '', mode: 'off'};

	return (_ctx, snapshot) => {
		// Once per build, not per request.
		if (snapshot !== of) version = {value: snapshot.version, mode: chooseMode(snapshot.version, snapshot)};
		of = snapshot;
		return version;
	};
}

/**
 * The version comes from a function of the application's.
 *
 * When it fails, the last good version stays. Before there is one, clients are served whatever they run: a version
 * made up in its place would send every one of them on a full reload, and again when the function recovers.
 */
export function createFunctionVersion(read: VersionFunction, milliseconds: number): ResolveVersion {
	let lastGood: string | undefined;

	return (ctx, snapshot) => {
		const accept = (version: unknown): RequestVersion => {
			if (version === timedOut) throw new VersionError(`The \`version\` function took longer than ${milliseconds} ms.`);
			lastGood = normalizeVersion(version);
			return {value: lastGood, mode: chooseMode(lastGood, snapshot)};
		};

		const recover = (cause: unknown): RequestVersion => {
			ctx.app.emit('error', toVersionError(cause, lastGood), ctx);
			return lastGood === undefined
				? {value: '', mode: 'echo'}
				: {value: lastGood, mode: chooseMode(lastGood, snapshot)};
		};

		try {
			const version = read(ctx);
			if (!isThenable(version)) return accept(version);
			return limitTime(version, milliseconds).then(accept).catch(recover);
		} catch (error) {
			return recover(error);
		}
	};
}

function chooseMode(version: string, snapshot: Snapshot): RequestVersion['mode'] {
	// A build that isn't known yet is no reason to send anyone away.
	if (snapshot.kind === 'development' || snapshot.failure) return 'echo';
	return version === '' ? 'off' : 'strict';
}

function toVersionError(cause: unknown, lastGood: string | undefined): VersionError {
	const consequence =
		lastGood === undefined ? 'No version is checked until it gives one' : `\`${lastGood}\` stays the version`;
	return new VersionError(`The \`version\` function failed: ${getReason(cause)}. ${consequence}.`, {cause});
}
