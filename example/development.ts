import process from 'node:process';
import {viteMiddleware} from 'koa-inertia/vite';
import {createApplication} from './server/application.ts';
import {listen} from './server/listen.ts';

// Koa and React look at it, and none of their modules has run what it decides yet.
process.env.NODE_ENV ??= 'development';

const vite = await viteMiddleware({root: import.meta.dirname});
const {app, close} = createApplication({vite});

const server = listen({
	app,
	close() {
		close();
		void vite.close();
	},
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		// The browser keeps a connection open for updates, and would keep the server up.
		void vite.close();
		server.closeAllConnections();
	});
}
