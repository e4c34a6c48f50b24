import type {ServerResponse} from 'node:http';
import type {Context} from 'koa';
import {isUnanswered} from '../protocol/client-gone.ts';
import type {LoaderContext, PropContext} from '../types.ts';

/** The context of every loader of a page. The signal is made on demand, because most loaders don't use it. */
export class RequestContext implements LoaderContext {
	readonly ctx: Context;
	#signal: AbortSignal | undefined;

	constructor(ctx: Context) {
		this.ctx = ctx;
	}

	get signal(): AbortSignal {
		this.#signal ??= createDisconnectSignal(this.ctx.res);
		return this.#signal;
	}
}

/** The context of a provider: that of a loader, and the place of the provider among the props. */
export class ProviderContext implements PropContext {
	readonly component: string;
	readonly path: string;
	readonly props: object;
	readonly #request: LoaderContext;

	constructor(request: LoaderContext, component: string, path: string, props: object) {
		this.#request = request;
		this.component = component;
		this.path = path;
		this.props = props;
	}

	get ctx(): Context {
		return this.#request.ctx;
	}

	get signal(): AbortSignal {
		return this.#request.signal;
	}
}

function createDisconnectSignal(response: ServerResponse): AbortSignal {
	const controller = new AbortController();
	// A response also closes after it was sent. Nothing is aborted then.
	const abort = () => {
		if (isUnanswered(response)) controller.abort();
	};

	abort();
	if (!controller.signal.aborted) response.once('close', abort);
	return controller.signal;
}
