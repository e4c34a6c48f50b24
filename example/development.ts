import process from 'node:process';
import {viteMiddleware} from 'koa-inertia/vite';
import {createApplication} from './server/application.ts';
import {listen} from './server/listen.ts';

// Koa and React read it, and have not yet run the code that depends on it.
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
		// The browser keeps a connection open for updates, which would keep the server running.
		void vite.close();
		server.closeAllConnections();
	});
}
