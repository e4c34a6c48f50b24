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
 * When the function fails, clients are served whatever they run, and a document gets the last good version. We don't
 * refuse by that version, because the function may have given it for another tenant, nor do we make up a version: it
 * would send every client on a full reload, and again when the function recovers.
 */
export function createVersionReader(readVersion: VersionFunction, milliseconds: number): ReadVersion {
	let lastGood = '';

	return (ctx, assets) => {
		const accept = (version: unknown): ServerVersion => {
			if (version === timedOut) {
				throw new Error(`it took longer than the ${milliseconds} ms of the option \`versionTimeout\``);
			}

			lastGood = normalizeVersion(version);
			return {version: lastGood, mode: chooseMode(lastGood, assets.mode)};
		};

		const recover = (cause: unknown): ServerVersion => {
			const message = `The \`version\` function failed: ${getReason(cause)}. No visit is refused until it gives a version.`;
			ctx.app.emit('error', new VersionError(message, {cause}), ctx);
			return {version: lastGood, mode: 'echo'};
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
