import Router from '@koa/router';
import {encryptHistory, ValidationError} from 'koa-inertia';
import {requireUser} from './account.ts';
import type {Queries} from './database.ts';
import type {Entry} from './diary.ts';
import {receivePhoto} from './photo-routes.ts';
import type {Photos} from './photos.ts';
import {createEntrySchema, favouriteSchema, photoSchema} from './schemas.ts';

const maximumFavourites = 3;

/** Serves the pages of the diary to the user who keeps it. */
export function createDiaryRouter({stars, diary, users}: Queries, photos: Photos) {
	const router = new Router<{entry: Entry}>({prefix: '/diary'});

	router.use(requireUser(users), encryptHistory());

	router.param('id', async (id, ctx, next) => {
		ctx.state.entry = diary.get(Number(id)) ?? ctx.throw(404);
		await next();
	});

	router.get('/', async ctx => {
		await ctx.inertia.render('Diary/Index', {entries: diary.list()});
	});

	router.get('/new', async ctx => {
		await ctx.inertia.render('Diary/Create', {
			stars: stars.names(),
			starId: String(ctx.query.star ?? ''),
			today: today(),
		});
	});

	router.post('/', async ctx => {
		const id = diary.create(await ctx.inertia.validate(createEntrySchema({stars, diary})));
		ctx.inertia.flash({message: 'The night is in the diary.'});
		ctx.redirect(`/diary/${id}`);
	});

	router.get('/:id', async ctx => {
		await ctx.inertia.render('Diary/Show', {entry: ctx.state.entry});
	});

	router.get('/:id/edit', async ctx => {
		await ctx.inertia.render('Diary/Edit', {entry: ctx.state.entry, stars: stars.names()});
	});

	router.put('/:id', async ctx => {
		const {id} = ctx.state.entry;
		diary.update(id, await ctx.inertia.validate(createEntrySchema({stars, diary}, id)));
		ctx.inertia.flash({message: 'The entry is changed.'});
		ctx.redirect(`/diary/${id}`);
	});

	router.delete('/:id', async ctx => {
		const {id, photo} = ctx.state.entry;
		diary.delete(id);
		await photos.delete(photo);
		ctx.inertia.flash({message: 'The entry is gone.'});
		ctx.redirect('/diary');
	});

	router.put('/:id/favourite', async ctx => {
		const {id} = ctx.state.entry;
		const {isFavourite} = await ctx.inertia.validate(favouriteSchema);

		if (isFavourite && diary.countFavourites(id) >= maximumFavourites) {
			throw new ValidationError({
				isFavourite: `Up to ${maximumFavourites} nights can be favourites. Let go of another one first.`,
			});
		}

		diary.setFavourite(id, isFavourite);
		ctx.inertia.back('/diary');
	});

	router.post('/:id/photo', receivePhoto, async ctx => {
		const {id, photo: oldPhoto} = ctx.state.entry;
		const {photo} = await ctx.inertia.validate(photoSchema, {photo: ctx.file?.buffer});
		diary.setPhoto(id, await photos.save(photo));
		await photos.delete(oldPhoto);
		ctx.inertia.flash({message: 'The photo is in the diary.'});
		ctx.redirect(`/diary/${id}`);
	});

	return router;
}

function today() {
	return new Date().toISOString().slice(0, 10);
}
