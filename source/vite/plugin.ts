import type {Plugin} from 'vite';
import {createDevelopmentPlugin} from './development/development.ts';
import {locateConfiguredInput} from './input.ts';
import {normalizePluginOptions} from './normalize-options.ts';
import type {KoaInertiaOptions} from './options.ts';
import {createPagesPlugin, PageDirectory} from './pages/pages-plugin.ts';
import {createConfig, shouldCleanOutput, toBase, toDirectory} from './production/build-config.ts';
import {createManifestPlugin} from './production/build-manifest.ts';

/**
 * The Vite plugin. It sets up the build and the dev server as `inertia()` expects them, so that you don't have to give
 * one the paths of the other.
 *
 * A build gets a manifest with the names of the pages, and with hashes if you ask for them. The dev server writes the
 * hot file, sends styles before scripts, and reloads the browser when a template changes. Both keep the declaration of
 * the pages up to date. Use it together with the plugin of your framework and `@inertiajs/vite`.
 *
 * @throws {OptionError} for an unknown or wrong option; later, when Vite reads its config, if nothing names an entry.
 * @example
 * import react from '@vitejs/plugin-react';
 * import {koaInertia} from 'koa-inertia/vite';
 * import {defineConfig} from 'vite';
 *
 * export default defineConfig({
 * 	plugins: [react(), koaInertia({input: 'source/main.tsx'})],
 * });
 */
export function koaInertia(options: KoaInertiaOptions = {}): Plugin[] {
	const normalized = normalizePluginOptions(options);
	const pages = new PageDirectory(normalized);
	let isCleaned = false;
	return [
		{
			name: 'koa-inertia',
			config(user, {isSsrBuild = false}) {
				isCleaned = !isSsrBuild && shouldCleanOutput(user, normalized);
				return createConfig(user, normalized, {isSsrBuild, isRolldown: 'rolldownVersion' in this.meta});
			},
			configResolved(config) {
				if (!config.build.ssr) locateConfiguredInput(config);
			},
		},
		createPagesPlugin(pages),
		createManifestPlugin({
			hasIntegrity: normalized.hasIntegrity,
			ownBase: toBase(normalized.buildDirectory),
			ownDirectory: toDirectory(normalized),
			shouldCleanOutput: () => isCleaned,
			listPages: () => pages.list(),
		}),
		createDevelopmentPlugin(normalized, pages),
	];
}
