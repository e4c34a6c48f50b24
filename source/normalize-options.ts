import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Context} from 'koa';
import {defaultManifestPaths, type Manifest} from './assets/manifest.ts';
import type {AssetsOptions} from './assets/options.ts';
import {normalizeVersion} from './assets/version.ts';
import {checkOptions, type Expectation, flag, isFunction, isObject, isString, text} from './check-options.ts';
import {describeValue, OptionError} from './errors.ts';
import type {ChooseErrorPage, ErrorsOptions, InertiaOptions, RenderOptions, VersionFunction} from './options.ts';

/** Where the manifest is, by kind: exactly one of them. */
export type ManifestLocation =
	| {readonly kind: 'object'; readonly manifest: Manifest}
	| {readonly kind: 'file'; readonly candidates: readonly string[]}
	| {readonly kind: 'url'; readonly url: URL};

export interface NormalizedAssetsOptions {
	readonly manifest: ManifestLocation;
	/** Whether the start fails without a manifest or a dev server. */
	readonly isManifestRequired: boolean;
	/** A version of the application's own; `''` switches versioning off; `undefined` means the manifest's. */
	readonly version: string | undefined;
	/** Where a hot file may be, in this order; none where the option switches it off. */
	readonly hotFiles: readonly string[];
	readonly base: string | undefined;
}

export interface NormalizedOptions {
	readonly assets: NormalizedAssetsOptions;
	readonly versionFunction: VersionFunction | undefined;
	readonly versionTimeout: number;
	readonly views: Exclude<InertiaOptions['views'], string | undefined>;
	readonly template: (ctx: Context) => string;
	readonly rootView: InertiaOptions['rootView'];
	readonly rootId: string;
	readonly share: InertiaOptions['share'];
	readonly url: InertiaOptions['url'];
	readonly exposeSharedPropKeys: boolean;
	readonly allErrors: boolean;
	readonly encryptHistory: boolean;
	readonly errorPage: ChooseErrorPage | undefined;
	readonly preloadBudget: number;
	readonly earlyHints: boolean;
}

const isEnvironment = (value: unknown): boolean =>
	['addGlobal', 'addExtension', 'hasExtension', 'render'].every(
		method => isObject(value) && isFunction((value as Record<string, unknown>)[method]),
	);

const assetsExpectations: Record<keyof AssetsOptions, Expectation> = {
	manifest: {accepts: value => isString(value) || isObject(value), expected: 'a path, a URL or a parsed manifest'},
	// Checked by `normalizeVersion`, with an error of its own.
	version: {accepts: () => true, expected: ''},
	hotFile: {accepts: value => value === false || isString(value), expected: 'a path or `false`'},
	base: text,
};

const expectations: Record<keyof InertiaOptions, Expectation> = {
	...assetsExpectations,
	versionTimeout: {
		accepts: value => typeof value === 'number' && value > 0 && value < 2 ** 31,
		expected: 'a number of milliseconds above 0',
	},
	views: {
		accepts: value => isString(value) || (Array.isArray(value) ? value.every(isString) : isEnvironment(value)),
		expected: 'a directory, several, or a Nunjucks environment',
	},
	template: {accepts: value => isString(value) || isFunction(value), expected: 'the name of a template or a function'},
	rootView: {accepts: isFunction, expected: 'a function'},
	rootId: text,
	share: {accepts: value => isFunction(value) || isObject(value), expected: 'an object or a function'},
	url: {accepts: isFunction, expected: 'a function'},
	exposeSharedPropKeys: flag,
	allErrors: flag,
	encryptHistory: flag,
	errorPage: {
		accepts: value => isString(value) || isFunction(value),
		expected: 'the name of a page component or a function',
	},
	preloadBudget: {
		accepts: value => typeof value === 'number' && value >= 0,
		expected: 'a number of bytes, 0 or more',
	},
	earlyHints: flag,
};

const errorsExpectations: Record<keyof ErrorsOptions, Expectation> = {bag: text};

const renderExpectations: Record<keyof RenderOptions, Expectation> = {
	viewData: {accepts: isObject, expected: 'an object'},
	url: text,
	status: {accepts: value => Number.isInteger(value), expected: 'a status code'},
	template: text,
	encryptHistory: flag,
};

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function normalizeAssetsOptions(options: AssetsOptions): NormalizedAssetsOptions {
	checkOptions('createAssets', options, assetsExpectations);
	// Here a version function is a mistake: there is no request to call it with.
	if (typeof options.version === 'function') normalizeVersion(options.version);
	return createAssetsOptions(options, options.version);
}

