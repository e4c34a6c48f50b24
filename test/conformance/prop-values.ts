import {setTimeout as wait} from 'node:timers/promises';
import type {Context} from 'koa';
import type {CallLogs} from './call-log.ts';
import {isJsonObject, type Json, type JsonObject} from './json.ts';
import {createProp, specialKey} from './prop-kinds.ts';

export type Scope = {logs: CallLogs; prefix?: string};

type Loader = (context: {ctx: Context}) => unknown;

/** Kinds that are given as a callback even around a plain value, so that the log shows whether it was needed. */
const loadedKinds = new Set(['$optional', '$defer', '$once']);

const createLoader = (definition: Json, path: string, scope: Scope, failure?: Json): Loader => {
	const written = isJsonObject(definition) ? definition : {};
	const key = specialKey(written);
	const {$fn, $async, $query, delayMs = 0} = written;
	if (key === '$query') {
		return ({ctx}) => ctx.query[String($query)];
	}

	const load: Loader = ({ctx}) => {
		scope.logs.of(ctx).calls.push(`${scope.prefix ?? ''}${path}`);
		if (failure !== undefined) {
			throw new Error(String(failure));
		}

		return toValue(key === '$async' ? ($async ?? null) : key === '$fn' ? ($fn ?? null) : definition, path, scope);
	};

	if (key !== '$async') {
		return load;
	}

	return async context => {
		await wait(Number(delayMs));
		return load(context);
	};
};

const toSpecialValue = (key: string, definition: JsonObject, path: string, scope: Scope): unknown => {
	if (key === '$fn' || key === '$async' || key === '$query') {
		return createLoader(definition, path, scope);
	}

	const {[key]: inner = null, throws} = definition;
	const value = loadedKinds.has(key) ? createLoader(inner, path, scope, throws) : toValue(inner, path, scope);
	return createProp(key, definition, value);
};

const toValue = (value: Json, path: string, scope: Scope): unknown => {
	if (Array.isArray(value)) {
		return value.map((item, index) => toValue(item, `${path}.${index}`, scope));
	}

	if (!isJsonObject(value)) {
		return value;
	}

	const key = specialKey(value);
	return key === undefined ? toProps(value, scope, path) : toSpecialValue(key, value, path, scope);
};

/** Turns the props language of the cases into props for `render` and `share`. */
export const toProps = (props: JsonObject, scope: Scope, parent = ''): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(props).map(([name, value]) => [
			name,
			toValue(value, parent === '' ? name : `${parent}.${name}`, scope),
		]),
	);
