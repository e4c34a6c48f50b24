import type {Context} from 'koa';
import type {Snapshot} from './assets/snapshot.ts';
import {isObject} from './check-options.ts';
import {createDocumentTags, type RenderDocument} from './document.ts';
import {describeValue, OptionError} from './errors.ts';
import {checkRenderOptions, type NormalizedOptions} from './normalize-options.ts';
import type {RenderOptions, Share} from './options.ts';
import type {PageName, RenderArguments} from './pages.ts';
import {isPropsProvider} from './props/provider.ts';
import {resolveProps} from './props/resolve.ts';
import {stringifyPage} from './protocol/page.ts';
import {getRequestUrl} from './protocol/request-url.ts';
import type {RequestVersion} from './protocol/request-version.ts';
import {sendDocument, sendPage} from './protocol/respond.ts';
import {choosePageVersion} from './protocol/version-check.ts';
import {isThenable, proceed} from './thenable.ts';
import type {PageObject, PropsInput} from './types.ts';
import type {Visit} from './visit.ts';

declare module 'koa' {
	interface ExtendableContext {
		/** Renders Inertia pages; there on every request that passes the middleware of `inertia()`. */
		inertia: InertiaContext;
	}
}

/** What the middleware gives to every request beside the options of the application. */
export interface RequestState {
	readonly visit: Visit;
	readonly version: RequestVersion;
	readonly snapshot: Snapshot;
}

/** What stands behind `ctx.inertia`. */
export class InertiaContext {
	readonly #ctx: Context;
	readonly #options: NormalizedOptions;
	readonly #renderDocument: RenderDocument;
	readonly #state: RequestState;
	/** In the order in which they were shared. */
	readonly #shared: PropsInput[] = [];

	constructor(ctx: Context, options: NormalizedOptions, renderDocument: RenderDocument, state: RequestState) {
		this.#ctx = ctx;
		this.#options = options;
		this.#renderDocument = renderDocument;
		this.#state = state;
	}

	/**
	 * The version of the assets for this request: what the visit was checked against and what the template embeds.
	 *
	 * `''` when versioning is off.
	 */
	get version(): string {
		return this.#state.version.value;
	}

	/** What the headers of this request say in Inertia's terms. Frozen. */
	get visit(): Visit {
		// Here and not where it is made, since most requests never hand it out.
		return Object.freeze(this.#state.visit);
	}

	/**
	 * Adds props to the page of this request, beside those of the option `share`. The later of two wins, and props of
	 * the page win over shared ones.
	 *
	 * @example
	 * app.use(async (ctx, next) => {
	 * 	ctx.inertia.share({user: ctx.state.user});
	 * 	await next();
	 * });
	 */
	share(props: PropsInput): void {
		checkProps('`ctx.inertia.share`', props);
		this.#shared.push(props);
	}

	/**
	 * Answers with a page: JSON for a visit of the client, the document of the root template for a first load.
	 *
	 * Functions among the props are called with `{ctx, signal}` and promises are waited for, at any depth and all at once,
	 * but only where the visit gets the prop: a partial reload gets what it asks for.
	 *
	 * @throws {PropError} for a prop that JSON can't hold; {PropLoadError} for a loader that fails; {TemplateError},
	 * {ManifestError} when the document can't be rendered; {OptionError} for wrong arguments.
	 * @example
	 * router.get('/users', async ctx => {
	 * 	await ctx.inertia.render('Users/Index', {users: () => database.listUsers()});
	 * });
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
	 */
	render<Name extends PageName>(component: Name, ...rest: RenderArguments<Name>): Promise<void>;
	async render(component: string, props: PropsInput = {}, options: RenderOptions = {}): Promise<void> {
		checkComponent(component);
		checkProps(`\`ctx.inertia.render\` of \`${component}\``, props);
		checkRenderOptions(options);
		const ctx = this.#ctx;
		const {exposeSharedPropKeys, share, url} = this.#options;
		const resolving = resolveProps(
			{
				component,
				shared: share ? [this.#callShare(share), ...this.#shared] : this.#shared,
				props,
				exposeSharedPropKeys,
			},
			ctx,
			this.#state.visit,
		);
		const {props: resolved, metadata} = isThenable(resolving) ? await resolving : resolving;
		const page: PageObject = {
			component,
			props: resolved,
			url: options.url ?? url?.(ctx) ?? getRequestUrl(ctx),
			version: choosePageVersion(this.#state.visit, this.#state.version),
			...metadata,
		};
		// Before anything is sent: a page that can't be sent must leave the response as it was.
		const pageJson = stringifyPage(page);
		if (this.#state.visit.isInertia) {
			sendPage(ctx, pageJson, page.version);
		} else {
			const html = this.#createDocument(page, pageJson, options);
			sendDocument(ctx, typeof html === 'string' ? html : await html, page.version);
		}

		if (options.status !== undefined) ctx.status = options.status;
	}

	#callShare(share: Share): PropsInput | Promise<PropsInput> {
		try {
			return proceed(typeof share === 'function' ? share(this.#ctx) : share, shared => {
				checkProps('The option `share`', shared);
				return shared;
			});
		} catch (error) {
			// Later, so that nothing among the props of the page is left without a handler.
			return Promise.reject(error);
		}
	}

	#createDocument(page: PageObject, pageJson: string, options: RenderOptions): string | Promise<string> {
		const ctx = this.#ctx;
		const {rootId, template} = this.#options;
		const {snapshot} = this.#state;
		// A document without the application's code is a blank page.
		if (snapshot.failure) throw snapshot.failure;
		const {cspNonce} = ctx.state;
		const tags = createDocumentTags(snapshot, {
			json: pageJson,
			version: page.version,
			rootId,
			nonce: cspNonce === undefined || cspNonce === null ? undefined : String(cspNonce),
		});
		return this.#renderDocument({
			page,
			ctx,
			tags,
			viewData: options.viewData ?? {},
			template: options.template ?? template(ctx),
		});
	}
}

function checkProps(subject: string, props: unknown): asserts props is PropsInput {
	// A list without such an object is rows that were meant to be a prop.
	if (Array.isArray(props) ? props.some(isPropsProvider) : isObject(props)) return;
	throw new OptionError(`${subject} takes an object of props, received ${describeValue(props)}.`);
}

function checkComponent(component: unknown): void {
	if (typeof component === 'string' && component !== '') return;
	throw new OptionError(
		`\`ctx.inertia.render\` takes the name of a page component first, received ${describeValue(component)}.`,
	);
}
