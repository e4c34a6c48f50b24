import type {Plugin} from 'vite';
import {createDevelopmentPlugin} from './development/development.ts';
import {locateConfiguredInput} from './input.ts';
import {normalizePluginOptions} from './normalize-options.ts';
import type {KoaInertiaOptions} from './options.ts';
import {createPagesPlugin, PageDirectory} from './pages/pages-plugin.ts';
import {cleansOutput, createConfig, toBase, toDirectory} from './production/build-config.ts';
import {createManifestPlugin} from './production/build-manifest.ts';

/**
 * The Vite plugin: makes the build and the dev server such as `inertia()` expects them, so that neither has to be told
 * the paths of the other.
 *
 * A build gets its manifest, with the pages and on demand the hashes in it. The dev server writes the hot file, shows
 * styles before scripts, and reloads the browser when a template changes. Both keep the declaration of the pages up to
 * date. Stands beside the plugin of the framework and `@inertiajs/vite`.
 *
 * @throws {OptionError} for an unknown or wrong option, and without any entry.
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
				isCleaned = !isSsrBuild && cleansOutput(user, normalized);
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
			cleansOutput: () => isCleaned,
			listPages: () => pages.list(),
		}),
		createDevelopmentPlugin(normalized),
	];
}
