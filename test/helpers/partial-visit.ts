import type {ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import type {InertiaContext, InertiaOptions, PageObject} from 'koa-inertia';
import {readPage} from 'koa-inertia/testing';
import {createApp} from './app.ts';
import {createManifest} from './build.ts';

/** What a client asks for beside the page, each as it stands in its header. */
export interface Asked {
	readonly only?: string;
	readonly except?: string;
	readonly reset?: string;
	/** Keys of the once props that the client holds. */
	readonly loaded?: string;
	readonly intent?: string;
	/** The component of the partial reload; by default the one that is rendered, where `only` or `except` is asked. */
	readonly component?: string;
}

type RenderedProps = Parameters<InertiaContext['render']>[1];
type ReceivedPage = Omit<PageObject, 'component' | 'url' | 'version' | 'sharedProps'>;

export const options = {manifest: createManifest(), hotFile: false} as const;
export const component = 'Garden/Show';

/** The page that an Inertia visit receives for these props; no longer in it: what every page has. */
export async function visitPage(t: ExecutionContext, props: RenderedProps, asked: Asked = {}): Promise<ReceivedPage> {
	const {visit, assets, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const response = await visit('/garden', assets.version).set(toHeaders(asked));
	if (errors.length > 0) throw errors[0];
	return withoutCommon(readPage(response));
}

/** The same for a first load: the page inside a document. */
export async function loadPage(t: ExecutionContext, props: RenderedProps, asked: Asked = {}): Promise<ReceivedPage> {
	const {agent, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const response = await agent.get('/garden').set(toHeaders(asked));
	if (errors.length > 0) throw errors[0];
	return withoutCommon(readPage(response));
}

/** Renders props to a visit, and gives the whole answer with what was reported. */
export async function renderProps(t: ExecutionContext, props: Record<string, unknown>, component = 'Home') {
	const {visit, assets, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const response = await visit('/', assets.version);
	return {response, props: response.body.props, error: errors[0]};
}

/** A partial reload of props whose loaders may fail, with what was reported. */
export async function reloadPage(t: ExecutionContext, props: Record<string, unknown>, only: string) {
	const {visit, assets, errors} = await createApp(t, options, ctx => ctx.inertia.render(component, props));
	const {status, body} = await visit('/garden', assets.version).set(toHeaders({only}));
	return {status, body, errors};
}

/** The whole page that one visit receives from a handler. */
export async function visitHandler(
	t: ExecutionContext,
	handler: Middleware,
	more: InertiaOptions = {},
	asked: Asked = {},
) {
	const {visit, assets, errors} = await createApp(t, {...options, ...more}, handler);
	const {status, body} = await visit('/garden?plot=7', assets.version).set(toHeaders(asked));
	if (status !== 200) throw errors[0] ?? new Error(`Status ${status}`);
	return body;
}

export function toHeaders({only, except, reset, loaded, intent, ...asked}: Asked): Record<string, string> {
	const isPartial = only !== undefined || except !== undefined;
	const headers = {
		'X-Inertia-Partial-Component': asked.component ?? (isPartial ? component : undefined),
		'X-Inertia-Partial-Data': only,
		'X-Inertia-Partial-Except': except,
		'X-Inertia-Reset': reset,
		'X-Inertia-Except-Once-Props': loaded,
		'X-Inertia-Infinite-Scroll-Merge-Intent': intent,
	};
	return Object.fromEntries(
		Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

/** A loader of a prop that isn't to be sent. */
export function neverLoad(): never {
	throw new Error('This loader was called, although nobody needs its value');
}

function withoutCommon(page: PageObject): ReceivedPage {
	const {component: _, url, version, sharedProps, ...rest} = page;
	const {errors, ...props} = page.props;
	return {...rest, props};
}
