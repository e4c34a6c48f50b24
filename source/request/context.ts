import type {StandardSchemaV1} from '@standard-schema/spec';
import {checkErrorsOptions} from '../normalize-options.ts';
import type {ErrorsOptions, RenderOptions} from '../options.ts';
import {checkProps} from '../props/check-props.ts';
import {ignoreFailures} from '../props/ignore-failures.ts';
import {getBackUrl} from '../protocol/back.ts';
import {sendLocation} from '../protocol/location.ts';
import {sendRedirect} from '../protocol/redirect.ts';
import {freezeVisit, type Visit} from '../protocol/visit.ts';
import {getBag, toFieldErrors} from '../session/error-bags.ts';
import {openNextPage} from '../session/find-next-page.ts';
import {toFlash} from '../session/flash-values.ts';
import type {FieldErrors, PropsInput} from '../types.ts';
import {validate} from '../validation/validate.ts';
import {beginRender, isTooLate} from './begun-renders.ts';
import type {Exchange} from './exchange.ts';
import type {PageName, RenderArguments} from './registered-pages.ts';
import type {Settings} from './settings.ts';

declare module 'koa' {
	interface ExtendableContext {
		/** Inertia for this request: pages, validation, flash, redirects and the history. It is set by `inertia()`. */
		inertia: InertiaContext;
	}
}

/** The methods of `ctx.inertia`, one object for each request. */
export class InertiaContext {
	readonly #exchange: Exchange;
	#visit: Visit | undefined;

	/** @internal */
	constructor(exchange: Exchange) {
		this.#exchange = exchange;
	}

	/**
	 * Whether this object was made by the `inertia()` of these settings.
	 *
	 * @internal
	 */
	belongsTo(settings: Settings): boolean {
		return this.#exchange.settings === settings;
	}

	/**
	 * The version of the server's assets for this request: the visit was checked against it, and the template embeds it.
	 *
	 * It is `''` when versioning is off.
	 */
	get version(): string {
		return this.#exchange.decision.serverVersion;
	}

	/**
	 * The headers of this request in Inertia's terms, as a frozen object.
	 *
	 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
	 */
	get visit(): Visit {
		this.#visit ??= freezeVisit(this.#exchange.visit);
		return this.#visit;
	}

