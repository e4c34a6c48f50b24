import {existsSync} from 'node:fs';
import type {Context} from 'koa';
import {assetsExpectations, createAssetsOptions, type NormalizedAssetsOptions} from './assets/normalize-options.ts';
import {normalizeVersion} from './assets/version.ts';
import {describeValue} from './errors/describe.ts';
import {OptionError} from './errors/option-error.ts';
import type {ChooseErrorPage, ErrorsOptions, InertiaOptions, RenderOptions, VersionFunction} from './options.ts';
import {checkOptions, type Expectation, flag, isFunction, isObject, isString, text} from './support/check-options.ts';

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

const expectations: Record<keyof InertiaOptions, Expectation> = {
	...assetsExpectations,
	version: {check: value => typeof value === 'function' || normalizeVersion(value)},
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

/** @throws {OptionError} for an unknown key or a value of the wrong type, {VersionError} for a wrong version. */
export function normalizeOptions(options: InertiaOptions): NormalizedOptions {
	checkOptions('inertia', options, expectations);
	checkRootView(options);
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

/** @throws {OptionError} for an option of Nunjucks' beside `rootView`, which would do nothing. */
function checkRootView({rootView, ...others}: InertiaOptions): void {
	const useless = (['views', 'template'] as const).find(key => rootView && others[key] !== undefined);
	if (useless === undefined) return;
	throw new OptionError(
		`In \`inertia\`, the option \`${useless}\` is for Nunjucks, and \`rootView\` renders the documents. Leave one of them out.`,
	);
}

/** @throws {OptionError} for an unknown key, a value of the wrong type, and a template where the option `rootView` is set. */
export function checkRenderOptions(options: RenderOptions, {rootView}: NormalizedOptions): void {
	checkOptions('ctx.inertia.render', options, renderExpectations);
	if (options.template === undefined || !rootView) return;
	throw new OptionError(
		`In \`ctx.inertia.render\`, the option \`template\` is ${describeValue(options.template)}, and the option \`rootView\` renders the documents. Tell it by \`viewData\`, its fourth argument, or leave \`rootView\` out.`,
	);
}

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function checkErrorsOptions(options: ErrorsOptions): void {
	checkOptions('ctx.inertia.errors', options, errorsExpectations);
}
