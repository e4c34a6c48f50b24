export type {Assets} from './assets/assets.ts';
export type {InertiaContext} from './context.ts';
export type {DocumentTags} from './document.ts';
export {
	InertiaError,
	ManifestEntryError,
	ManifestError,
	ManifestIncompleteError,
	ManifestMissingError,
	ManifestShapeError,
	ManifestSyntaxError,
	ManifestUnreadableError,
	OptionError,
	PropError,
	TemplateError,
	VersionError,
} from './errors.ts';
export {inertia} from './inertia.ts';
export type {InertiaMiddleware} from './middleware.ts';
export type {InertiaOptions, RenderOptions, RootView, Share, TemplateEnvironment, VersionFunction} from './options.ts';
export {page} from './page.ts';
export type {LoaderContext, PageObject, Props} from './types.ts';
export type {Visit} from './visit.ts';
