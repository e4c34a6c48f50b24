import type {Context, Middleware, Next} from 'koa';
import type {Assets} from './assets/assets.ts';
import type {RenderDocument} from './document/document.ts';
import {EarlyHints} from './document/early-hints.ts';
import type {NormalizedOptions} from './normalize-options.ts';
import {isClientGone} from './props/loader-context.ts';
import {isRedirect} from './protocol/redirect.ts';
import {getRequestUrl} from './protocol/request-url.ts';
import {createFunctionVersion, createSnapshotVersion} from './protocol/request-version.ts';
import {sendVersionMismatch} from './protocol/respond.ts';
import {varyErrorOnInertia, varyOnInertia} from './protocol/vary.ts';
import {isStale} from './protocol/version-check.ts';
import {ParsedVisit} from './protocol/visit.ts';
import {answerEnd, answerThrown, finishAnswer} from './request/after-handler.ts';
import {InertiaContext} from './request/context.ts';
import type {RequestState} from './request/request-state.ts';
import {isThenable} from './support/thenable.ts';

/** The middleware that `inertia()` gives. */
export type InertiaMiddleware = Middleware & {
	/** The version, the manifest and the tags of the assets, for use outside a request. */
	readonly assets: Assets;
};

/** Makes the middleware from options that were checked, and from something that renders the first document. */
export function createMiddleware(
	options: NormalizedOptions,
	assets: Assets,
	renderDocument: RenderDocument,
): InertiaMiddleware {
	const {versionFunction, versionTimeout} = options;
	const hints = options.earlyHints ? new EarlyHints(options.preloadBudget) : undefined;
	const application = {options, renderDocument, hints};
	const resolveVersion = versionFunction
		? createFunctionVersion(versionFunction, versionTimeout)
		: createSnapshotVersion();

	const middleware = async function inertia(ctx: Context, next: Next): Promise<void> {
		varyOnInertia(ctx);
		let state: RequestState | undefined;
		try {
			const {env} = ctx.app;
			const preparation = assets.prepare(env);
			if (preparation) await preparation;
			const visit = new ParsedVisit(ctx);
			// One snapshot for the whole request: a build that is put in place meanwhile counts from the next one on.
			const snapshot = assets.current(env);
			const resolved = resolveVersion(ctx, snapshot);
			const version = isThenable(resolved) ? await resolved : resolved;
			state = {
				visit,
				version,
				snapshot,
				marks: undefined,
				shared: [],
				isHistoryEncrypted: undefined,
				precognition: undefined,
				announcement: {areHintsSent: false, links: '', body: undefined},
			};
			ctx.inertia = new InertiaContext(ctx, application, state);
			// Before the handler: it may read the session's flash, or write.
			if (isStale(visit, version)) return sendVersionMismatch(ctx, getRequestUrl(ctx), version.value);
			try {
				await next();
			} catch (thrown) {
				answerEnd(ctx, application, state, thrown);
			}

			const finishing = finishAnswer(ctx, application, state);
			if (isThenable(finishing)) await finishing;
		} catch (thrown) {
			if (isClientGone(thrown, ctx)) return;
			const error = varyErrorOnInertia(ctx, thrown);
			const isAnswered = state && (await answerThrown(ctx, application, state, error));
			// Again: whether it gets a page may depend on what the request accepts.
			if (!isAnswered) throw varyErrorOnInertia(ctx, error);
		}

		if (state) appendLinks(ctx, state);
		// Again: a handler may have set the header anew.
		varyOnInertia(ctx);
	};

	return Object.assign(middleware, {assets});
}

/** At the end, when it is known whether the document is what is sent. */
function appendLinks(ctx: Context, {announcement: {links, body}}: RequestState): void {
	if (links === '' || ctx.body !== body || isRedirect(ctx) || !ctx.writable || ctx.headerSent) return;
	if (ctx.res.hasHeader('Link')) ctx.append('Link', links);
	else ctx.res.setHeader('Link', links);
}
