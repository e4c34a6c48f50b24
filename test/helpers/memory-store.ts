import type {ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {createApp, type RunningApp} from './app.ts';
import {createSessionApp} from './session-app.ts';

/** Keeps sessions in this process as the JSON that a database would hold. */
export class MemoryStore {
	/** Every session that is kept now, by its id. */
	readonly sessions = new Map<string, string>();

	async get(id: string): Promise<unknown> {
		const json = this.sessions.get(id);
		return json === undefined ? undefined : JSON.parse(json);
	}

	async set(id: string, session: object): Promise<void> {
		this.sessions.set(id, JSON.stringify(session));
	}

	async destroy(id: string): Promise<void> {
		this.sessions.delete(id);
	}
}

type CreateApp = (t: ExecutionContext, handler: Middleware, options?: InertiaOptions) => Promise<RunningApp>;

/** The same app for each place where a session may be; each test of the session itself runs with all of them. */
export const sessionKinds: ReadonlyArray<[name: string, create: CreateApp]> = [
	['a cookie', createSessionApp],
	['a store', (t, handler, options) => createSessionApp(t, handler, options, {store: new MemoryStore()})],
	['an object', createObjectSessionApp],
];

/** Serves an app whose `ctx.session` is nothing but an object: of one visitor, and never turned into JSON. */
export async function createObjectSessionApp(
	t: ExecutionContext,
	handler: Middleware,
	options: InertiaOptions = {},
	session: object | null = {},
): Promise<RunningApp> {
	let kept = session;
	return createApp(t, {version: null, ...options}, handler, app => {
		app.use(async (ctx, next) => {
			ctx.session = kept ?? {};
			try {
				await next();
			} finally {
				kept = ctx.session;
			}
		});
	});
}

/** One handler for each path; any other path is left to Koa's 404. */
export function byPath(handlers: Readonly<Record<string, (ctx: Context) => unknown>>): Middleware {
	return async ctx => {
		if (Object.hasOwn(handlers, ctx.path)) await handlers[ctx.path]!(ctx);
	};
}
