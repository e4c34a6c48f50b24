/** Session middleware that comes without types, as far as the tests use it. */
declare module 'koa-generic-session' {
	import type {Middleware} from 'koa';

	export default function session(options?: {allowEmpty?: boolean; defer?: boolean}): Middleware;
}

declare module 'koa-session-minimal' {
	import type {Middleware} from 'koa';

	export default function session(): Middleware;
}
