import type {Context, Middleware} from 'koa';
import {resolveReference} from '../protocol/site-url.ts';
import {requireInertia} from '../request/require-inertia.ts';
import {toFlash} from '../session/flash-values.ts';
import {checkOptions, type Expectation, isRecord} from '../support/check-options.ts';

/** The options of `csrf()`. */
export interface CsrfOptions {
	/**
	 * Origins of other sites whose forms may post to this one, for example of a sign-in service: scheme and host, without a
	 * path or a `/` at the end.
	 *
	 * @default `[]`
	 * @example
	 * app.use(csrf({trustedOrigins: ['https://appleid.apple.com']}));
	 */
	readonly trustedOrigins?: readonly string[];
	/**
	 * The values that are flashed when a visit of the client is refused.
	 *
	 * @default `{error: 'The request came from another site, so nothing was changed. Try again.'}`
	 * @example
	 * app.use(csrf({flash: {toast: {kind: 'error', text: 'Please try again.'}}}));
	 */
	readonly flash?: Readonly<Record<string, unknown>>;
}

const expectations: Record<keyof CsrfOptions, Expectation> = {
	trustedOrigins: {
		accepts: value => Array.isArray(value) && value.every(isOrigin),
		expected: 'a list of origins such as `https://appleid.apple.com`',
	},
	flash: {accepts: isRecord, expected: 'an object of values by name'},
};

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that a page of another site makes in the name of a signed-in user.
 *
 * It reads `Sec-Fetch-Site`, which every browser sends, and `Origin`, which older browsers send. It needs no token and no
 * cookie, so that nothing expires while a form is open. Programs that aren't browsers send neither header, and pass. Use
 * it after `inertia()`. A refused visit goes back with a flash; any other request, and a
 * visit without a session, gets a 403.
 *
 * @throws {OptionError} for an unknown option or a value that is not an origin.
 * @example
 * app.use(inertia());
 * app.use(csrf());
 * @see https://inertiajs.com/docs/v3/security/csrf-protection
 */
export function csrf(options: CsrfOptions = {}): Middleware {
	checkOptions('csrf', options, expectations);
	const trusted: ReadonlySet<string> = new Set(options.trustedOrigins);
	const refusal = {error: 'The request came from another site, so nothing was changed. Try again.'};
	const flash = toFlash(options.flash ?? refusal, 'The option `flash` of `csrf`');

	return async function csrf(ctx, next) {
		requireInertia(ctx, 'csrf');
		if (safeMethods.has(ctx.method) || isFromOwnSite(ctx, trusted)) return next();
		// A form of another site can't send the header of a visit. It gets no session either, since a new session would
		// take the place of the user's.
		if (!ctx.inertia.visit.isInertia || !ctx.session) ctx.throw(403, 'The request came from another site.');
		ctx.inertia.flash(flash);
		ctx.inertia.back();
	};
}

function isFromOwnSite(ctx: Context, trusted: ReadonlySet<string>): boolean {
	const {origin, 'sec-fetch-site': site} = ctx.req.headers;
	if (origin !== undefined && trusted.has(origin)) return true;
	// `none` means that the user typed the URL. `same-site` is refused: another host of the domain may be someone else's.
	if (site !== undefined) return site === 'same-origin' || site === 'none';
	// The origin `null` hides where the request comes from, and is no URL.
	return origin === undefined || (URL.canParse(origin) && resolveReference(ctx, origin)?.isOwnHost === true);
}

/** Whether a value is an origin as a browser sends it. `URL` knows no origin for the scheme of an app. */
function isOrigin(value: unknown): boolean {
	if (typeof value !== 'string' || !URL.canParse(value)) return false;
	const {origin} = new URL(value);
	return origin === 'null' ? /^[a-z][a-z\d+.-]*:\/\/[^/?#]+$/.test(value) : origin === value;
}
