import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {checkOptions, flag, text} from '../support/check-options.ts';
import {type Duration, parseDuration} from './duration.ts';
import {createProp, type Loader, Prop, type PropInput} from './prop.ts';

/** The options of `defer()`. */
export interface DeferOptions {
	/** Props of one group come with one request; groups are asked for side by side. @default `'default'` */
	readonly group?: string;
	/** Leave the prop out when it fails, instead of answering with an error. @default `false` */
	readonly rescue?: boolean;
}

/** The options of `once()`. */
export interface OnceOptions {
	/** The name under which the client keeps the value, also for other pages. Printable ASCII, no comma. @default the path of the prop */
	readonly key?: string;
	/** How long the client keeps the value: milliseconds, or a number with a unit (`ms`, `s`, `m`, `h`, `d`, `w`). @default for as long as the tab is open */
	readonly expiresIn?: Duration;
	/** Until when the client keeps the value: epoch milliseconds or a date. @default for as long as the tab is open */
	readonly expiresAt?: number | Date;
	/** Send the value although the client holds one, for example after it changed. @default `false` */
	readonly fresh?: boolean;
}

const deferOptions = {group: text, rescue: flag};
const onceOptions = {
	// The client sends the keys it holds in one header, with commas in between.
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
 * A prop that every partial reload gets too, whether it asks for it or not.
 *
 * For what must be right on each answer, such as a count of unread messages. Below an object that isn't asked for it
 * stays out with that.
 *
 * @example
 * await ctx.inertia.render('Home', {unread: always(() => messages.countUnread()), news});
 * @see https://inertiajs.com/docs/v3/data-props/partial-reloads#lazy-data-evaluation
 */
export function always<Value>(value: PropInput<Value>): Prop<Value> {
	return createProp(value, {isAlways: true});
}

/**
 * A prop that only partial reloads get, when they ask for it.
 *
 * For what the page shows after a click, such as the history of a record.
 *
 * @example
 * await ctx.inertia.render('Invoice', {invoice, history: optional(() => invoices.listChanges(invoice.id))});
 * @see https://inertiajs.com/docs/v3/data-props/partial-reloads#lazy-data-evaluation
 */
export function optional<Value>(value: PropInput<Value>): Prop<Value | undefined> {
	return createProp<Value | undefined>(value, {isOptional: true});
}

/**
 * A prop that the client asks for by itself as soon as it shows the page.
 *
 * For what is slow and isn't needed to show the rest. Takes a function, or a prop made from one: a value that is there
 * already has nothing to wait for.
 *
 * @throws {OptionError} for an unknown or wrong option, and for anything else than a function or a prop.
 * @example
 * await ctx.inertia.render('Dashboard', {user, stats: defer(({signal}) => loadStats({signal}), {rescue: true})});
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
 * A prop that the client keeps and doesn't get again on later visits, on this page or another with the same key.
 *
 * For what rarely changes, such as a list of countries. A first load and a partial reload that asks for it get it
 * anyway.
 *
 * @throws {OptionError} for an unknown or wrong option.
 * @example
 * await ctx.inertia.render('Checkout', {countries: once(() => countries.list(), {expiresIn: '1d'})});
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
			// The client takes 0 for never.
			...(expiresAt !== undefined && {getExpiry: () => Math.max(1, Math.round(Number(expiresAt)))}),
			...(duration !== undefined && {getExpiry: () => Math.round(Date.now() + duration)}),
		},
	});
}