	/**
	 * Adds props to the page of this request, beside those of the option `share`. Of two with one name the later wins, and
	 * props of the page win over shared ones.
	 *
	 * @throws {OptionError} when `props` is no object of props.
	 * @example
	 * app.use(async (ctx, next) => {
	 * 	ctx.inertia.share({user: ctx.state.user});
	 * 	await next();
	 * });
	 * @see https://inertiajs.com/docs/v3/data-props/shared-data
	 */
	share(props: PropsInput): void {
		checkProps('`ctx.inertia.share`', props);
		if (isTooLate(this.#exchange, 'share')) return;
		// Nobody waits for its promises where the request renders no page, and one that fails would end the process.
		ignoreFailures(props);
		this.#exchange.shared = [...this.#exchange.shared, props];
	}

	/**
	 * Answers with a page: JSON for a visit of the client, the document of the root template for a first load.
	 *
	 * Functions among the props are called with `{ctx, signal}`, and promises are waited for, at any depth and all at once.
	 * A function is called only when its prop is sent: a partial reload gets the props that it asks for.
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
	render(component: string, props: PropsInput = {}, options: RenderOptions = {}): Promise<void> {
		if (isTooLate(this.#exchange, 'render')) return Promise.resolve();
		return beginRender(this.#exchange, {component, props, options});
	}

	/**
	 * Shows values on the next page, once. There they are `page.flash`, which the browser keeps out of its history.
	 *
	 * The next page may be one of this request. A page after a redirect gets them through the session. Several calls add up.
	 * Values arrive as JSON leaves them, a `Date` as a string.
	 *
	 * @throws {OptionError} for a value that JSON can't hold; after the handler {SessionMissingError}, {SessionSizeError}.
	 * @example
	 * ctx.inertia.flash({message: 'Saved.'});
	 * ctx.redirect('/notes');
	 * @see https://inertiajs.com/docs/v3/data-props/flash-data
	 */
	flash(values: Readonly<Record<string, unknown>>): void {
		if (isTooLate(this.#exchange, 'flash')) return;
		const flash = toFlash(values);
		if (Object.keys(flash).length > 0) openNextPage(this.#exchange).add({flash});
	}

	/**
	 * Puts messages into the `errors` prop of the next page, by field. Several calls add up.
	 *
	 * @throws {OptionError} when `errors` does not hold messages; after the handler {SessionMissingError}.
	 * @example
	 * ctx.inertia.errors({email: 'This address is taken.'});
	 * ctx.inertia.back();
	 * @see https://inertiajs.com/docs/v3/the-basics/validation#error-bags
	 */
	errors(errors: FieldErrors, options: ErrorsOptions = {}): void {
		if (isTooLate(this.#exchange, 'errors')) return;
		checkErrorsOptions(options);
		const {visit, settings} = this.#exchange;
		const fields = toFieldErrors(errors, settings.options.allErrors);
		if (Object.keys(fields).length === 0) return;
		openNextPage(this.#exchange).addErrors(options.bag ?? getBag(visit), fields);
	}

	/**
	 * Checks the input of the request with a schema of Zod, Valibot, ArkType or any other library of Standard Schema, and
	 * gives the typed result. Wrong input ends the handler.
	 *
	 * Then the user is sent back to the form, with the messages in `errors`: those of a nested field under its dotted path,
	 * those of the input as a whole under `form`. A form that validates while its user types gets its answer here too: call
	 * this method once, write nothing before it, and don't catch what it throws. The input is `ctx.request.body`; in a GET,
	 * and in a DELETE without a body, it is the query. The argument `input` takes its place.
	 *
	 * @throws {ValidationError} for wrong input, which the middleware answers; {BodyMissingError} without a body parser;
	 * {SchemaError} for a schema that throws; {OptionError} when `schema` is not a Standard Schema.
	 * @example
	 * const {title} = await ctx.inertia.validate(z.object({title: z.string().min(1, 'Give it a title.')}));
	 * @see https://standardschema.dev
	 * @see https://inertiajs.com/docs/v3/the-basics/forms#precognition
	 */
	validate<Output>(schema: StandardSchemaV1<unknown, Output>, ...given: [input?: unknown]): Promise<Output> {
		return validate(this.#exchange.ctx, this.#exchange, schema, given);
	}

	/**
	 * Redirects to the page that the request came from. It redirects to `fallback` when the request names no page, when the
	 * page is of another site, and when a GET would ask for the same URL again.
	 *
	 * @default fallback `'/'`
	 * @example
	 * ctx.inertia.back('/notes');
	 * @see https://inertiajs.com/docs/v3/the-basics/redirects
	 */
	back(fallback = '/'): void {
		if (isTooLate(this.#exchange, 'back')) return;
		sendRedirect(this.#exchange.ctx, getBackUrl(this.#exchange.ctx, fallback, this.#exchange.settings.warnings));
	}

	/**
	 * Sends the browser to a URL that is no page of the client: one of another site, or one of this site that is not
	 * Inertia's. The browser loads it as if it were typed in. Plain requests get a redirect.
	 *
	 * @throws {OptionError} when `url` is not a URL, or is one that runs code, such as `javascript:`.
	 * @example
	 * ctx.inertia.location('https://pay.example.com/checkout');
	 * @see https://inertiajs.com/docs/v3/the-basics/redirects#external-redirects
	 */
	location(url: string | URL): void {
		if (isTooLate(this.#exchange, 'location')) return;
		sendLocation(this.#exchange.ctx, this.#exchange.visit, url);
	}

	/**
	 * Makes the encrypted pages in the browser's history unreadable when it shows the next page. Use it for a sign-out.
	 *
	 * @throws {SessionMissingError} after the handler, when the next page is of another request and there is no session.
	 * @example
	 * ctx.inertia.clearHistory();
	 * ctx.session = null;
	 * ctx.redirect('/sign-in');
	 * @see https://inertiajs.com/docs/v3/security/history-encryption
	 */
	clearHistory(): void {
		if (isTooLate(this.#exchange, 'clearHistory')) return;
		openNextPage(this.#exchange).add({clearHistory: true});
	}

	/**
	 * Says whether the browser encrypts the pages of this request in its history. The option of `render` wins.
	 *
	 * For a whole router there is the middleware `encryptHistory()`.
	 *
	 * @default isEncrypted `true`
	 * @example
	 * ctx.inertia.encryptHistory(ctx.state.user !== undefined);
	 * @see https://inertiajs.com/docs/v3/security/history-encryption
	 */
	encryptHistory(isEncrypted = true): void {
		this.#exchange.isHistoryEncrypted = isEncrypted;
	}

	/**
	 * Keeps the fragment of the visited URL on the next page, through a redirect: from `/old#part` to `/new#part`.
	 *
	 * @throws {SessionMissingError} after the handler, when the next page is of another request and there is no session.
	 * @example
	 * ctx.inertia.preserveFragment();
	 * ctx.redirect('/articles/new-name');
	 * @see https://inertiajs.com/docs/v3/the-basics/redirects#preserving-fragments
	 */
	preserveFragment(): void {
		if (isTooLate(this.#exchange, 'preserveFragment')) return;
		openNextPage(this.#exchange).add({preserveFragment: true});
	}
}
