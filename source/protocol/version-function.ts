import type {Context} from 'koa';
import {chooseMode, normalizeVersion, type ServerVersion} from '../assets/version.ts';
import {VersionError} from '../errors/assets.ts';
import {getReason} from '../errors/describe.ts';
import type {VersionFunction} from '../options.ts';
import {isThenable} from '../support/thenable.ts';
import {limitTime, timedOut} from '../support/time-limit.ts';
import type {MaybePromise} from '../types.ts';

/** Gives the version of the server for one request, from what its assets say. */
export type ReadVersion = (ctx: Context, assets: ServerVersion) => MaybePromise<ServerVersion>;

/**
 * Makes a reader of the application's version function; a promise only where the function is async.
 *
 * When the function fails, the last good version stays. Before there is one, clients are served whatever they run: we
 * don't make up a version in its place, because it would send every client on a full reload, and again when the function
 * recovers.
 */
export function createVersionReader(readVersion: VersionFunction, milliseconds: number): ReadVersion {
	let lastGood: string | undefined;

	return (ctx, assets) => {
		const accept = (version: unknown): ServerVersion => {
			if (version === timedOut) {
				throw new Error(`it took longer than the ${milliseconds} ms of the option \`versionTimeout\``);
			}

			lastGood = normalizeVersion(version);
			return {version: lastGood, mode: chooseMode(lastGood, assets.mode)};
		};

		const recover = (cause: unknown): ServerVersion => {
			ctx.app.emit('error', createFailure(cause, lastGood), ctx);
			return lastGood === undefined
				? {version: '', mode: 'echo'}
				: {version: lastGood, mode: chooseMode(lastGood, assets.mode)};
		};

		try {
			const version = readVersion(ctx);
			if (!isThenable(version)) return accept(version);
			return limitTime(version, milliseconds).then(accept).catch(recover);
		} catch (error) {
			return recover(error);
		}
	};
}

function createFailure(cause: unknown, lastGood: string | undefined): VersionError {
	const consequence =
		lastGood === undefined ? 'No version is checked until it gives one' : `\`${lastGood}\` stays the version`;
	return new VersionError(`The \`version\` function failed: ${getReason(cause)}. ${consequence}.`, {cause});
}
