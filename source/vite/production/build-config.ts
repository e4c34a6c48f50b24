import path from 'node:path';
import {defaultAllowedOrigins, type UserConfig} from 'vite';
import {OptionError} from '../../errors/option-error.ts';
import {getConfiguredInput, locateInput} from '../input.ts';
import type {NormalizedPluginOptions} from '../normalize-options.ts';

/** What the plugin adds to a Vite config. What the config says itself stays. */
export function createConfig(
	user: UserConfig,
	options: NormalizedPluginOptions,
	environment: {readonly isSsrBuild: boolean; readonly isRolldown: boolean},
): UserConfig {
	const {buildDirectory} = options;
	// Of another directory the config knows its URL, and Vite whether it may be emptied.
	const isOwnPlace = hasOwnPlace(user) || environment.isSsrBuild;
	const shared = {
		// Koa serves the public directory itself. Copied into the build, it would hold the build again.
		publicDir: user.publicDir ?? false,
		// The same for every build, since they name the same images, and while the dev server runs: in one process with the
		// application, no route of it is a file of Vite's then.
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
	// Vite puts a list behind the one that is there: what the config names is for `locateConfiguredInput()`.
	const bundlerOptions = configured === undefined ? {input: locateInput(options.input!, root)} : {};
	return {
		...shared,
		build: {
			manifest: user.build?.manifest ?? true,
			outDir: user.build?.outDir ?? toDirectory(options),
			// The plugin cleans up itself, after the build. See `cleansOutput`.
			...(user.build?.emptyOutDir === undefined &&
				hasOwnPlace(user) && {emptyOutDir: Boolean(user.publicDir) && buildDirectory !== ''}),
			// A template may ask for any image, and one inside of a script has no URL.
			assetsInlineLimit: user.build?.assetsInlineLimit ?? 0,
			...(environment.isRolldown ? {rolldownOptions: bundlerOptions} : {rollupOptions: bundlerOptions}),
		},
		server: {
			...(user.server?.cors === undefined && {cors: {origin: listAllowedOrigins(user, options)}}),
			// Inside of the application Vite is asked by the application's name. Its list grows, and `true` stays.
			allowedHosts: options.applicationOrigins.map(origin => new URL(origin).hostname),
		},
	};
}

/** Whether the build goes where the options say, and not where the Vite config does. */
export function hasOwnPlace({build, environments}: UserConfig): boolean {
	return (environments?.client?.build?.outDir ?? build?.outDir) === undefined;
}

/**
 * Whether the plugin deletes what old builds left. Only in a directory that is the build's alone: the public one holds
 * what is nowhere else, and files that Vite copies there are in no manifest.
 */
export function cleansOutput(user: UserConfig, {buildDirectory}: NormalizedPluginOptions): boolean {
	return hasOwnPlace(user) && buildDirectory !== '' && user.build?.emptyOutDir === undefined && !user.publicDir;
}

/** Where the build goes, relative to Vite's root. */
export function toDirectory({publicDirectory, buildDirectory}: NormalizedPluginOptions): string {
	return [publicDirectory, buildDirectory].filter(Boolean).join('/');
}

/** The URL of the build directory. */
export function toBase(buildDirectory: string): string {
	return buildDirectory === '' ? '/' : `/${buildDirectory}/`;
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
