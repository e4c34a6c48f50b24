import path from 'node:path';
import {bodyParser} from '@koa/bodyparser';
import Koa, {type Middleware} from 'koa';
import {csrf, inertia, once} from 'koa-inertia';
import serve from 'koa-static';
import {createAccountRouter} from './account.ts';
import {addContentSecurityPolicy} from './content-security-policy.ts';
import {openDatabase, type Queries} from './database.ts';
import {createDiaryRouter} from './diary-routes.ts';
import {createPhotoRouter} from './photo-routes.ts';
import {openPhotos} from './photos.ts';
import {createRouter} from './routes.ts';
import {addSession} from './session.ts';

type ApplicationOptions = {
	/** Holds `public/` and `views/`, and `data/` with the database and the photos. */
	readonly directory?: string;
	readonly database?: Queries;
	/** Serves the pages from their sources, in development. */
	readonly vite?: Middleware;
};

const exampleDirectory = path.join(import.meta.dirname, '..');

export function createApplication({
	directory = exampleDirectory,
	database = openDatabase(path.join(directory, 'data/nightbook.db')),
	vite,
}: ApplicationOptions = {}) {
	const publicDirectory = path.join(directory, 'public');
	const {stars, users, close} = database;
	const photos = openPhotos(path.join(directory, 'data/photos'));

	const middleware = inertia({
		manifest: path.join(publicDirectory, 'build/.vite/manifest.json'),
		views: path.join(directory, 'views'),
		errorPage: 'Error',
		share: {
			progress: () => stars.progress(),
			// This list never changes, so the first page brings it, and the later ones do without.
			spectralClasses: once(() => stars.spectralClasses(), {key: 'spectral-classes', expiresIn: '1h'}),
		},
	});

	const app = new Koa();

	if (vite) {
		app.use(vite);
	}

	app.use(
		serve(publicDirectory, {
			setHeaders(response, file) {
				// Vite puts a hash of the content into these names, so a name never changes its content.
				if (file.startsWith(path.join(publicDirectory, 'build/assets/'))) {
					response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
				}
			},
		}),
	);

	app.use(async (ctx, next) => {
		await next();

		// Documents name the hashed files, so a browser must ask for each document anew, error pages included.
		if (!ctx.response.get('Cache-Control')) {
			ctx.set('Cache-Control', 'no-cache');
		}
	});

	addContentSecurityPolicy(app);
	addSession(app);
	app.use(middleware);
	app.use(csrf());
	app.use(bodyParser());

	app.use(createRouter(database).routes());
	app.use(createAccountRouter(users).routes());
	app.use(createDiaryRouter(database, photos).routes());
	app.use(createPhotoRouter(database, photos).routes());

	return {app, assets: middleware.assets, close};
}
