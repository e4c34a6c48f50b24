export {
	HotFileError,
	ManifestEntryError,
	ManifestError,
	ManifestIncompleteError,
	ManifestMissingError,
	ManifestShapeError,
	ManifestSyntaxError,
	ManifestUnreadableError,
	VersionError,
} from './assets.ts';
export {TemplateError} from './document.ts';
export {InertiaError} from './inertia-error.ts';
export {OptionError} from './option-error.ts';
export {PropError, PropLoadError} from './props.ts';
export {SessionMissingError, SessionSizeError} from './session.ts';
export {BodyMissingError, SchemaError, ValidationError} from './validation.ts';
