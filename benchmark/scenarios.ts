import {component, partialNames} from './payloads.ts';
import type {AppName} from './servers/apps.ts';

/** Makes the headers of one request; `version` is that of the build. */
type Headers = (version: string) => Record<string, string>;

export type Scenario = {
	name: string;
	title: string;
	subject: AppName;
	reference: AppName;
	headers: Headers;
	status: number;
	/** Whether the documents differ in what they preload, and so can't be equal. */
	hasOtherPreloads?: boolean;
	/** The least requests per second of the subject, as a share of the reference's. Without it the ratio is only reported. */
	target?: number;
};

export const requestPath = '/users?page=1';

export const freshVisit: Headers = version => ({'X-Inertia': 'true', 'X-Inertia-Version': version});

export const staleVisit: Headers = () => ({'X-Inertia': 'true', 'X-Inertia-Version': '0000000000000000'});

export const partialReload: Headers = version => ({
	...freshVisit(version),
	'X-Inertia-Partial-Component': component,
	'X-Inertia-Partial-Data': partialNames.join(','),
});

export const firstLoad: Headers = () => ({Accept: 'text/html'});

export const scenarios: readonly Scenario[] = [
	{
		name: 'json',
		title: 'JSON visit, 1 KB of props',
		subject: 'inertia-small',
		reference: 'bare-small',
		headers: freshVisit,
		status: 200,
		target: 1.05,
	},
	{
		name: 'json-large',
		title: 'JSON visit, 100 KB of props',
		subject: 'inertia-large',
		reference: 'bare-large',
		headers: freshVisit,
		status: 200,
		target: 0.98,
	},
	{
		name: 'partial',
		title: 'Partial reload, 2 of 20 props',
		subject: 'inertia-partial',
		reference: 'bare-partial',
		headers: partialReload,
		status: 200,
		target: 0.97,
	},
	{
		name: 'document',
		title: 'First load, Nunjucks',
		subject: 'inertia-small',
		reference: 'bare-document',
		headers: firstLoad,
		status: 200,
		target: 0.97,
	},
	{
		name: 'root-view',
		title: 'First load, `rootView`',
		subject: 'inertia-root-view',
		reference: 'bare-root-view',
		headers: firstLoad,
		status: 200,
		target: 0.95,
	},
	{
		name: 'preloads',
		title: 'First load, 50 preloads against none',
		subject: 'inertia-preloads',
		reference: 'inertia-no-preloads',
		headers: firstLoad,
		status: 200,
		hasOtherPreloads: true,
		target: 0.9,
	},
	{
		name: 'mismatch',
		title: '409, stale version',
		subject: 'inertia-small',
		reference: 'bare-mismatch',
		headers: staleVisit,
		status: 409,
		target: 0.95,
	},
	{
		name: 'recheck',
		title: 'JSON visit, manifest by path against object',
		subject: 'inertia-small',
		reference: 'inertia-object',
		headers: freshVisit,
		status: 200,
	},
];
