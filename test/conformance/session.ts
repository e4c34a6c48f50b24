import type {Middleware} from 'koa';

/**
A session for one case. It is stored as JSON between two requests, as a real store does: a reference that outlives its
request would hide what isn't saved.
*/
export const session = (): Middleware => {
	let stored = '{}';

	return async function sessionMiddleware(ctx, next) {
		const values: unknown = JSON.parse(stored);
		Object.assign(ctx, {session: values});
		try {
			await next();
		} finally {
			stored = JSON.stringify(values);
		}
	};
};
