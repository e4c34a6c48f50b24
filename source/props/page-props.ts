import type {Context} from 'koa';
import {isThenable} from '../thenable.ts';
import type {PageMetadata, Props, PropsInput} from '../types.ts';
import type {Visit} from '../visit.ts';
import {collectProps} from './collect.ts';
import {ProviderContext, RequestContext} from './loader-context.ts';
import {collectMetadata} from './metadata.ts';
import {createPropsVisit} from './props-visit.ts';
import {resolveProps} from './resolve.ts';

/** What the props of a page are made from. */
export interface PagePropsSource {
	readonly component: string;
	/** In the order in which they were shared. */
	readonly shared: readonly PropsInput[];
	readonly props: PropsInput;
	/** Whether the page lists the names of the shared props. */
	readonly exposeSharedPropKeys: boolean;
}

export interface PageProps {
	readonly props: Props;
	readonly metadata: PageMetadata;
}

/** Makes the props of a page and what the page says of them: from those given to those that this visit gets. */
export async function createPageProps(source: PagePropsSource, ctx: Context, visit: Visit): Promise<PageProps> {
	const {component, shared, exposeSharedPropKeys} = source;
	const context = new RequestContext(ctx);
	const collecting = collectProps(shared, source.props, new ProviderContext(context, component, '', {}));
	const {props, sharedKeys} = isThenable(collecting) ? await collecting : collecting;
	const resolving = resolveProps(props, {
		component,
		context,
		visit: createPropsVisit(visit, component),
		report: error => ctx.app.emit('error', error, ctx),
	});
	const resolved = isThenable(resolving) ? await resolving : resolving;
	return {
		props: resolved.props,
		metadata: {
			...(exposeSharedPropKeys && {sharedProps: sharedKeys}),
			...collectMetadata(resolved.labels),
		},
	};
}
