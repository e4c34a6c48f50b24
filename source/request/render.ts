import type {Context} from 'koa';
import {createDocumentTags} from '../document/document.ts';
import {formatPreloads} from '../document/link-header.ts';
import {findMissingTags} from '../document/missing-tags.ts';
import {getNonce} from '../document/nonce.ts';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkRenderOptions} from '../normalize-options.ts';
import type {RenderOptions, Share} from '../options.ts';
import {checkProps} from '../props/check-props.ts';
import {ignoreFailures} from '../props/ignore-failures.ts';
import {type PageProps, resolveProps} from '../props/resolve.ts';
import {getRequestUrl, toPageUrl} from '../protocol/request-url.ts';
import {sendDocument, sendPage} from '../protocol/respond.ts';
import {toErrorsProp} from '../session/error-bags.ts';
import {findNextPage} from '../session/find-next-page.ts';
import type {NextPage} from '../session/next-page.ts';
import type {NextPageStore} from '../session/next-page-store.ts';
import {proceed} from '../support/thenable.ts';
import type {MaybePromise, PageObject, PropsInput} from '../types.ts';
import type {Exchange} from './exchange.ts';
import {stringifyPage} from './page-json.ts';
import {sendEarlyHints} from './preloads.ts';

/** One page to be rendered. */
export interface PageRequest {
	readonly component: string;
	readonly props: PropsInput;
	readonly options: RenderOptions;
	/**
	 * Whether the page takes the place of one that failed. Flash and errors in the session belong to the page that failed,
	 * so this one leaves them there.
	 */
	readonly replacesFailedPage?: boolean;
	/** Whether the shared props are left out, since they may be what failed. */
	readonly withoutShared?: boolean;
}

/**
 * Puts a page into the response. Until it is there, nothing of the response or the session changes. Gives a promise only
 * where a prop or the document has to be waited for.
 *
 * @throws {OptionError} for wrong arguments, beside what resolving, stringifying and the document throw.
 */
export function renderPage(exchange: Exchange, request: PageRequest): MaybePromise<void> {
	const template = beginPage(exchange, request);
	return proceed(resolvePageProps(exchange, request), resolved => putPage(exchange, request, {template, resolved}));
}

function putPage(exchange: Exchange, request: PageRequest, {template, resolved}: ResolvedPage): MaybePromise<void> {
	const {ctx, visit, decision, settings} = exchange;
	const {component, options, replacesFailedPage = false} = request;
	const {props, metadata} = resolved;
	// Read the session data only now: a loader may have flashed.
	const nextPage = findNextPage(exchange);
	const isEncrypted = options.encryptHistory ?? exchange.isHistoryEncrypted ?? settings.options.encryptHistory;
	const page: PageObject = {
		component,
		props,
		url: getPageUrl(exchange, options),
		version: decision.pageVersion,
		...metadata,
		...(nextPage && toPageMembers(nextPage.peek(replacesFailedPage))),
		...(isEncrypted && {encryptHistory: true}),
	};
	// The page is stringified before anything is sent: one that can't be sent must leave the response as it was.
	const pageJson = stringifyPage(page);
	const complete = (): void => completePage(exchange, request, {nextPage, isEncrypted});
	if (!visit.isInertia) {
		return proceed(sendFirstPage(exchange, {page, pageJson, template, viewData: options.viewData ?? {}}), complete);
	}

	sendPage(ctx, pageJson, page.version);
	return complete();
}

function getPageUrl({ctx, settings}: Exchange, options: RenderOptions): string {
	const given = options.url ?? settings.options.url?.(ctx);
	return given === undefined ? getRequestUrl(ctx) : toPageUrl(given);
}

/** Adds what follows from a page that is in the response. */
function completePage(
	exchange: Exchange,
	{options, replacesFailedPage = false}: PageRequest,
	{nextPage, isEncrypted}: {nextPage: NextPageStore | undefined; isEncrypted: boolean},
): void {
	const {ctx} = exchange;
	// An error page is rendered without being counted.
	if (exchange.openRenders > 0) exchange.openRenders -= 1;
	// A browser that goes back takes a document from its cache, where nothing is encrypted. It does so with `no-cache` too,
	// which stands on every document where an outer middleware sets it.
	if (isEncrypted && !/no-store/i.test(ctx.response.get('Cache-Control'))) {
		ctx.res.setHeader('Cache-Control', 'no-store');
	}

	if (options.status !== undefined) ctx.status = options.status;
	nextPage?.markShown(replacesFailedPage);
}

