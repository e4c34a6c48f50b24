import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkOptions, flag, text} from '../support/check-options.ts';
import {type Duration, parseDuration} from './duration.ts';
import {createProp, type Loader, Prop, type PropInput} from './prop.ts';

/** The options of `defer()`. */
export interface DeferOptions {
	/**
	 * The group of the prop. The client sends one request for each group, and all of them at the same time.
	 *
	 * Use a group of its own for a prop that is much slower than the others, so that these don't wait for it.
	 *
	 * @default `'default'`
	 * @example
	 * import {defer, page} from 'koa-inertia';
	 *
	 * export const dashboard = page('Dashboard', {
	 * 	visitors: defer(async () => 1200),
	 * 	forecast: defer(async () => [3, 1, 2], {group: 'slow'}),
	 * });
	 */
	readonly group?: string;
	/**
	 * Whether the prop is left out when its function fails, instead of answering with an error.
	 *
	 * Use it for a part that the page can do without. The failure is reported through `app.emit('error')`, and the client
	 * is told which props failed, so that the page can offer to load them again.
	 *
	 * @default `false`
	 * @example
	 * import {defer, page} from 'koa-inertia';
	 *
	 * const loadRates = async () => (await fetch('https://rates.example.com/latest')).json();
	 * export const prices = page('Prices', {rates: defer(loadRates, {rescue: true})});
	 */
	readonly rescue?: boolean;
}

/** The options of `once()`. */
export interface OnceOptions {
	/**
	 * The name under which the client keeps the value: printable ASCII without a comma.
	 *
	 * Use it when pages give the same value at different paths, or different values at the same path, and in the items of a
	 * list. Of several props of one page with one key the first keeps it, and the others are sent with every page.
	 *
	 * @default the path of the prop
	 * @example
	 * import {once, page} from 'koa-inertia';
	 *
	 * const countries = once(async () => ['Chad', 'Peru'], {key: 'countries'});
	 * export const checkout = page('Checkout', {address: {countries}});
	 * export const profile = page('Profile', {countries});
	 */
	readonly key?: string;
	/**
	 * How long the client keeps the value: milliseconds, or a number with a unit (`ms`, `s`, `m`, `h`, `d`, `w`).
	 *
	 * Use it for a value that may get out of date while the tab is open. It can't be combined with `expiresAt`.
	 *
	 * @default no limit: the client keeps the value as long as the tab is open
	 * @example
	 * import {once, page} from 'koa-inertia';
	 *
	 * export const prices = page('Prices', {rates: once(async () => ({EUR: 1, USD: 1.1}), {expiresIn: '15m'})});
	 */
	readonly expiresIn?: Duration;
	/**
	 * The time until which the client keeps the value: epoch milliseconds or a `Date`.
	 *
	 * Use it for a value that is known to change at that time. It can't be combined with `expiresIn`.
	 *
	 * @default no limit: the client keeps the value as long as the tab is open
	 * @example
	 * import {once, page} from 'koa-inertia';
	 *
	 * const getMidnight = () => new Date().setHours(24, 0, 0, 0);
	 * export const menu = page('Menu', () => ({dishes: once(async () => ['Soup'], {expiresAt: getMidnight()})}));
	 */
	readonly expiresAt?: number | Date;
	/**
	 * Whether the value is sent although the client holds one.
	 *
	 * Use it when the value has changed, for example after it was edited.
	 *
	 * @default `false`
	 * @example
	 * import {once, page} from 'koa-inertia';
	 *
	 * export const settings = page('Settings', ctx => ({
	 * 	plans: once(async () => ['Free', 'Pro'], {fresh: ctx.query.edited === '1'}),
	 * }));
	 */
	readonly fresh?: boolean;
}

const deferOptions = {group: text, rescue: flag};
const onceOptions = {
	// The client sends the keys that it holds in one header, separated by commas.
	key: {
		accepts: (value: unknown) => typeof value === 'string' && /^[!-+\--~](?:[ -+\--~]*[!-+\--~])?$/.test(value),
		expected: 'printable ASCII without a comma, and without spaces around it',
	},
	expiresIn: {
		accepts: (value: unknown) => parseDuration(value) !== undefined,
		expected: "a number of milliseconds, or a number with a unit such as '90s', '1h' or '7d'",
	},
	expiresAt: {
		accepts: (value: unknown) => (typeof value === 'number' || value instanceof Date) && Number.isFinite(Number(value)),
		expected: 'epoch milliseconds or a valid date',
	},
	fresh: flag,
};

