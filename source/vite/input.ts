import {existsSync} from 'node:fs';
import path from 'node:path';
import type {ResolvedConfig, UserConfig} from 'vite';

/** Entries in one of the forms that Vite accepts: a path, a list of paths, or paths by name. */
export type Input = string | readonly string[] | Readonly<Record<string, string>>;

/** The entries that a Vite config names itself. Vite 7 has one name for this option, and Vite 8 has several. */
export function getConfiguredInput(config: UserConfig | ResolvedConfig): Input | undefined {
	const {build, input} = config as ConfigWithInput;
	return build?.rolldownOptions?.input ?? build?.rollupOptions?.input ?? input;
}

/** Gives absolute paths to the entries that a Vite config names itself. */
export function locateConfiguredInput(config: ResolvedConfig): void {
	for (const {build} of [config, config.environments.client] as ConfigWithInput[]) {
		// We don't replace the object, because other plugins change the same one later, for every environment at once.
		const options = build?.rolldownOptions ?? build?.rollupOptions;
		if (options?.input !== undefined) options.input = locateInput(options.input, config.root);
	}
}

/**
 * Returns the same entries with absolute paths. The bundler takes a relative path as relative to the working directory,
 * which may be another one than Vite's root.
 */
export function locateInput(input: Input, root: string): string | string[] | Record<string, string> {
	const locate = (file: string): string => {
		const absolute = path.resolve(root, file);
		// An entry that isn't a file may be a virtual module of a plugin.
		return existsSync(absolute) ? absolute : file;
	};
	if (typeof input === 'string') return locate(input);
	if (isList(input)) return input.map(locate);
	return Object.fromEntries(Object.entries(input).map(([name, file]) => [name, locate(file)]));
}

/** The paths of a config's entries as the manifest has them: relative to the root, with `/`. */
export function listEntryPaths(config: ResolvedConfig): string[] {
	const input = getConfiguredInput(config);
	if (input === undefined) return [];
	const {root} = config;
	const files = typeof input === 'string' ? [input] : Object.values(input);
	return files.map(file => path.relative(root, path.resolve(root, file)).split(path.sep).join('/'));
}

function isList(input: Input): input is readonly string[] {
	return Array.isArray(input);
}

interface ConfigWithInput {
	readonly input?: Input;
	readonly build?: {
		readonly rolldownOptions?: {input?: Input};
		readonly rollupOptions?: {input?: Input};
	};
}
