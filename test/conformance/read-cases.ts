import {readFile} from 'node:fs/promises';
import type {Action, Config, ConformanceCase, Exchange, Expectation, Route} from './case-format.ts';
import {isObject} from './json.ts';

type Step = Exchange | {parallel: Exchange[]};

type WrittenCase = {
	id: string;
	area: string;
	title: string;
	config?: Config;
	route?: Route;
	routes?: Route[];
	request?: Exchange['request'];
	expect?: Expectation;
	steps?: Step[];
};

// A member that the runner doesn't know would be ignored, and the case would pass without being checked.
const members = {
	case: 'id area level title source disagreement config route routes request expect steps',
	config: 'version shared errors allErrors flash urlResolver mount rewrite ssr',
	ssr: 'result status json down',
	route: 'method path action set',
	set: 'cookies',
	action: 'share flash render redirect location nothing body precognition',
	render: 'component props options',
	options: 'encryptHistory clearHistory flash',
	redirect: 'to status flash errors clearHistory preserveFragment',
	precognition: 'errors',
	exchange: 'request expect',
	request: 'method path headers raw',
	expect:
		'status headers page ssrPage propsExact propsAbsent metaAbsent resolved notResolved resolvedOnce handlerRan body bodyContains bodyExcludes json html ssrCalls noPollution',
	html: 'pageScripts rootId',
};

const checkMembers = (kind: keyof typeof members, value: unknown, id: string): void => {
	if (value === undefined) {
		return;
	}

	if (!isObject(value)) {
		throw new TypeError(`Case \`${id}\`: the ${kind} is not an object.`);
	}

	const known = new Set(members[kind].split(' '));
	for (const name of Object.keys(value)) {
		if (!known.has(name)) {
			throw new TypeError(`Case \`${id}\`: the ${kind} has the unknown member \`${name}\`.`);
		}
	}
};

const checkAction = (action: Action, id: string): void => {
	checkMembers('action', action, id);
	checkMembers('render', action.render, id);
	checkMembers('options', action.render?.options, id);
	checkMembers('redirect', action.redirect, id);
	checkMembers('precognition', action.precognition, id);
};

const readRoutes = (written: WrittenCase): Route[] => {
	const routes = written.routes ?? (written.route === undefined ? [] : [written.route]);
	for (const route of routes) {
		checkMembers('route', route, written.id);
		checkMembers('set', route.set, written.id);
		checkAction(route.action, written.id);
	}

	return routes;
};

const readExchange = (exchange: Exchange, id: string): Exchange => {
	checkMembers('exchange', exchange, id);
	checkMembers('request', exchange.request, id);
	checkMembers('expect', exchange.expect, id);
	checkMembers('html', exchange.expect.html, id);
	return exchange;
};

const readSteps = ({id, steps, request, expect}: WrittenCase): Exchange[][] => {
	if (steps !== undefined) {
		return steps.map(step => ('parallel' in step ? step.parallel : [step]).map(exchange => readExchange(exchange, id)));
	}

	if (request === undefined || expect === undefined) {
		throw new TypeError(`Case \`${id}\` has neither \`steps\` nor \`request\` and \`expect\`.`);
	}

	return [[readExchange({request, expect}, id)]];
};

export const readCase = (written: WrittenCase): ConformanceCase => {
	const {id, area, title, config = {}} = written;
	checkMembers('case', written, id);
	checkMembers('config', config, id);
	checkMembers('ssr', config.ssr, id);
	return {id, area, title, config, routes: readRoutes(written), steps: readSteps(written)};
};

export const readCases = async (file: string | URL): Promise<ConformanceCase[]> => {
	const written: unknown = JSON.parse(await readFile(file, 'utf8'));
	if (!Array.isArray(written)) {
		throw new TypeError(`\`${file}\` is not a list of cases.`);
	}

	return written.map(readCase);
};
