import type {Context} from 'koa';
import {isClientGone} from '../protocol/client-gone.ts';
import type {Visit} from '../protocol/visit.ts';
import {proceed} from '../support/thenable.ts';
import type {PageMetadata, Props} from '../types.ts';
import {collectProps, type GivenProps} from './collect.ts';
import {type Container, define} from './container.ts';
import {isStatic} from './is-static.ts';
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
 * Makes the props of a page and what the page says of them: from those given to those that this visit gets.
 *
 * A promise only where a prop is one, or what gives props.
 *
 * @throws {PropError} for a container that contains itself and for a loader that gives a function, {PropLoadError}
 * for a loader that fails, {OptionError} for props that aren't an object.
 */
export function resolveProps(given: GivenProps, ctx: Context, visit: Visit): PageProps | Promise<PageProps> {
	const {component, errors} = given;
	const context = new RequestContext(ctx);
	return proceed(collectProps(given, context), ({props, sharedProps}) => {
		const propsVisit = createPropsVisit(visit, component);
		const {selection} = propsVisit;
		// Every client reads `errors`. Where the props have some, these take the place.
		const result: Container = {errors};
		const keys = Object.keys(props);
		const copied = selection === 'all' ? copyStatic(props, keys, result) : 0;
		// A page of nothing but values is spared the walk.
		if (copied === keys.length) {
			return {props: result as Props, metadata: collectMetadata([], sharedProps)};
		}

		const report = (error: unknown) => isClientGone(error, ctx) || ctx.app.emit('error', error, ctx);
		const walk = new Walk({component, context, visit: propsVisit, report});
		const resolving = walk.finish(() => walk.visitMembers(props, selection, result, copied));
		return proceed(resolving, resolved => ({
			props: withErrors(resolved as Props, errors),
			metadata: collectMetadata(walk.labels, sharedProps),
		}));
	});
}

/** Copies members up to the first that has something to resolve, so that nothing is looked through twice. Gives their number. */
function copyStatic(props: Props, keys: readonly string[], result: Container): number {
	const index = keys.findIndex(key => !isStatic(props[key]));
	const length = index === -1 ? keys.length : index;
	for (const key of keys.slice(0, length)) define(result, key, props[key]);
	return length;
}

/** A loader may have given nothing in place of the errors, or was left out. */
function withErrors(props: Props, waiting: Props): Props {
	if (props.errors) return props;
	const {errors: _, ...others} = props;
	return {errors: waiting, ...others};
}
