import path from 'node:path';
import {defaultAllowedOrigins, type UserConfig} from 'vite';
import {OptionError} from '../../errors/option-error.ts';
import {getConfiguredInput, locateInput} from '../input.ts';
import type {NormalizedPluginOptions} from '../normalize-options.ts';

/** Creates what the plugin adds to a Vite config. It never overrides a setting of the config. */
export function createConfig(
	user: UserConfig,
	options: NormalizedPluginOptions,
	environment: {readonly isSsrBuild: boolean; readonly isRolldown: boolean},
): UserConfig {
	const {buildDirectory} = options;
	// A config that names another directory for the build also knows the URL of that directory.
	const isOwnPlace = hasOwnPlace(user) || environment.isSsrBuild;
	const shared = {
		// Koa serves the public directory itself. Vite would copy it into the build, although it contains the build.
		publicDir: user.publicDir ?? false,
		// The base is the same for client and SSR builds, since both name the same images. The dev server has it too, so
		// that Vite has URLs of its own when it runs in one process with the application's routes.
		...(user.base === undefined && isOwnPlace && {base: toBase(buildDirectory)}),
		// The application sends the documents.
		appType: user.appType ?? 'custom',
	} satisfies UserConfig;
	if (environment.isSsrBuild) return shared;
	const configured = getConfiguredInput(user);
	if (configured === undefined && options.input === undefined) {
		throw new OptionError(
			'`koaInertia` needs to know what templates load. Write for example `koaInertia({input: "source/main.tsx"})`.',
		);
	}

	const root = path.resolve(user.root ?? '');
	// Vite would append our list to the config's. Entries of the config are made absolute later, by
	// `locateConfiguredInput()`.
	const bundlerOptions = configured === undefined ? {input: locateInput(options.input!, root)} : {};
	return {
		...shared,
		build: {
			manifest: user.build?.manifest ?? true,
			outDir: user.build?.outDir ?? toDirectory(options),
			// The plugin deletes old files itself, after the build: see `shouldCleanOutput()`.
			...(user.build?.emptyOutDir === undefined &&
				hasOwnPlace(user) && {emptyOutDir: Boolean(user.publicDir) && buildDirectory !== ''}),
			// A template may ask for any image, but an image that Vite puts into a script has no URL.
			assetsInlineLimit: user.build?.assetsInlineLimit ?? 0,
			...(environment.isRolldown ? {rolldownOptions: bundlerOptions} : {rollupOptions: bundlerOptions}),
		},
		server: {
			...(user.server?.cors === undefined && {cors: {origin: listAllowedOrigins(user, options)}}),
			// Inside the application, Vite is reached by the application's host names. Vite adds them to the config's list,
			// and keeps a `true` there.
			allowedHosts: options.applicationOrigins.map(origin => new URL(origin).hostname),
		},
	};
}

/** Whether the options name the directory of the build, and not the Vite config. */
function hasOwnPlace({build, environments}: UserConfig): boolean {
	return (environments?.client?.build?.outDir ?? build?.outDir) === undefined;
}

/**
 * Whether the plugin deletes the files of old builds. It does so only in a directory that belongs to the build alone.
 * The public directory has files that are nowhere else, and files that Vite copies from `publicDir` are in no manifest.
 */
export function shouldCleanOutput(user: UserConfig, {buildDirectory}: NormalizedPluginOptions): boolean {
	return hasOwnPlace(user) && buildDirectory !== '' && user.build?.emptyOutDir === undefined && !user.publicDir;
}

/** Returns the directory of the build, relative to Vite's root. */
export function toDirectory({publicDirectory, buildDirectory}: NormalizedPluginOptions): string {
	return [publicDirectory, buildDirectory].filter(Boolean).join('/');
}

/** Returns the URL of the build directory. */
export function toBase(buildDirectory: string): string {
	return buildDirectory === '' ? '/' : `/${buildDirectory}/`;
}

/**
 * Lists the origins of documents that may load scripts from the dev server. We don't allow every origin, because any
 * website could then read the source files.
 */
function listAllowedOrigins(
	{server}: UserConfig,
	{applicationOrigins}: NormalizedPluginOptions,
): Array<string | RegExp> {
	const {host} = server ?? {};
	const isNamed = typeof host === 'string' && host !== '' && !host.includes('*');
	const named = isNamed ? [new RegExp(`^https?://${host.replace(/[^\w]/g, '\\$&')}(?::\\d+)?$`)] : [];
	return [defaultAllowedOrigins, ...named, ...applicationOrigins];
}
