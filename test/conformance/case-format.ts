import type {Json, JsonObject} from './json.ts';

export type Messages = Record<string, string | string[]>;

export type SsrStubDefinition = {
	result?: {head: string[]; body: string};
	status?: number;
	json?: Json;
	down?: boolean;
};

export type Config = {
	version?: string | null | {$async: string};
	shared?: JsonObject;
	errors?: Messages;
	allErrors?: boolean;
	flash?: JsonObject;
	urlResolver?: string;
	mount?: string;
	rewrite?: {from: string; to: string};
	ssr?: SsrStubDefinition;
};

export type RenderAction = {
	component: string;
	props: JsonObject;
	options?: {encryptHistory?: boolean; clearHistory?: boolean; flash?: JsonObject};
};

export type RedirectAction = {
	to: string;
	status?: number;
	flash?: JsonObject;
	errors?: Messages;
	clearHistory?: boolean;
	preserveFragment?: boolean;
};

export type Action = {
	share?: JsonObject;
	flash?: JsonObject;
	render?: RenderAction;
	redirect?: RedirectAction;
	location?: string;
	nothing?: boolean;
	body?: Json;
	precognition?: {errors: Messages};
};

export type Route = {
	method: string;
	path: string;
	action: Action;
	set?: {cookies?: Record<string, string>};
};

export type CaseRequest = {
	method: string;
	path: string;
	headers: Record<string, string | {$own: string}>;
	raw?: boolean;
};

export type Expectation = {
	status?: number | number[];
	headers?: Record<string, Json>;
	page?: JsonObject;
	ssrPage?: JsonObject;
	propsExact?: JsonObject;
	propsAbsent?: string[];
	metaAbsent?: string[];
	resolved?: string[];
	notResolved?: string[];
	resolvedOnce?: string[];
	handlerRan?: boolean;
	body?: string;
	bodyContains?: string[];
	bodyExcludes?: string[];
	json?: Json;
	html?: {pageScripts?: number; rootId?: string};
	ssrCalls?: number;
	noPollution?: boolean;
};

export type Exchange = {request: CaseRequest; expect: Expectation};

/** A case after reading: one form for `route`/`routes` and for `request`/`steps`. */
export type ConformanceCase = {
	id: string;
	area: string;
	title: string;
	config: Config;
	routes: Route[];
	/** Steps in order; the exchanges of one step are sent at once. */
	steps: Exchange[][];
};
