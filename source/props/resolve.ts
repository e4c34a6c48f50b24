import type {Context} from 'koa';
import {isClientGone} from '../protocol/client-gone.ts';
import type {Visit} from '../protocol/visit.ts';
import {proceed} from '../support/thenable.ts';
import type {MaybePromise, PageMetadata, Props} from '../types.ts';
import {collectProps, type GivenProps} from './collect.ts';
import {type Container, define} from './container.ts';
import {findDynamic, keepRead} from './find-dynamic.ts';
import {RequestContext} from './loader-context.ts';
import {collectMetadata} from './metadata.ts';
import {createPropsVisit} from './props-visit.ts';
import {Walk} from './walk.ts';

/** The part of the page object that is about props. */
export interface PageProps {
	readonly props: Props;
	readonly metadata: PageMetadata;
}

/**
 * Chooses the props that a visit gets, resolves them, and makes the metadata of the page.
 *
 * The result is a promise only when a prop or a provider gives one.
 *
 * @throws {PropError} for a value that contains itself or is nested too deep, and for a loader that gives a function;
 * {PropLoadError} for a loader that fails; {OptionError} for a list or a provider that gives something else than props.
 */
export function resolveProps(given: GivenProps, ctx: Context, visit: Visit): MaybePromise<PageProps> {
	const {component, errors} = given;
	const context = new RequestContext(ctx);
	const propsVisit = createPropsVisit(visit, component);
	return proceed(collectProps(given, context, propsVisit), ({props, sharedProps}) => {
		const {selection} = propsVisit;
		// Every client reads `errors`. The props may have `errors` of their own, which replace these.
		const result: Container = {errors};
		const keys = Object.keys(props);
		const {copied, source} = selection === 'all' ? copyStatic(props, keys, result) : {copied: 0, source: props};
		// A page that has only static props needs no walk.
		if (copied === keys.length) {
			return {props: result as Props, metadata: collectMetadata([], sharedProps)};
		}

		const report = (error: unknown) => isClientGone(error, ctx) || ctx.app.emit('error', error, ctx);
		const walk = new Walk({component, context, visit: propsVisit, report, onceOwners: new Map()});
		const resolving = walk.finish(() => walk.visitMembers(source, selection, result, copied));
		return proceed(resolving, resolved => ({
			props: withErrors(resolved as Props, errors),
			metadata: collectMetadata(walk.labels, sharedProps),
		}));
	});
}

/**
 * Copies the members before the first one that isn't static, and gives their number. The walk begins behind them, with the
 * source that it gets here: one that has what a getter gave in place of the getter.
 */
function copyStatic(
	props: Props,
	keys: readonly string[],
	result: Container,
): {readonly copied: number; readonly source: object} {
	let copied = 0;
	for (const key of keys) {
		const member = props[key];
		const dynamic = findDynamic(member);
		if (dynamic !== undefined) return {copied, source: keepRead(props as Container, key, member, dynamic)};
		define(result, key, member);
		copied += 1;
	}

	return {copied, source: props};
}

/** Puts the errors of the session back, when the prop `errors` was left out or its loader gave nothing. */
function withErrors(props: Props, given: Props): Props {
	if (props.errors) return props;
	const {errors: _, ...others} = props;
	return {errors: given, ...others};
}
