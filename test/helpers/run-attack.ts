import {runModule} from './run-module.ts';

/** What a server process tells after it was attacked. */
export interface Aftermath {
	/** The statuses of the answers to the attack, in its order. */
	readonly statuses: readonly number[];
	/** The status of the answer to a plain request afterwards. */
	readonly alive: number;
	/**
	 * Milliseconds that the event loop was held at most. What other processes take of the machine meanwhile isn't counted:
	 * it is no more than the time that this process has used.
	 */
	readonly held: number;
	/** Bytes that the process has grown by. */
	readonly growth: number;
	/** Messages that were reported. */
	readonly errors: readonly string[];
}

/**
 * Serves a handler in a process of its own, sends it requests one after another, and asks the process how it fared.
 *
 * `handler` and `requests` are code: a function of `ctx`, which may use all that `koa-inertia` exports and `z` of Zod, and
 * a list of arguments of `fetch` after the URL. Bodies are parsed, up to 2 MB.
 */
export async function runAttack(handler: string, requests: string): Promise<Aftermath> {
	const {code, stdout, stderr} = await runModule(
		`import {monitorEventLoopDelay} from 'node:perf_hooks';
		import Koa from 'koa';
		import * as library from 'koa-inertia';
		import {bodyParser} from ${JSON.stringify(import.meta.resolve('@koa/bodyparser'))};
		import {z} from ${JSON.stringify(import.meta.resolve('zod'))};
		const {inertia, always, defer, merge, once, optional, ValidationError} = library;
		const errors = [];
		const app = new Koa().on('error', error => errors.push(String(error.message)));
		app.use(bodyParser({jsonLimit: '2mb'}));
		app.use(inertia({version: null, hotFile: false}));
		const handler = ${handler};
		app.use(async ctx => {
			if (ctx.path === '/alive') ctx.body = 'yes';
			else await handler(ctx);
		});
		const requests = ${requests};
		const server = app.listen(0, async () => {
			const send = async (path, {headers, ...options} = {}) => {
				const response = await fetch('http://localhost:' + server.address().port + path, {
					...options,
					headers: {'X-Inertia': 'true', ...(options.body && {'Content-Type': 'application/json'}), ...headers},
					redirect: 'manual',
				});
				await response.arrayBuffer();
				return response.status;
			};
			await send('/alive');
			globalThis.gc?.();
			const before = process.memoryUsage().rss;
			const delay = monitorEventLoopDelay({resolution: 5});
			delay.enable();
			const start = process.cpuUsage();
			const statuses = [];
			for (const request of requests) statuses.push(await send('/', request));
			await new Promise(resolve => setTimeout(resolve, 30));
			const {user, system} = process.cpuUsage(start);
			const held = Math.min(delay.max / 1e6, (user + system) / 1000);
			const growth = process.memoryUsage().rss - before;
			console.log(JSON.stringify({statuses, alive: await send('/alive'), held, growth, errors}));
			server.close();
			server.closeAllConnections();
		});`,
		{cwd: import.meta.dirname},
	);
	if (code !== 0) throw new Error(`The process ended with ${code}: ${stderr}`);
	return JSON.parse(stdout);
}
