import type {Context} from 'koa';
import {proceed} from '../thenable.ts';
import type {PageMetadata, Props} from '../types.ts';
import type {Visit} from '../visit.ts';
import {collectProps, type GivenProps} from './collect.ts';
import {RequestContext} from './loader-context.ts';
import {collectMetadata} from './metadata.ts';
import {createPropsVisit} from './props-visit.ts';
import {resolveProps} from './resolve.ts';

/** The part of the page object that is about props. */
export interface PageProps {
	readonly props: Props;
	readonly metadata: PageMetadata;
}

/**
 * Makes the props of a page and what the page says of them: from those given to those that this visit gets.
 *
 * A promise only where one is given, or a function that makes one.
 */
export function createPageProps(given: GivenProps, ctx: Context, visit: Visit): PageProps | Promise<PageProps> {
	const {component} = given;
	const context = new RequestContext(ctx);
	return proceed(collectProps(given, context), ({props, sharedProps}) =>
		proceed(
			resolveProps(props, {
				component,
				context,
				visit: createPropsVisit(visit, component),
				report: error => ctx.app.emit('error', error, ctx),
			}),
			resolved => ({props: resolved.props, metadata: collectMetadata(resolved.labels, sharedProps)}),
		),
	);
}