/** @throws {OptionError} for an unknown key or a value of the wrong type, {VersionError} for a wrong version. */
export function normalizeOptions(options: InertiaOptions): NormalizedOptions {
	checkOptions('inertia', options, expectations);
	const {version, template = 'app.njk', errorPage, views = existsSync('views') ? 'views' : []} = options;
	const versionFunction = typeof version === 'function' ? version : undefined;
	return Object.freeze({
		assets: createAssetsOptions(options, version),
		versionFunction,
		versionTimeout: options.versionTimeout ?? 1000,
		views: typeof views === 'string' ? [views] : views,
		template: typeof template === 'function' ? template : () => template,
		rootView: options.rootView,
		rootId: options.rootId ?? 'app',
		share: options.share,
		url: options.url,
		exposeSharedPropKeys: options.exposeSharedPropKeys ?? true,
		allErrors: options.allErrors ?? false,
		encryptHistory: options.encryptHistory ?? false,
		preloadBudget: options.preloadBudget ?? 1000,
		earlyHints: options.earlyHints ?? false,
		errorPage: typeof errorPage === 'string' ? () => errorPage : errorPage,
	});
}

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function checkRenderOptions(options: RenderOptions): void {
	checkOptions('ctx.inertia.render', options, renderExpectations);
}

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function checkErrorsOptions(options: ErrorsOptions): void {
	checkOptions('ctx.inertia.errors', options, errorsExpectations);
}

function createAssetsOptions(
	{manifest, hotFile, base}: Omit<AssetsOptions, 'version'>,
	version: InertiaOptions['version'],
): NormalizedAssetsOptions {
	const fixedVersion = version === undefined || typeof version === 'function' ? undefined : normalizeVersion(version);
	const location = locateManifest(manifest);
	return Object.freeze({
		manifest: location,
		// An application with a version of its own may have no Vite build at all; one that names a manifest has one.
		isManifestRequired: version === undefined || (manifest !== undefined && fixedVersion !== ''),
		version: fixedVersion,
		hotFiles: hotFile === undefined ? listHotFiles(location) : hotFile === false ? [] : [path.resolve(hotFile)],
		base: base === undefined || base.endsWith('/') ? base : `${base}/`,
	});
}

/** `hot` in the directory of the build and those above, one of which is the public one, and `public/hot`. */
function listHotFiles(manifest: ManifestLocation): string[] {
	const files: string[] = [];
	if (manifest.kind === 'file' && manifest.candidates !== defaultManifestPaths) {
		for (const candidate of manifest.candidates) {
			const directory = path.dirname(path.resolve(candidate));
			const output = path.basename(directory) === '.vite' ? path.dirname(directory) : directory;
			files.push(...listDirectoriesUpTo(output).map(above => path.join(above, 'hot')));
		}
	}

	return [...new Set([...files, path.resolve('public/hot')])];
}

/** A directory and those above, as far as to the one of the project, which has a `package.json`. */
function listDirectoriesUpTo(directory: string): string[] {
	const above = path.dirname(directory);
	const isLast = existsSync(path.join(directory, 'package.json')) || above === directory;
	return isLast ? [directory] : [directory, ...listDirectoriesUpTo(above)];
}

function locateManifest(manifest: AssetsOptions['manifest']): ManifestLocation {
	if (manifest === undefined) return {kind: 'file', candidates: defaultManifestPaths};
	if (typeof manifest !== 'string' && !(manifest instanceof URL)) return {kind: 'object', manifest};
	// `file:` and http(s) addresses come as strings too, for example from the environment.
	if (typeof manifest === 'string' && !/^(?:https?|file):\/\//i.test(manifest)) {
		return {kind: 'file', candidates: [manifest]};
	}

	try {
		const url = new URL(manifest);
		if (url.protocol === 'file:') return {kind: 'file', candidates: [fileURLToPath(url)]};
		if (url.protocol === 'http:' || url.protocol === 'https:') return {kind: 'url', url};
	} catch (cause) {
		throw new OptionError(`\`manifest\` is no address of a file: received ${describeValue(manifest)}.`, {cause});
	}

	throw new OptionError(
		`\`manifest\` can't be read from a \`${new URL(manifest).protocol}\` URL. Use a path, \`file:\` or http(s).`,
	);
}
