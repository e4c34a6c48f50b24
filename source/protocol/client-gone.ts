import type {Context} from 'koa';
import {PropLoadError} from '../errors/props.ts';

/**
 * Whether an error says no more than that a loader stopped since its client went away, as `signal` told it. There is
 * nobody to answer, and nothing to report.
 */
export function isClientGone(error: unknown, {res}: Context): boolean {
	const cause = error instanceof PropLoadError ? error.cause : undefined;
	return cause instanceof Error && cause.name === 'AbortError' && res.closed && !res.writableFinished;
}
