import type {Context, Middleware} from 'koa';
import type {RenderOptions} from '../options.ts';
import type {PageName, PagePropsInput, RenderArguments} from '../request/registered-pages.ts';
import {requireInertia} from '../request/require-inertia.ts';
import type {PropsInput} from '../types.ts';

/**
 * A handler for a route that only renders a page.
 *
 * The props may be a function of the request, which may be async. Errors are those of `ctx.inertia.render`.
 *
 * @example
 * router.get('/about', page('About'));
 * router.get('/users/:id', page('Users/Show', ctx => ({user: users.find(ctx.params.id)})));
 */
export function page<Name extends PageName>(
	component: Name,
	...rest: RenderArguments<
		Name,
		PagePropsInput<Name> | ((ctx: Context) => PagePropsInput<Name> | Promise<PagePropsInput<Name>>)
	>
): Middleware;
export function page(
	component: string,
	props: PropsInput | ((ctx: Context) => PropsInput | Promise<PropsInput>) = {},
	options: RenderOptions = {},
): Middleware {
	return async function renderPage(ctx) {
		requireInertia(ctx, 'page');
		await ctx.inertia.render(component, typeof props === 'function' ? await props(ctx) : props, options);
	};
}
