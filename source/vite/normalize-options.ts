import path from 'node:path';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkOptions, type Expectation, flag, isRecord, isString, text} from '../support/check-options.ts';
import type {KoaInertiaOptions} from './options.ts';

export interface NormalizedPluginOptions {
	readonly input: KoaInertiaOptions['input'];
	/** The directory with `/` on every system, and without one at the end. */
	readonly publicDirectory: string;
	readonly buildDirectory: string;
	readonly hotFile: string;
	/** With `undefined` the plugin looks for the directory, and with `false` there are no pages. */
	readonly pagesDirectory: string | false | undefined;
	readonly pagesDeclaration: string | false | undefined;
	readonly views: readonly string[];
	readonly applicationOrigins: readonly string[];
	readonly hasIntegrity: boolean;
}

const isTextOrList = (value: unknown): boolean =>
	isString(value) || (Array.isArray(value) && value.length > 0 && value.every(isString));
const textOrList: Expectation = {accepts: isTextOrList, expected: 'a string or a list of strings'};
const anyString: Expectation = {accepts: value => typeof value === 'string', expected: 'a string'};

const pluginExpectations: Record<keyof KoaInertiaOptions, Expectation> = {
	input: {
		accepts: value => isTextOrList(value) || (isRecord(value) && isTextOrList(Object.values(value))),
		expected: 'a path, a list of paths, or paths by name',
	},
	publicDirectory: text,
	buildDirectory: anyString,
	hotFile: text,
	pages: {
		accepts: value => value === false || isString(value) || isRecord(value),
		expected: 'a directory, an object of options or `false`',
	},
	views: textOrList,
	applicationOrigin: textOrList,
	integrity: flag,
};

const pagesExpectations = {
	directory: text,
	declaration: {accepts: (value: unknown) => value === false || isString(value), expected: 'a path or `false`'},
};

/**
 * Checks the options of the plugin, and fills in the defaults.
 *
 * @throws {OptionError} for an unknown option, or a value that the plugin can't use.
 */
export function normalizePluginOptions(options: KoaInertiaOptions): NormalizedPluginOptions {
	checkOptions('koaInertia', options, pluginExpectations);
	const {pages} = options;
	if (isRecord(pages)) checkOptions('koaInertia pages', pages, pagesExpectations);
	const {directory, declaration}: {directory?: string | false; declaration?: string | false} =
		typeof pages === 'object' ? pages : pages === undefined ? {} : {directory: pages};
	const publicDirectory = trimSlashes(options.publicDirectory ?? 'public');
	return {
		input: options.input,
		publicDirectory,
		buildDirectory: checkBuildDirectory(trimSlashes(options.buildDirectory ?? 'build').replace(/^\/+/, '')),
		hotFile: options.hotFile ?? path.posix.join(publicDirectory, 'hot'),
		pagesDirectory: directory,
		pagesDeclaration: declaration,
		views: toList(options.views ?? 'views'),
		applicationOrigins: toList(options.applicationOrigin ?? []).map(toOrigin),
		hasIntegrity: options.integrity ?? false,
	};
}

/** Checks that the build is below the public directory, because only the files there have a URL. */
function checkBuildDirectory(directory: string): string {
	if (!directory.split('/').includes('..')) return directory;
	throw new OptionError(
		`In \`koaInertia\`, the option \`buildDirectory\` must be below the public directory, received ${describeValue(directory)}. Name the public directory by \`publicDirectory\`.`,
	);
}

function toOrigin(value: string): string {
	if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value).origin;
	throw new OptionError(
		`In \`koaInertia\`, the option \`applicationOrigin\` must be an http(s) origin such as \`https://garden.test\`, received ${describeValue(value)}.`,
	);
}

function toList(value: string | readonly string[]): readonly string[] {
	return typeof value === 'string' ? [value] : value;
}

/** Returns a directory with `/` on every system, and without one at the end. An absolute directory stays absolute. */
function trimSlashes(directory: string): string {
	const normal = directory.replaceAll(path.sep, '/').replace(/^\.\//, '').replace(/\/+$/, '');
	return normal === '.' ? '' : normal;
}
