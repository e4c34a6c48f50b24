import type {Action, Config, ConformanceCase, Exchange, Expectation, Route} from './case-format.ts';
import {isJsonObject, type Json, type JsonObject} from './json.ts';
import {isKindKey, specialKey} from './prop-kinds.ts';

/** The parts of the adapter that are built one after the other. */
export type Part = 'props' | 'session' | 'redirects' | 'history' | 'ssr' | 'precognition';

const propHeaders = [
	'x-inertia-partial-component',
	'x-inertia-partial-data',
	'x-inertia-partial-except',
	'x-inertia-reset',
	'x-inertia-except-once-props',
	'x-inertia-infinite-scroll-merge-intent',
];

const pageExpectations: (keyof Expectation)[] = ['page', 'propsExact', 'propsAbsent', 'metaAbsent', 'resolved'];

const hasHeader = ({request}: Exchange, names: string[]): boolean =>
	Object.keys(request.headers).some(name => names.includes(name.toLowerCase()));

/** A kind at any depth, a function below the top level, or a dotted name. */
const needsResolver = (value: Json, depth: number): boolean => {
	if (Array.isArray(value)) {
		return value.some(item => needsResolver(item, depth + 1));
	}

	if (!isJsonObject(value)) {
		return false;
	}

	const key = specialKey(value);
	if (key !== undefined) {
		const {[key]: inner = null} = value;
		return isKindKey(key) || depth > 1 || needsResolver(inner, depth + 1);
	}

	const names = Object.keys(value);
	const isDotted = depth === 0 && names.some(name => name.includes('.'));
	return isDotted || Object.values(value).some(item => needsResolver(item, depth + 1));
};

const propsOf = ({config, routes}: ConformanceCase): JsonObject[] =>
	[config.shared, ...routes.flatMap(({action}) => [action.share, action.render?.props])].filter(
		props => props !== undefined,
	);

const looksAtPage = ({expect}: Exchange): boolean => pageExpectations.some(member => expect[member] !== undefined);

// `sharedProps` is metadata about props like the other lists of the page object, only that plain props are in it.
const namesSharedProps = ({expect}: Exchange): boolean => Object.hasOwn(expect.page ?? {}, 'sharedProps');

const needsProps = (definition: ConformanceCase): boolean =>
	propsOf(definition).some(props => needsResolver(props, 0)) ||
	definition.steps
		.flat()
		.some(exchange => namesSharedProps(exchange) || (hasHeader(exchange, propHeaders) && looksAtPage(exchange)));

const usesMarks = ({redirect, render}: Action): boolean =>
	redirect?.clearHistory === true || redirect?.preserveFragment === true || render?.options?.clearHistory === true;

const needsSession = ({config, routes, steps}: ConformanceCase): boolean =>
	config.flash !== undefined ||
	config.errors !== undefined ||
	config.allErrors !== undefined ||
	steps.flat().some(exchange => hasHeader(exchange, ['x-inertia-error-bag'])) ||
	routes.some(
		({action}) =>
			usesMarks(action) ||
			[action.flash, action.redirect?.flash, action.redirect?.errors, action.render?.options?.flash].some(
				waiting => waiting !== undefined,
			),
	);

const findRoute = ({config, routes}: ConformanceCase, {request}: Exchange): Route | undefined => {
	const {mount = ''} = config;
	const path = (request.path.split('?')[0] ?? '').slice(mount.length);
	const method = request.method === 'HEAD' ? 'GET' : request.method;
	return routes.find(route => route.method === method && (route.path === '*' || route.path === path));
};

// A redirect to a path of the own host is Koa's work alone, unless its method or its fragment asks for more.
const isFixedUp = ({redirect, nothing}: Action, {method}: Exchange['request']): boolean =>
	nothing === true ||
	(redirect !== undefined &&
		(/^(?:[a-z]+:)?\/\/|#/i.test(redirect.to) ||
			((redirect.status ?? 302) === 302 && ['PUT', 'PATCH', 'DELETE'].includes(method))));

const needsRedirects = (definition: ConformanceCase): boolean =>
	definition.routes.some(({action}) => action.location !== undefined) ||
	definition.steps.flat().some(exchange => {
		const route = findRoute(definition, exchange);
		return route !== undefined && hasHeader(exchange, ['x-inertia']) && isFixedUp(route.action, exchange.request);
	});

const needsSsr = ({ssr}: Config): boolean => ssr !== undefined;

/** The parts that a case needs, read from what it uses: never from whether it passes. */
export const partsOf = (definition: ConformanceCase): Part[] => {
	const {config, routes} = definition;
	const needs: Record<Part, boolean> = {
		props: needsProps(definition),
		session: needsSession(definition),
		redirects: needsRedirects(definition),
		history: routes.some(({action}) => usesMarks(action) || action.render?.options?.encryptHistory !== undefined),
		ssr: needsSsr(config),
		precognition: routes.some(({action}) => action.precognition !== undefined),
	};
	return (Object.keys(needs) as Part[]).filter(part => needs[part]);
};
