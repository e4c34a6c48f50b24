import Router, {type RouterContext} from '@koa/router';
import {defer, once, page, scroll} from 'koa-inertia';
import type {Queries} from './database.ts';

/** Serves the pages that everybody may read. */
export function createRouter({stars, logbook}: Pick<Queries, 'stars' | 'logbook'>) {
	const router = new Router();

	router.get('/', async ctx => {
		const search = readQuery(ctx, 'search');

		await ctx.inertia.render('Stars/Index', {
			search,
			stars: () => stars.find(search),
			// This is always the whole sky: the chart dims the stars that weren't found. A search asks only for the two props
			// above, so the sky is queried with the first load of the page and not with every letter.
			sky: () => stars.find(''),
		});
	});

	router.get('/logbook', async ctx => {
		const spectralClass = readQuery(ctx, 'class');
		const number = Number(readQuery(ctx, 'page'));

		await ctx.inertia.render('Logbook', {
			spectralClass,
			// A new entry moves the others on while somebody scrolls. The client knows entries that come twice by their ids.
			entries: scroll(() => logbook.page(number, spectralClass), {matchOn: 'data.id'}),
			// They are slow, and the book can be read without. The client keeps them while its user looks at other colours.
			statistics: once(
				defer(({signal}) => logbook.statistics(signal), {rescue: true}),
				{expiresIn: '5m'},
			),
		});
	});

	router.get('/stars/:id', async ctx => {
		const star = stars.get(ctx.params.id ?? '') ?? ctx.throw(404);
		await ctx.inertia.render('Stars/Show', {star, next: () => stars.nextFainter(star.id) ?? null});
	});

	router.get('/about', page('About'));

	// This route fails on purpose, to show the page of an error that nobody expected.
	router.get('/broken', () => {
		throw new Error('The telescope fell over.');
	});

	return router;
}

function readQuery(ctx: RouterContext, name: string) {
	return [ctx.query[name] ?? ''].flat().join(' ').trim();
}