interface ResolvedPage {
	readonly template: string;
	readonly resolved: PageProps;
}

/**
 * Checks the name of a page component. In production, that is all; elsewhere a page that is not there is an error too,
 * since the browser would only show a blank page.
 *
 * @throws {OptionError}
 */
export function checkComponent({ctx, snapshot}: Exchange, component: unknown, expectation: string): void {
	if (typeof component !== 'string' || component === '') {
		throw new OptionError(`${expectation}, received ${describeValue(component)}.`);
	}

	if (ctx.app.env !== 'production') snapshot.checkPage(component);
}

/** Checks a page and chooses its template, which a visit doesn't need. */
function beginPage(exchange: Exchange, request: PageRequest): string {
	const {ctx, visit, settings} = exchange;
	const {component, props, options} = request;
	try {
		checkPageRequest(exchange, request);
		if (visit.isInertia) return '';
		const template = options.template ?? settings.options.template(ctx);
		sendEarlyHints(exchange, {template, component});
		return template;
	} catch (error) {
		// Nobody will wait for the promises among the props.
		ignoreFailures(props);
		throw error;
	}
}

function checkPageRequest(exchange: Exchange, {component, props, options}: PageRequest): void {
	checkComponent(exchange, component, '`ctx.inertia.render` takes the name of a page component first');
	checkProps(`\`ctx.inertia.render\` of \`${component}\``, props);
	checkRenderOptions(options, exchange.settings.options);
}

/** Resolves the props of a page, beside those that are shared and the errors that the session has for it. */
function resolvePageProps(exchange: Exchange, request: PageRequest): MaybePromise<PageProps> {
	const {ctx, visit, settings, shared} = exchange;
	const {allErrors, exposeSharedPropKeys, share} = settings.options;
	const {component, props, replacesFailedPage = false, withoutShared = false} = request;
	const errors = findNextPage(exchange)?.peek(replacesFailedPage).errors;
	return resolveProps(
		{
			component,
			shared: withoutShared ? [] : share ? [callShare(ctx, share), ...shared] : shared,
			props,
			errors: errors ? toErrorsProp(errors, visit.errorBag, allErrors) : {},
			exposeSharedPropKeys,
		},
		ctx,
		visit,
	);
}

function callShare(ctx: Context, share: Share): MaybePromise<PropsInput> {
	try {
		return proceed(typeof share === 'function' ? share(ctx) : share, shared => {
			checkProps('The option `share`', shared);
			return shared;
		});
	} catch (error) {
		// Reject instead of throw: the promises among the page's props still need a handler.
		return Promise.reject(error);
	}
}

/** Errors are a prop. The rest stands beside the props, where the client keeps none of it in the history. */
function toPageMembers({flash, clearHistory, preserveFragment}: NextPage): Partial<PageObject> {
	return {
		...(flash && {flash}),
		...(clearHistory && {clearHistory}),
		...(preserveFragment && {preserveFragment}),
	};
}

interface FirstPage {
	readonly page: PageObject;
	readonly pageJson: string;
	readonly template: string;
	readonly viewData: NonNullable<RenderOptions['viewData']>;
}

/** Answers a first load: the page inside the document that the root template makes. */
function sendFirstPage(exchange: Exchange, {page, pageJson, template, viewData}: FirstPage): MaybePromise<void> {
	const {ctx, snapshot, settings} = exchange;
	const {rootId, preloadBudget} = settings.options;
	// A document without the application's code is a blank page.
	if (snapshot.failure) throw snapshot.failure;
	const nonce = getNonce(ctx);
	const {tags, lists, requests} = createDocumentTags(snapshot, {json: pageJson, version: page.version, rootId, nonce});
	return proceed(settings.renderDocument({page, ctx, tags, viewData, template}), html => {
		if (ctx.app.env === 'development') warnOfMissingTags(exchange, {html, component: page.component, template});
		settings.earlyHints?.learn(template, page.component, requests);
		const link = formatPreloads(lists, preloadBudget, nonce);
		sendDocument(ctx, html, page.version);
		exchange.preloads = {link, body: ctx.body};
	});
}

function warnOfMissingTags(
	{settings, snapshot}: Exchange,
	{html, component, template}: {readonly html: string; readonly component: string; readonly template: string},
): void {
	const name = settings.options.rootView ? undefined : template;
	const missing = findMissingTags({html, snapshot, component, template: name});
	if (missing) settings.warnings.warnOnce(missing.code, missing.message);
}
