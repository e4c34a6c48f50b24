export type {Assets} from './assets/assets.ts';
export type {Manifest} from './assets/manifest.ts';
export type {TagArguments, TagAttributes, TagOptions} from './assets/tags/tag-request.ts';
export type {InertiaContext} from './context.ts';
export {type CsrfOptions, csrf} from './csrf.ts';
export type {DocumentTags} from './document.ts';
export {encryptHistory} from './encrypt-history.ts';
export {
	BodyMissingError,
	HotFileError,
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
	PropLoadError,
	SchemaError,
	SessionMissingError,
	SessionSizeError,
	TemplateError,
	ValidationError,
	VersionError,
} from './errors.ts';
export {inertia} from './inertia.ts';
export type {Jsonify} from './jsonify.ts';
export type {InertiaMiddleware} from './middleware.ts';
export type {
	ChooseErrorPage,
	ErrorsOptions,
	Failure,
	InertiaOptions,
	RenderOptions,
	RootView,
	Share,
	TemplateEnvironment,
	VersionFunction,
} from './options.ts';
export {page} from './page.ts';
export type {PageName, PagePropsInput, Pages, RenderArguments} from './pages.ts';
export {always, type DeferOptions, defer, type OnceOptions, once, optional} from './props/factories.ts';
export {
	type DeepMergeOptions,
	deepMerge,
	type MergeOptions,
	merge,
	type PrependOptions,
	prepend,
} from './props/merging.ts';
export type {Loader, Prop, PropInput} from './props/prop.ts';
export {type ScrollOptions, scroll} from './props/scroll.ts';
export type {
	FieldErrors,
	LoaderContext,
	PageMetadata,
	PageObject,
	PropContext,
	PropProvider,
	Props,
	PropsContext,
	PropsInput,
	PropsProvider,
	ScrollMetadata,
} from './types.ts';
export type {Visit} from './visit.ts';
