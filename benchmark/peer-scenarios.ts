import {type Scenario, scenarios} from './scenarios.ts';
import type {PeerName} from './servers/peers.ts';

export type PeerScenario = Scenario & {packageName: string};

const packageNames: Record<PeerName, string> = {
	hono: '@hono/inertia',
	fastify: '@inertify/core',
	express: 'express-inertia',
};

/** The scenarios that every adapter can be asked for, and the page that is visited. */
const pages = {json: 'small', 'json-large': 'large', partial: 'partial'} as const;

const createScenarios = (peer: PeerName): PeerScenario[] =>
	Object.entries(pages).flatMap(([visit, page]) =>
		scenarios
			.filter(({name}) => name === visit)
			.map(scenario => ({
				...scenario,
				name: `${peer}-${visit}`,
				reference: `${peer}-${page}` as const,
				target: 1,
				packageName: packageNames[peer],
			})),
	);

/** The visits of `scenarios` with the adapters of others in place of bare Koa. */
export const peerScenarios: readonly PeerScenario[] = [
	...createScenarios('hono'),
	...createScenarios('fastify'),
	...createScenarios('express'),
];
