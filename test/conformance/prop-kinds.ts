import {isJsonObject, type Json, type JsonObject} from './json.ts';
import {factory} from './library-parts.ts';

const functionKeys = ['$fn', '$async', '$query'];
const kindKeys = ['$always', '$optional', '$defer', '$merge', '$prepend', '$deepMerge', '$once', '$scroll'];

/** The key that makes an object of the props language special. */
export const specialKey = (value: JsonObject): string | undefined => {
	const key = Object.keys(value).find(name => name.startsWith('$'));
	if (key !== undefined && !functionKeys.includes(key) && !kindKeys.includes(key)) {
		throw new TypeError(`\`${key}\` isn't a word of the props language.`);
	}

	return key;
};

export const isKindKey = (key: string): boolean => kindKeys.includes(key);

const matchOptions = (matchOn: Json | undefined): {matchOn?: Json} => (matchOn === undefined ? {} : {matchOn});

/** `append` and `prepend` are written as paths, `{path: matchKey}`, or a list of both. */
const readPaths = (written: Json | undefined): {paths: string[]; matchOn: string[]} => {
	const paths: string[] = [];
	const matchOn: string[] = [];
	for (const item of Array.isArray(written) ? written : [written ?? {}]) {
		if (typeof item === 'string') {
			paths.push(item);
			continue;
		}

		for (const [path, key] of Object.entries(item ?? {})) {
			paths.push(path);
			matchOn.push(`${path}.${key}`);
		}
	}

	return {paths, matchOn};
};

const mergeOptions = ({append, prepend, matchOn}: JsonObject): object => {
	const appended = readPaths(append);
	const prepended = readPaths(prepend);
	const matches = [...(Array.isArray(matchOn) ? matchOn : []), ...appended.matchOn, ...prepended.matchOn];
	return {
		...(appended.paths.length > 0 && {append: appended.paths}),
		...(prepended.paths.length > 0 && {prepend: prepended.paths}),
		...(matches.length > 0 && {matchOn: matches}),
	};
};

const valueAt = (value: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((found, name) => Reflect.get(Object(found), name), value);

const scrollMetadata = (metadata: JsonObject): unknown => {
	const {$from: from, ...constants} = metadata;
	if (from === undefined || !isJsonObject(from)) {
		return constants;
	}

	return (value: unknown) => ({
		...constants,
		...Object.fromEntries(Object.entries(from).map(([name, path]) => [name, valueAt(value, String(path))])),
	});
};

const scroll = (definition: JsonObject, value: unknown): unknown => {
	const {metadata, wrapper, matchOn, defer, group} = definition;
	const source =
		defer === true
			? factory('defer')(typeof value === 'function' ? value : () => value, group === undefined ? {} : {group})
			: value;
	return factory('scroll')(source, {
		...(metadata !== undefined && isJsonObject(metadata) && {metadata: scrollMetadata(metadata)}),
		...(wrapper !== undefined && {wrapper}),
		...matchOptions(matchOn),
	});
};

const defer = (definition: JsonObject, value: unknown): unknown => {
	const {group, rescue, deepMerge, matchOn} = definition;
	const deferred = factory('defer')(value, {
		...(group !== undefined && {group}),
		...(rescue !== undefined && {rescue}),
	});
	return deepMerge === true ? factory('deepMerge')(deferred, matchOptions(matchOn)) : deferred;
};

const withOnce = (definition: JsonObject, prop: unknown): unknown => {
	const {once} = definition;
	return once === undefined || once === false ? prop : factory('once')(prop, once === true ? {} : once);
};

/** Calls the factory of a kind: `value` is the value or the callback, already built from the props language. */
export const createProp = (key: string, definition: JsonObject, value: unknown): unknown => {
	switch (key) {
		case '$defer':
			return withOnce(definition, defer(definition, value));
		case '$merge':
			return withOnce(definition, factory('merge')(value, mergeOptions(definition)));
		case '$prepend':
		case '$deepMerge': {
			const {matchOn} = definition;
			return withOnce(definition, factory(key.slice(1))(value, matchOptions(matchOn)));
		}

		case '$scroll':
			return scroll(definition, value);
		default:
			return factory(key.slice(1))(value);
	}
};