/**
 * Makes a prop that every visit gets, also a partial reload that doesn't ask for it.
 *
 * Use it for a value that must be right on each answer, such as a count of unread messages. Inside an object that a
 * partial reload doesn't ask for, it is left out with the object.
 *
 * @example
 * import {always, page} from 'koa-inertia';
 *
 * export const home = page('Home', {unread: always(async () => 3), news: async () => ['Moon landing']});
 * @see https://inertiajs.com/docs/v3/data-props/partial-reloads#lazy-data-evaluation
 */
export function always<Value>(value: PropInput<Value>): Prop<Value> {
	return createProp(value, {isAlways: true});
}

/**
 * Makes a prop that only a partial reload gets, when it asks for it.
 *
 * Use it for a value that the page shows only after a click, such as the history of a record.
 *
 * @example
 * import {optional, page} from 'koa-inertia';
 *
 * export const invoice = page('Invoice', {total: 120, history: optional(async () => ['sent', 'paid'])});
 * @see https://inertiajs.com/docs/v3/data-props/partial-reloads#lazy-data-evaluation
 */
export function optional<Value>(value: PropInput<Value>): Prop<Value | undefined> {
	return createProp<Value | undefined>(value, {isOptional: true});
}

/**
 * Makes a prop that the client asks for by itself, as soon as it shows the page.
 *
 * Use it for a value that is slow and isn't needed to show the rest. It takes a function, or a prop made from one. A
 * value that is there already is refused, because the client would wait for nothing.
 *
 * @throws {OptionError} for an unknown or wrong option, and for anything else than a function or a prop.
 * @example
 * import {defer, page} from 'koa-inertia';
 *
 * const loadStats = async (signal: AbortSignal) => (await fetch('https://stats.example.com', {signal})).json();
 * export const dashboard = page('Dashboard', {title: 'Sales', stats: defer(({signal}) => loadStats(signal))});
 * @see https://inertiajs.com/docs/v3/data-props/deferred-props
 */
export function defer<Value>(value: Loader<Value> | Prop<Value>, options: DeferOptions = {}): Prop<Value | undefined> {
	checkOptions('defer', options, deferOptions);
	if (typeof value !== 'function' && !(value instanceof Prop)) {
		throw new OptionError(
			`\`defer\` takes a function or a prop, received ${describeValue(value)}. Write \`defer(() => value)\`, so that the value is made when it is asked for.`,
		);
	}

	const {group, rescue} = options;
	return createProp<Value | undefined>(value, {
		defer: {...(group !== undefined && {group}), ...(rescue !== undefined && {isRescued: rescue})},
	});
}

/**
 * Makes a prop that the client keeps. Later visits of this page, or of one with the same key, don't get it again.
 *
 * Use it for a value that rarely changes, such as a list of countries. A first load gets it anyway, and so does a
 * partial reload that asks for it.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * import {once, page} from 'koa-inertia';
 *
 * export const checkout = page('Checkout', {countries: once(async () => ['Chad', 'Peru'], {expiresIn: '1d'})});
 * @see https://inertiajs.com/docs/v3/data-props/once-props
 */
export function once<Value>(value: PropInput<Value>, options: OnceOptions = {}): Prop<Value> {
	checkOptions('once', options, onceOptions);
	const {key, expiresIn, expiresAt, fresh} = options;
	if (expiresIn !== undefined && expiresAt !== undefined) {
		throw new OptionError('`once` takes either `expiresIn` or `expiresAt`, received both.');
	}

	const duration = parseDuration(expiresIn);
	return createProp(value, {
		once: {
			...(key !== undefined && {key}),
			...(fresh !== undefined && {isFresh: fresh}),
			// We don't send 0, because the client takes it for "never".
			...(expiresAt !== undefined && {getExpiry: () => Math.max(1, Math.round(Number(expiresAt)))}),
			...(duration !== undefined && {getExpiry: () => Math.round(Date.now() + duration)}),
		},
	});
}
