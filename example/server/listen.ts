import type {AddressInfo} from 'node:net';
import process from 'node:process';
import type Koa from 'koa';

type Application = {
	readonly app: Koa;
	close(): void;
};

/** Listens at `PORT`, or 3000, until a signal tells the process to end. */
export function listen({app, close}: Application) {
	const port = Number(process.env.PORT || 3000);

	const server = app.listen(port, () => {
		console.log(`Nightbook is open at http://localhost:${(server.address() as AddressInfo).port}`);
	});

	server.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EADDRINUSE') {
			throw error;
		}

		console.error(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`);
		process.exitCode = 1;
		close();
	});

	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			server.close(close);
		});
	}

	return server;
}
