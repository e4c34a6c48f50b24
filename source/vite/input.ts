import {existsSync} from 'node:fs';
import path from 'node:path';
import type {ResolvedConfig, UserConfig} from 'vite';

export type Input = string | readonly string[] | Readonly<Record<string, string>>;

/** The entries that a Vite config names itself, by one of the names that Vite 8 has for it or the one before. */
export function getConfiguredInput(config: UserConfig | ResolvedConfig): Input | undefined {
	const {build, input} = config as ConfigWithInput;
	return build?.rolldownOptions?.input ?? build?.rollupOptions?.input ?? input;
}

/** Makes the paths absolute of the entries that a Vite config names itself. */
export function locateConfiguredInput(config: ResolvedConfig): void {
	for (const {build} of [config, config.environments.client] as ConfigWithInput[]) {
		// In place: other plugins change the same object later, for every environment at once.
		const options = build?.rolldownOptions ?? build?.rollupOptions;
		if (options?.input !== undefined) options.input = locateInput(options.input, config.root);
	}
}

/** The same with absolute paths: Rollup takes others as relative to the working directory, which needn't be the root. */
export function locateInput(input: Input, root: string): string | string[] | Record<string, string> {
	const locate = (file: string): string => {
		const absolute = path.resolve(root, file);
		// What is no file may be a module of a plugin.
		return existsSync(absolute) ? absolute : file;
	};
	if (typeof input === 'string') return locate(input);
	if (isList(input)) return input.map(locate);
	return Object.fromEntries(Object.entries(input).map(([name, file]) => [name, locate(file)]));
}

/** The entries of a config as the manifest has them: relative to the root, with `/`. */
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
