import Router, {type RouterContext} from '@koa/router';
import {page} from 'koa-inertia';
import type {Star, Stars} from './database.ts';
import {findErrors, readEntry} from './entry.ts';

export function createRouter(stars: Stars) {
	const router = new Router();

	router.get('/', async ctx => {
		const search = [ctx.query.search ?? ''].flat().join(' ').trim();

		await ctx.inertia.render('Stars/Index', {
			search,
			stars: () => stars.find(search),
			// Always the whole sky: the chart dims the stars that weren't found.
			sky: () => stars.find(''),
		});
	});

	router.get(
		'/stars/:id',
		withStar(async (ctx, star) => {
			await ctx.inertia.render('Stars/Show', {star, next: () => stars.nextFainter(star.id)});
		}),
	);

	router.get(
		'/stars/:id/edit',
		withStar(async (ctx, star) => {
			await ctx.inertia.render('Stars/Edit', {star});
		}),
	);

	router.put(
		'/stars/:id',
		withStar(async (ctx, star) => {
			const entry = await readEntry(ctx);
			const errors = findErrors(entry);

			if (Object.keys(errors).length > 0) {
				// The form stays on the screen with what was typed; only the errors are new to it.
				await ctx.inertia.render('Stars/Edit', {star, errors}, {url: `/stars/${star.id}/edit`, status: 422});
				return;
			}

			stars.update(star.id, entry);
			ctx.redirect(`/stars/${star.id}`);
			// See Other: a browser goes on with GET. After a plain 302 it would PUT the form there as well.
			ctx.status = 303;
		}),
	);

	router.get('/about', page('About'));

	function withStar(handle: (ctx: RouterContext, star: Star) => Promise<void>) {
		return async (ctx: RouterContext, next: () => Promise<unknown>) => {
			const star = stars.get(ctx.params.id ?? '');
			await (star ? handle(ctx, star) : next());
		};
	}

	return router;
}
