/** `express-inertia` on Express. */
import express from 'express';
import inertia from 'express-inertia';

export const createListener = async ({component, props, version}) => {
	const app = express();
	// The adapter doesn't work without a session. An empty one costs nothing, so that no store is measured.
	app.use((request, _response, next) => {
		request.session = {};
		next();
	});
	// The adapter shares the prop `flash` with every page, which the pages of the other adapters don't have.
	app.use(await inertia({assetsVersion: version, sharedData: {flash: undefined}}));
	app.get('/users', (_request, response) => response.inertia.render(component, props));
	return app;
};
