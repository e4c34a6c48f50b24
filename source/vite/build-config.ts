import path from 'node:path';
import {defaultAllowedOrigins, type UserConfig} from 'vite';
import {OptionError} from '../errors.ts';
import {getConfiguredInput, locateInput} from './input.ts';
import type {NormalizedPluginOptions} from './normalize-options.ts';

/** What the plugin adds to a Vite config. What the config says itself stays. */
export function createConfig(
	user: UserConfig,
	options: NormalizedPluginOptions,
	environment: {readonly isSsrBuild: boolean; readonly isRolldown: boolean},
): UserConfig {
	// Koa serves the public directory itself. Copied into the build, it would hold the build again.
	const shared = {publicDir: user.publicDir ?? false} satisfies UserConfig;
	if (environment.isSsrBuild) return shared;
	const {publicDirectory, buildDirectory} = options;
	const configured = getConfiguredInput(user);
	if (configured === undefined && options.input === undefined) {
		throw new OptionError(
			'`koaInertia` needs to know what templates load. Write for example `koaInertia({input: "source/main.tsx"})`.',
		);
	}

	const root = path.resolve(user.root ?? '');
	// Of another directory the config knows its URL, and Vite whether it may be emptied.
	const isOwnPlace = user.build?.outDir === undefined;
	// Vite puts a list behind the one that is there: what the config names is for `locateConfiguredInput()`.
	const bundlerOptions = configured === undefined ? {input: locateInput(options.input!, root)} : {};
	return {
		...shared,
		// The same while the dev server runs: in one process with the application, no route of it is a file of Vite's then.
		...(user.base === undefined && isOwnPlace && {base: buildDirectory === '' ? '/' : `/${buildDirectory}/`}),
		// The application sends the documents.
		appType: user.appType ?? 'custom',
		build: {
			manifest: user.build?.manifest ?? true,
			outDir: user.build?.outDir ?? [publicDirectory, buildDirectory].filter(Boolean).join('/'),
			// A directory of its own is emptied, or it would grow for ever. The public one holds what is nowhere else.
			...(user.build?.emptyOutDir === undefined && isOwnPlace && {emptyOutDir: buildDirectory !== ''}),
			...(environment.isRolldown ? {rolldownOptions: bundlerOptions} : {rollupOptions: bundlerOptions}),
		},
		server: {
			...(user.server?.cors === undefined && {cors: {origin: listAllowedOrigins(user, options)}}),
			// Inside of the application Vite is asked by the application's name. Its list grows, and `true` stays.
			allowedHosts: options.applicationOrigins.map(origin => new URL(origin).hostname),
		},
	};
}

/** Where documents may come from whose scripts the dev server gives: from elsewhere, any website could read the source. */
function listAllowedOrigins(
	{server}: UserConfig,
	{applicationOrigins}: NormalizedPluginOptions,
): Array<string | RegExp> {
	const {host} = server ?? {};
	const isNamed = typeof host === 'string' && host !== '' && !host.includes('*');
	const named = isNamed ? [new RegExp(`^https?://${host.replace(/[^\w]/g, '\\$&')}(?::\\d+)?$`)] : [];
	return [defaultAllowedOrigins, ...named, ...applicationOrigins];
}
