/** `@hono/inertia`, served by `@hono/node-server`. */
import {inertia} from '@hono/inertia';
import {getRequestListener} from '@hono/node-server';
import {Hono} from 'hono';

export const createListener = async ({component, props, version}) => {
	const app = new Hono();
	app.use(inertia({version}));
	app.get('/users', context => context.render(component, props));
	return getRequestListener(app.fetch);
};
