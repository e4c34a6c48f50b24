export type {Assets} from './assets/assets.ts';
export type {Manifest} from './assets/manifest/manifest.ts';
export type {TagArguments, TagAttributes, TagOptions} from './assets/tags/tag-request.ts';
export {InertiaError} from './errors/inertia-error.ts';
export {OptionError} from './errors/option-error.ts';
export {ValidationError} from './errors/validation.ts';
export {type CsrfOptions, csrf} from './handlers/csrf.ts';
export {encryptHistory} from './handlers/encrypt-history.ts';
export {page} from './handlers/page.ts';
export {inertia} from './inertia.ts';
export type {InertiaMiddleware} from './middleware.ts';
export type {
	ChooseErrorPage,
	DocumentTags,
	ErrorsOptions,
	Failure,
	InertiaOptions,
	RenderOptions,
	RootView,
	Share,
	TemplateEnvironment,
	VersionFunction,
} from './options.ts';
export {always, type DeferOptions, defer, type OnceOptions, once, optional} from './props/factories.ts';
export type {Jsonify} from './props/jsonify.ts';
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
export type {Visit} from './protocol/visit.ts';
export type {InertiaContext} from './request/context.ts';
export type {PageName, PagePropsInput, Pages, RenderArguments} from './request/registered-pages.ts';
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
