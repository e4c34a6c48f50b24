import Router, {type RouterContext} from '@koa/router';
import {defer, once, page, scroll} from 'koa-inertia';
import type {Star, Stars} from './database.ts';
import {findErrors, readEntry} from './entry.ts';
import type {Logbook} from './logbook.ts';

export function createRouter(stars: Stars, logbook: Logbook) {
	const router = new Router();

	router.get('/', async ctx => {
		const search = readQuery(ctx, 'search');

		await ctx.inertia.render('Stars/Index', {
			search,
			stars: () => stars.find(search),
			// Always the whole sky: the chart dims the stars that weren't found. A search asks for the two above alone, so
			// this is queried with the first load of the page and not with every letter.
			sky: () => stars.find(''),
		});
	});

	router.get('/logbook', async ctx => {
		const spectralClass = readQuery(ctx, 'class');
		const number = Number(readQuery(ctx, 'page'));

		await ctx.inertia.render('Logbook', {
			spectralClass,
			// An entry that's written meanwhile moves the others on. Those that come twice are recognised by their ids.
			entries: scroll(() => logbook.page(number, spectralClass), {matchOn: 'data.id'}),
			// Slow, and the book can be read without. The client keeps them while one colour after another is looked at.
			statistics: once(
				defer(({signal}) => logbook.statistics(signal), {rescue: true}),
				{expiresIn: '5m'},
			),
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

function readQuery(ctx: RouterContext, name: string) {
	return [ctx.query[name] ?? ''].flat().join(' ').trim();
}
