import multer from '@koa/multer';
import Router from '@koa/router';
import type {Middleware} from 'koa';
import {ValidationError} from 'koa-inertia';
import type {Queries} from './database.ts';
import type {Photos} from './photos.ts';
import {maximumPhotoSize, tooLarge} from './schemas.ts';

const upload = multer({limits: {fileSize: maximumPhotoSize, files: 1, fields: 0}}).single('photo');

/** Reads an upload into `ctx.file`. A file that is too large becomes an error of the form. */
export const receivePhoto: Middleware = async (ctx, next) => {
	try {
		await upload(ctx, async () => {});
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'LIMIT_FILE_SIZE') {
			throw new ValidationError({photo: tooLarge});
		}

		ctx.throw(400, 'The upload could not be read.', {cause: error});
	}

	await next();
};

/** Serves the photos. They are no pages of the client, so a stranger gets a plain 404. */
export function createPhotoRouter({diary, users}: Queries, photos: Photos) {
	const router = new Router();

	router.get('/photos/:name', async (ctx, next) => {
		const name = ctx.params.name ?? '';

		// Only a name that the diary knows leads to a file, so no name leads out of the directory.
		if (!users.get(ctx.session?.userId ?? 0) || !diary.hasPhoto(name)) {
			return next();
		}

		ctx.set({
			'Cache-Control': 'private, no-store',
			// A browser must not guess another type than the one below.
			'X-Content-Type-Options': 'nosniff',
			'Content-Security-Policy': "default-src 'none'; sandbox",
		});
		ctx.type = name.slice(name.lastIndexOf('.'));
		ctx.body = await photos.read(name);
	});

	return router;
}
