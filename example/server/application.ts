import path from 'node:path';
import Koa from 'koa';
import {inertia, once} from 'koa-inertia';
import serve from 'koa-static';
import {openDatabase, type Queries} from './database.ts';
import {createRouter} from './routes.ts';

type ApplicationOptions = {
	/** Holds `public/` and `views/`. */
	readonly directory?: string;
	readonly database?: Queries;
};

const exampleDirectory = path.join(import.meta.dirname, '..');

export function createApplication({
	directory = exampleDirectory,
	database = openDatabase(path.join(exampleDirectory, 'data/nightbook.db')),
}: ApplicationOptions = {}) {
	const publicDirectory = path.join(directory, 'public');
	const {stars, logbook, close} = database;

	const middleware = inertia({
		manifest: path.join(publicDirectory, 'build/.vite/manifest.json'),
		views: path.join(directory, 'views'),
		share: {
			progress: () => stars.progress(),
			// Never changes, so the first page brings it, and the later ones do without.
			spectralClasses: once(() => stars.spectralClasses(), {key: 'spectral-classes', expiresIn: '1h'}),
		},
	});

	const app = new Koa();

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
		// Documents name the hashed files, so a browser has to ask for them every time.
		ctx.set('Cache-Control', 'no-cache');
		await next();
	});

	app.use(middleware);
	app.use(createRouter(stars, logbook).routes());

	app.use(async ctx => {
		if (!ctx.path.startsWith('/build/')) {
			await ctx.inertia.render('NotFound', {path: ctx.path}, {status: 404});
		}
	});

	return {app, assets: middleware.assets, close};
}
