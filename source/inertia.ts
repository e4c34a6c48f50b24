import {Assets} from './assets/assets.ts';
import {EarlyHints} from './document/early-hints.ts';
import {createRootViewRenderer} from './document/root-view.ts';
import {createMiddleware, type InertiaMiddleware} from './middleware.ts';
import {normalizeOptions} from './normalize-options.ts';
import {createNunjucksRenderer} from './nunjucks/render-document.ts';
import type {InertiaOptions} from './options.ts';
import {refuseStaleVisit} from './protocol/version-decision.ts';
import {createVersionReader} from './protocol/version-function.ts';
import {Warnings} from './support/warnings.ts';

/**
 * Makes the Koa middleware that speaks the Inertia protocol and checks the version of the assets.
 *
 * Use it after the session and before the router. It sets `ctx.inertia` and answers a visit of a client with old
 * assets before any handler runs.
 *
 * @throws {OptionError} for an unknown or wrong option, {VersionError} for a version that no header can carry,
 * {ManifestError} when there is neither a usable manifest nor a dev server.
 * @example
 * import Koa from 'koa';
 * import {inertia} from 'koa-inertia';
 *
 * const app = new Koa();
 * app.use(inertia({manifest: 'public/build/.vite/manifest.json'}));
 * app.use(async ctx => {
 * 	await ctx.inertia.render('Home', {greeting: 'Hello'});
 * });
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol
 */
export function inertia(options: InertiaOptions = {}): InertiaMiddleware {
	const normalized = normalizeOptions(options);
	const {rootView, views, versionFunction, versionTimeout, earlyHints, preloadBudget} = normalized;
	const assets = new Assets(normalized.assets);
	return createMiddleware({
		options: normalized,
		assets,
		readVersion: versionFunction && createVersionReader(versionFunction, versionTimeout),
		warnings: new Warnings(),
		staleVisitPolicy: refuseStaleVisit,
		renderDocument: rootView ? createRootViewRenderer(rootView) : createNunjucksRenderer(views, assets),
		earlyHints: earlyHints ? new EarlyHints(preloadBudget) : undefined,
	});
}
