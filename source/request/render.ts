import type {Context} from 'koa';
import {createDocumentTags} from '../document/document.ts';
import type {DocumentPlan} from '../document/early-hints.ts';
import {formatPreloads} from '../document/link-header.ts';
import {getNonce} from '../document/nonce.ts';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkRenderOptions} from '../normalize-options.ts';
import type {RenderOptions, Share} from '../options.ts';
import {checkProps} from '../props/check-props.ts';
import {resolveProps} from '../props/resolve.ts';
import {getRequestUrl} from '../protocol/request-url.ts';
import {sendDocument, sendPage} from '../protocol/respond.ts';
import {choosePageVersion} from '../protocol/version-check.ts';
import {toErrorsProp} from '../session/error-bags.ts';
import {findMarks} from '../session/find-store.ts';
import type {Marks} from '../session/next-page.ts';
import {isThenable, proceed} from '../support/thenable.ts';
import type {PageObject, PropsInput} from '../types.ts';
import {stringifyPage} from './page-json.ts';
import type {Application, RequestState} from './request-state.ts';

/** One page to be rendered. */
export interface PageRequest {
	readonly component: string;
	readonly props: PropsInput;
	readonly options: RenderOptions;
	/** Whether it stands in for a page that failed, which is the one that what waits is meant for. */
	readonly isFailure?: boolean;
}

/**
 * Puts a page into the response. Until it is there, nothing of the response or the session changes.
 *
 * @throws {OptionError} for wrong arguments, beside what resolving, stringifying and the document throw.
 */
export async function renderPage(
	ctx: Context,
	application: Application,
	state: RequestState,
	{component, props, options, isFailure = false}: PageRequest,
): Promise<void> {
	checkComponent(component, '`ctx.inertia.render` takes the name of a page component first');
	checkProps(`\`ctx.inertia.render\` of \`${component}\``, props);
	checkRenderOptions(options);
	const {allErrors, encryptHistory, exposeSharedPropKeys, share, url} = application.options;
	const {visit, version, shared} = state;
	const template = visit.isInertia ? '' : (options.template ?? application.options.template(ctx));
	if (!visit.isInertia) sendHints(ctx, application, state, {template, component});
	const errors = findMarks(ctx, state)?.forPage(isFailure).errors;
	const resolving = resolveProps(
		{
			component,
			shared: share ? [callShare(ctx, share), ...shared] : shared,
			props,
			errors: errors ? toErrorsProp(errors, visit.errorBag, allErrors) : {},
			exposeSharedPropKeys,
		},
		ctx,
		visit,
	);
	const {props: resolved, metadata} = isThenable(resolving) ? await resolving : resolving;
	const page: PageObject = {
		component,
		props: resolved,
		url: options.url ?? url?.(ctx) ?? getRequestUrl(ctx),
		version: choosePageVersion(visit, version),
		...metadata,
	};
	// Now, since a loader may flash. Not by more spreads: most pages have none of it, and each costs them.
	const marks = findMarks(ctx, state);
	if (marks) Object.assign(page, toPageMembers(marks.forPage(isFailure)));
	if (options.encryptHistory ?? state.isHistoryEncrypted ?? encryptHistory) Object.assign(page, {encryptHistory: true});
	// Before anything is sent: a page that can't be sent must leave the response as it was.
	const pageJson = stringifyPage(page);
	if (visit.isInertia) {
		sendPage(ctx, pageJson, page.version);
	} else {
		const html = renderFirst(ctx, application, state, {page, pageJson, template, viewData: options.viewData ?? {}});
		sendDocument(ctx, typeof html === 'string' ? html : await html, page.version);
		state.announcement.body = ctx.body;
	}

	// A browser that goes back takes a document from its cache, where nothing is encrypted: also one of `no-cache`, which
	// stands on every document where an outer middleware sets it.
	if (page.encryptHistory && !/no-store/i.test(ctx.response.get('Cache-Control'))) {
		ctx.res.setHeader('Cache-Control', 'no-store');
	}

	if (options.status !== undefined) ctx.status = options.status;
	marks?.take(isFailure);
}

/** @throws {OptionError} */
export function checkComponent(component: unknown, expectation: string): void {
	if (typeof component === 'string' && component !== '') return;
	throw new OptionError(`${expectation}, received ${describeValue(component)}.`);
}

function callShare(ctx: Context, share: Share): PropsInput | Promise<PropsInput> {
	try {
		return proceed(typeof share === 'function' ? share(ctx) : share, shared => {
			checkProps('The option `share`', shared);
			return shared;
		});
	} catch (error) {
		// Later, so that nothing among the props of the page is left without a handler.
		return Promise.reject(error);
	}
}

/** Errors are a prop; the rest stands beside the props, where the client keeps none of it in the history. */
function toPageMembers({flash, clearHistory, preserveFragment}: Marks): Partial<PageObject> {
	return {
		...(flash && {flash}),
		...(clearHistory && {clearHistory}),
		...(preserveFragment && {preserveFragment}),
	};
}

/** Tells the browser what the document will load, once for a request: while the props are still to come. */
function sendHints(ctx: Context, {hints}: Application, state: RequestState, plan: DocumentPlan): void {
	const {announcement} = state;
	if (!hints || announcement.areHintsSent) return;
	announcement.areHintsSent = true;
	hints.send(ctx, state.snapshot, plan);
}

interface FirstLoad {
	readonly page: PageObject;
	readonly pageJson: string;
	readonly template: string;
	readonly viewData: NonNullable<RenderOptions['viewData']>;
}

function renderFirst(
	ctx: Context,
	{options: {rootId, preloadBudget}, hints, renderDocument}: Application,
	{snapshot, announcement}: RequestState,
	{page, pageJson, template, viewData}: FirstLoad,
): string | Promise<string> {
	// A document without the application's code is a blank page.
	if (snapshot.failure) throw snapshot.failure;
	const nonce = getNonce(ctx);
	const {tags, lists, requests} = createDocumentTags(snapshot, {json: pageJson, version: page.version, rootId, nonce});
	return proceed(renderDocument({page, ctx, tags, viewData, template}), html => {
		hints?.learn(template, page.component, requests);
		announcement.links = formatPreloads(lists, preloadBudget, nonce);
		return html;
	});
}
