import type {Context} from 'koa';
import type {Exchange} from './exchange.ts';

/**
 * Looks for mistakes in the setup of an application that no error tells, in what one request meets. Each causes one
 * warning. It is for development: in production, nothing of it runs.
 */
export class SetupCheck {
	readonly #exchange: Exchange;
	readonly #hadSession: boolean;

	/** It is made before the handlers run. */
	constructor(exchange: Exchange) {
		this.#exchange = exchange;
		this.#hadSession = hasSession(exchange.ctx);
	}

	/** Warns of what is known once the handlers have run. */
	complete(): void {
		this.#checkSession();
		this.#checkBuild();
	}

	/** A session that begins behind `inertia()` also ends there, before the messages of a failed validation are kept. */
	#checkSession(): void {
		const {ctx, settings} = this.#exchange;
		if (this.#hadSession || !hasSession(ctx)) return;
		settings.warnings.warnOnce(
			'INERTIA_SESSION_ORDER',
			'The session begins behind `inertia()` and ends before it, so the messages of a failed validation are lost. Use the session middleware before `app.use(inertia())`.',
		);
	}

	/**
	 * The browser asks for a file of the build only because a document names its URL. When the request comes here and is
	 * answered with a 404 or a document, nothing serves the file.
	 */
	#checkBuild(): void {
		const {ctx, snapshot, settings} = this.#exchange;
		// A handler that answers without Koa leaves the status at 404.
		const isServed = ctx.respond === false || (ctx.status !== 404 && !ctx.response.is('html'));
		if (isServed || ctx.method !== 'GET' || snapshot.kind !== 'built') return;
		const [path = ''] = ctx.originalUrl.split('?');
		if (!snapshot.isFileUrl(path)) return;
		settings.warnings.warnOnce(
			'INERTIA_BUILD_NOT_SERVED',
			`\`${path}\` is a file of the build, and nothing serves it: the answer is a ${ctx.status === 404 ? '404' : 'document'}. Serve the directory of the build at this URL before the routes, for example by \`app.use(serve('public'))\` of koa-static for \`public/build\`, or correct the option \`base\`.`,
		);
	}
}

/**
 * Whether session middleware has run for a request. koa-session makes `ctx.session` work without it, so there we look for
 * the object that its middleware adds to the context.
 */
function hasSession(ctx: Context): boolean {
	if (Object.hasOwn(ctx, 'session')) return true;
	return Object.getOwnPropertySymbols(ctx).some(({description}) => description === 'contextSession instance');
}
